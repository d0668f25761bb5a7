package io.repertoire.streams;

import io.repertoire.schemas.DeadLetter;
import io.repertoire.schemas.RecordHeaders;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the source's bytes and headers as they came, with the error headers beside them. A record too large to fit
 * together with its error headers is cut, says so in {@link #CUT_FROM}, and stays whole at the offset the headers name for as
 * long as its topic keeps it: nothing may stop the reader for good.
 */
final class DeadLetters {

    /** Size in bytes of the value before it was cut; absent if it was not. */
    static final String CUT_FROM = "repertoire.error.cut.from.bytes";

    private final int maxBytes;

    /** @param maxBytes of key, value and headers together */
    DeadLetters(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Record<Object, byte[]> of(Record<byte[], byte[]> source, RecordMetadata from, DeadLetter why) {
        var at = Instant.ofEpochMilli(source.timestamp());
        var headers = why.stamped(source.headers(), from.topic(), from.partition(), from.offset(), at);
        byte[] value = source.value();
        long over = length(source.key()) + length(value) + length(headers) - maxBytes;
        if (value != null && over > 0) {
            RecordHeaders.put(headers, CUT_FROM, Integer.toString(value.length));
            value = Arrays.copyOf(value, (int) Math.max(0, value.length - over - CUT_FROM.length() - 20));
        }
        return new Record<>(new DeadLetterKey(from.partition(), source.key()), value, source.timestamp(), headers);
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long length(Headers headers) {
        long sum = 0;
        for (var header : headers) {
            sum += header.key().length() + length(header.value()) + 10;
        }
        return sum;
    }
}
