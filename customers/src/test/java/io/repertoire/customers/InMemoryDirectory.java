package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.AvroBody;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.SourceRecordState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private List<Output<?>> last = new ArrayList<>();
    private final Set<String> lastTables = new HashSet<>();
    private List<StateChange<?>> lastChanges = new ArrayList<>();
    private int largestValue;
    private int largestOutput;
    private long valuesMoved;
    private long bytesMoved;
    private int restarts;
    private String epoch = "epoch 0";

    public InMemoryDirectory(DirectoryMachine machine) {
        this.machine = machine;
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key) {
        byte[] bytes = tables.getOrDefault(table.name(), Map.of()).get(key);
        valuesMoved++;
        bytesMoved += bytes == null ? 0 : bytes.length;
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

    @Override
    public String epoch() {
        return epoch;
    }

    /** What is not logged is gone, as after a restart on another machine. */
    public void restart() {
        loseEpoch();
        tables.remove(StateTable.DRY_RUN.name());
    }

    /** What is not logged may be there still, as after a restart on the same machine. */
    public void loseEpoch() {
        epoch = "epoch " + ++restarts;
    }

    /** Every table as it is stored: by name, by key, the value's bytes one by one. */
    public Map<String, Map<String, String>> snapshot() {
        var all = new TreeMap<String, Map<String, String>>();
        tables.forEach((name, values) -> {
            var held = new TreeMap<String, String>();
            values.forEach((key, bytes) -> held.put(key, new String(bytes, StandardCharsets.ISO_8859_1)));
            if (!held.isEmpty()) {
                all.put(name, held);
            }
        });
        return all;
    }

    /** Applies one input and gives back what it sent. */
    public List<Output<?>> apply(Input input) {
        begin();
        return applyMore(input);
    }

    /** Has the person tell of themselves; gives back whose source record that is. */
    String customerOf(People person) {
        String record = person.recordId("t/" + outputs.size()).submission().getRecordId();
        apply(person.said());
        return sourceRecords().stream()
                .filter(held -> held.getRecordId().equals(record))
                .map(SourceRecordState::getCustomerId)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was stored"));
    }

    /** Nothing was sent or written last. */
    public void begin() {
        lastChanges = new ArrayList<>();
        last = new ArrayList<>();
    }

    /** An input that goes on with the one before: what it sends and writes counts as that one's too. */
    public List<Output<?>> applyMore(Input input) {
        Decision decision = machine.apply(input, this);
        take(decision);
        lastChanges.addAll(decision.changes());
        last.addAll(decision.outputs());
        outputs.addAll(decision.outputs());
        return decision.outputs();
    }

    void take(Decision decision) {
        lastTables.clear();
        var keys = new HashSet<String>();
        for (StateChange<?> change : decision.changes()) {
            assertThat(keys.add(change.table().name() + change.key())).isTrue();
            lastTables.add(change.table().name());
            Map<String, byte[]> table = tables.computeIfAbsent(change.table().name(), k -> new TreeMap<>());
            valuesMoved++;
            if (change.value() == null) {
                table.remove(change.key());
            } else {
                byte[] bytes = encode(change.value());
                largestValue = Math.max(largestValue, bytes.length);
                bytesMoved += bytes.length;
                table.put(change.key(), bytes);
            }
        }
        for (Output<?> output : decision.outputs()) {
            if (output.value() != null) {
                largestOutput = Math.max(largestOutput, encode(output.value()).length);
            }
        }
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

    /** The last record of a topic under a key, tombstones too. */
    public Output<?> lastOutput(Topic<?> topic, String key) {
        return outputs.stream()
                .filter(o -> o.topic().name().equals(topic.name()) && o.key().equals(key))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /** What the last input wrote to a table. */
    public <T extends SpecificRecord> List<T> lastPut(StateTable<T> table) {
        var put = new LinkedHashMap<String, T>();
        for (StateChange<?> change : lastChanges) {
            if (change.table().name().equals(table.name())) {
                put.put(change.key(), table.type().cast(change.value()));
            }
        }
        put.values().removeIf(Objects::isNull);
        return List.copyOf(put.values());
    }

    /** Tables that the last input wrote to. */
    public Set<String> lastTables() {
        return lastTables;
    }

    /** Whether a text is anywhere in the state, as it is stored. */
    public boolean holds(String text) {
        var wanted = text.getBytes(StandardCharsets.UTF_8);
        for (Map<String, byte[]> table : tables.values()) {
            for (Map.Entry<String, byte[]> e : table.entrySet()) {
                if (e.getKey().contains(text)
                        || new String(e.getValue(), StandardCharsets.ISO_8859_1)
                                .contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The same state under another machine. */
    public InMemoryDirectory under(DirectoryMachine other) {
        var directory = new InMemoryDirectory(other);
        tables.forEach((name, values) -> directory.tables.put(name, new TreeMap<>(values)));
        directory.epoch = epoch;
        return directory;
    }

    /** Puts a customer with many source records there, each with an email of its own. */
    public void largeCustomer(String customerId, int records) {
        var keep = new Workspace(People.DIRECTORY, this, DirectoryPolicy.defaults(), 1);
        var members = new Members(keep);
        var template = new RuledDirectoryMachine(
                new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults());
        var one = new InMemoryDirectory(template);
        one.apply(People.named("Any", "Body").email("large@x.ca").withId("0").said());
        CustomerState customer = one.customers().get(0);
        SourceRecordState record = one.sourceRecords().get(0);
        customer.setCustomerId(customerId);
        customer.setMembers(new ArrayList<>());
        customer.setMemberCount(0);
        for (int i = 0; i < records; i++) {
            SourceRecordState copy = SourceRecordState.newBuilder(record).build();
            copy.setSourceKey("large:" + i);
            copy.setSourceCustomerId(null);
            copy.setCustomerId(customerId);
            copy.getContent().getEmails().get(0).setValue("large" + i + "@x.ca");
            members.add(customer, copy.getSourceKey());
            keep.put(StateTable.SOURCE_RECORDS, copy.getSourceKey(), copy);
            var owners = new ArrayList<String>(List.of(customerId));
            keep.put(
                    StateTable.IDENTIFIERS,
                    "email/large" + i + "@x.ca",
                    new IdentifierState(owners, false, 1L, new ArrayList<>(0), null, false, null, false));
        }
        keep.put(StateTable.CUSTOMERS, customerId, customer);
        take(keep.decision());
    }

    /** Another value than the machine wrote. */
    public <T extends SpecificRecord> void replace(StateTable<T> table, String id, T value) {
        tables.get(table.name()).put(People.DIRECTORY + '/' + id, encode(value));
    }

    public void forgetOutputs() {
        outputs.clear();
    }

    /** The last image of every customer by id, as a reader of the compacted topic has it. */
    public Map<String, Customer> images() {
        var images = new LinkedHashMap<String, Customer>();
        for (Output<?> output : outputs) {
            if (output.topic().name().equals(Topics.DIRECTORY.name())) {
                if (output.value() instanceof Customer image) {
                    images.put(image.getCustomerId(), image);
                } else {
                    images.remove(output.key().substring(output.key().indexOf('/') + 1));
                }
            }
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

    /** Bytes of the largest record sent so far. */
    public int largestOutput() {
        return largestOutput;
    }

    /** Values read and written so far: what a store would have been asked. */
    public long valuesMoved() {
        return valuesMoved;
    }

    /** Bytes of state read and written so far. */
    public long bytesMoved() {
        return bytesMoved;
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
            if (output.topic().name().equals(topic.name()) && output.value() != null) {
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
