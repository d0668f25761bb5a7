package io.repertoire.streams;

import io.repertoire.customers.Output;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns what the machine says into what is sent. One per stream task; not thread-safe. */
final class OutputWriter {

    /** What the streams stage writes. */
    static final List<Topic<?>> TOPICS = List.of(
            Topics.DIRECTORY,
            Topics.MARKETING,
            Topics.CHANGES,
            Topics.REVIEWS,
            Topics.RECORDED_SALES,
            Topics.IMPORTS,
            Topics.COMMAND_RESULTS,
            Topics.ROW_OUTCOMES,
            Topics.REJECTED);

    private static final int MOST_OF_KEY_AND_HEADERS = 2_000;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.UTF_8);

    /** An output ready to be sent; sending it can no longer fail for a reason of its own. */
    record EncodedOutput(String topic, String sink, Record<Object, byte[]> record) {

        boolean largerThan(int bytes) {
            byte @Nullable [] value = record.value();
            return value != null && value.length + MOST_OF_KEY_AND_HEADERS > bytes;
        }
    }

    private record Port<T extends SpecificRecord>(String sink, Serializer<T> serializer) {
        @SuppressWarnings("unchecked") // an Output pairs a topic with a value of its type
        byte[] encode(String topic, SpecificRecord value) {
            return serializer.serialize(topic, (T) value);
        }
    }

    private final Map<String, Port<?>> ports = new HashMap<>();

    OutputWriter(Wire wire) {
        for (var topic : TOPICS) {
            ports.put(topic.name(), new Port<>(sinkOf(topic), wire.serializer(topic)));
        }
    }

    static String sinkOf(Topic<?> topic) {
        return "to-" + topic.name();
    }

    EncodedOutput encode(Output<?> output, long timestamp) {
        var topic = output.topic();
        var port = ports.get(topic.name());
        if (port == null) {
            throw new IllegalArgumentException("streams does not write " + topic);
        }
        var value = output.value();
        var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        if (topic.name().equals(Topics.DIRECTORY.name())) {
            headers.add(RecordHeaders.VERSION, Long.toString(output.version()).getBytes(StandardCharsets.UTF_8));
            headers.add(RecordHeaders.LAST_OF_INPUT, output.lastOfInput() ? TRUE : FALSE);
        }
        var bytes = value == null ? null : port.encode(topic.name(), value);
        return new EncodedOutput(topic.name(), port.sink(), new Record<>(output.key(), bytes, timestamp, headers));
    }
}
