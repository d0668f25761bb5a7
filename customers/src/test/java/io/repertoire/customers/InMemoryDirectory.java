package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.AvroBody;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A directory over maps, for tests: applies decisions and keeps what was sent. State and outputs go through Avro, so that a value
 * that could not be written is found here and nobody shares objects with the machine.
 */
public final class InMemoryDirectory implements DirectoryView {

    private final DirectoryMachine machine;
    private final Map<Class<?>, Codec<?>> codecs = new HashMap<>();
    private final Map<String, Map<String, byte[]>> tables = new HashMap<>();
    private final List<Output<?>> outputs = new ArrayList<>();
    private List<Output<?>> last = List.of();
    private int largestValue;

    public InMemoryDirectory(DirectoryMachine machine) {
        this.machine = machine;
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key) {
        byte[] bytes = tables.getOrDefault(table.name(), Map.of()).get(key);
        return bytes == null ? null : decode(table, bytes);
    }

    @Override
    public List<String> keys(StateTable<?> table, String prefix, @Nullable String after, int limit) {
        var keys = new ArrayList<String>();
        var held = new TreeMap<>(tables.getOrDefault(table.name(), Map.of()));
        for (String key : after == null
                ? held.tailMap(prefix).keySet()
                : held.tailMap(after, false).keySet()) {
            if (!key.startsWith(prefix) || keys.size() == limit) {
                break;
            }
            keys.add(key);
        }
        return keys;
    }

    /** Applies one input and gives back what it sent. */
    public List<Output<?>> apply(Input input) {
        Decision decision = machine.apply(input, this);
        var keys = new HashSet<String>();
        for (StateChange<?> change : decision.changes()) {
            assertThat(keys.add(change.table().name() + change.key())).isTrue();
            Map<String, byte[]> table = tables.computeIfAbsent(change.table().name(), k -> new TreeMap<>());
            if (change.value() == null) {
                table.remove(change.key());
            } else {
                byte[] bytes = encode(change.value());
                largestValue = Math.max(largestValue, bytes.length);
                table.put(change.key(), bytes);
            }
        }
        for (Output<?> output : decision.outputs()) {
            if (output.value() != null) {
                encode(output.value());
            }
        }
        last = decision.outputs();
        outputs.addAll(last);
        return last;
    }

    /** Every value of a topic sent so far, in order. */
    public <T extends SpecificRecord> List<T> sent(Topic<T> topic) {
        return values(outputs, topic);
    }

    /** The values of a topic that the last input sent. */
    public <T extends SpecificRecord> List<T> lastSent(Topic<T> topic) {
        return values(last, topic);
    }

    public List<Output<?>> outputs() {
        return outputs;
    }

    public void forgetOutputs() {
        outputs.clear();
    }

    /** The last image of every customer by id, as a reader of the compacted topic has it. */
    public Map<String, Customer> images() {
        var images = new LinkedHashMap<String, Customer>();
        for (Customer image : sent(Topics.DIRECTORY)) {
            images.put(image.getCustomerId(), image);
        }
        return images;
    }

    public List<CustomerState> customers() {
        return all(StateTable.CUSTOMERS);
    }

    public List<SourceRecordState> sourceRecords() {
        return all(StateTable.SOURCE_RECORDS);
    }

    public <T extends SpecificRecord> List<T> all(StateTable<T> table) {
        var values = new ArrayList<T>();
        tables.getOrDefault(table.name(), Map.of()).values().forEach(bytes -> values.add(decode(table, bytes)));
        return values;
    }

    public int largestValue() {
        return largestValue;
    }

    public long stateBytes() {
        return tables.values().stream()
                .flatMap(t -> t.entrySet().stream())
                .mapToLong(e -> e.getKey().length() + e.getValue().length)
                .sum();
    }

    private static <T extends SpecificRecord> List<T> values(List<Output<?>> outputs, Topic<T> topic) {
        var values = new ArrayList<T>();
        for (Output<?> output : outputs) {
            if (output.topic().name().equals(topic.name())) {
                values.add(topic.type().cast(output.value()));
            }
        }
        return values;
    }

    private record Codec<T extends SpecificRecord>(AvroBody<T> body, AvroBody.Reader<T> reader) {

        static <T extends SpecificRecord> Codec<T> of(Class<T> type, Schema schema) {
            var body = new AvroBody<>(type, schema);
            return new Codec<>(body, body.readerOf(schema));
        }
    }

    private <T extends SpecificRecord> byte[] encode(T value) {
        @SuppressWarnings("unchecked")
        var type = (Class<T>) value.getClass();
        return codec(type, value.getSchema()).body().write(new byte[0], value);
    }

    private <T extends SpecificRecord> T decode(StateTable<T> table, byte[] bytes) {
        return codec(table.type(), table.schema()).reader().read(bytes, 0);
    }

    @SuppressWarnings("unchecked") // codecs maps a class T to a Codec<T>
    private <T extends SpecificRecord> Codec<T> codec(Class<T> type, Schema schema) {
        return (Codec<T>) codecs.computeIfAbsent(type, t -> Codec.of(type, schema));
    }
}
