package io.repertoire.streams;

import io.repertoire.customers.DirectoryView;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The state of one task's directories, over its stores. The schemas that values were written with are kept in a store of their
 * own, so that a later version reads what an earlier one wrote without a list of past schemas in the code. Not thread-safe.
 */
final class DirectoryStores implements DirectoryView {

    /** Key: fingerprint in hexadecimal; value: the schema's JSON. */
    static final String SCHEMAS = "state-schemas";

    private record Table<T extends SpecificRecord>(KeyValueStore<String, byte[]> store, StateCodec<T> codec) {}

    /** A change whose value is already in the form in which it is stored. */
    static final class EncodedChange {
        private final KeyValueStore<String, byte[]> store;
        private final String key;
        private final byte @Nullable [] value;

        private EncodedChange(KeyValueStore<String, byte[]> store, String key, byte @Nullable [] value) {
            this.store = store;
            this.key = key;
            this.value = value;
        }

        void put() {
            store.put(key, value);
        }

        boolean largerThan(int bytes) {
            return value != null && key.length() * 3L + value.length > bytes;
        }
    }

    private final Map<String, Table<?>> tables = new HashMap<>();
    private final KeyValueStore<String, byte[]> schemas;
    private boolean schemasKept;

    DirectoryStores(ProcessorContext<?, ?> context) {
        this.schemas = context.getStateStore(SCHEMAS);
        for (var table : StateTable.ALL) {
            tables.put(table.name(), tableOf(table, context));
        }
    }

    private <T extends SpecificRecord> Table<T> tableOf(StateTable<T> table, ProcessorContext<?, ?> context) {
        return new Table<>(
                context.getStateStore(table.name()),
                new StateCodec<>(table.type(), table.schema(), this::writerSchema));
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key) {
        var t = table(table);
        byte[] bytes = t.store().get(key);
        return bytes == null ? null : t.codec().decode(bytes);
    }

    EncodedChange encode(StateChange<?> change) {
        var t = table(change.table());
        var value = change.value();
        return new EncodedChange(
                t.store(), change.key(), value == null ? null : t.codec().encode(value));
    }

    /** Before the first put; not in {@code init}, where it would open a transaction that an idle task never ends. */
    void keepSchemas() {
        if (schemasKept) {
            return;
        }
        for (var table : StateTable.ALL) {
            var id = Long.toHexString(table(table).codec().fingerprint());
            if (schemas.get(id) == null) {
                schemas.put(id, table.schema().toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        schemasKept = true;
    }

    private @Nullable Schema writerSchema(long fingerprint) {
        byte[] json = schemas.get(Long.toHexString(fingerprint));
        return json == null ? null : new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked") // tables maps the name of a StateTable<T> to a Table<T>
    private <T extends SpecificRecord> Table<T> table(StateTable<T> table) {
        var found = tables.get(table.name());
        if (found == null) {
            throw new IllegalArgumentException("no such table: " + table);
        }
        return (Table<T>) found;
    }
}
