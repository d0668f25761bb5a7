package io.repertoire.customers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A directory over maps that does nothing but hold it, for measurements. Lists no keys. */
final class MapView implements DirectoryView {

    private final Map<String, Map<String, SpecificRecord>> tables = new HashMap<>();
    private final boolean copies;

    private MapView(boolean copies) {
        this.copies = copies;
    }

    /** Gives out the very values it holds: the machine must not change what it does not put. */
    static MapView sharing() {
        return new MapView(false);
    }

    /** Gives out copies, as a store does. */
    static MapView copying() {
        return new MapView(true);
    }

    @Override
    public String epoch() {
        return "";
    }

    @Override
    public <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key) {
        Map<String, SpecificRecord> held = tables.get(table.name());
        SpecificRecord value = held == null ? null : held.get(key);
        return value == null
                ? null
                : table.type().cast(copies ? SpecificData.get().deepCopy(table.schema(), value) : value);
    }

    @Override
    public List<String> keys(StateTable<?> table, String prefix, @Nullable String after, int limit) {
        return List.of();
    }

    void apply(Decision decision) {
        for (StateChange<?> change : decision.changes()) {
            Map<String, SpecificRecord> held =
                    tables.computeIfAbsent(change.table().name(), k -> new HashMap<>());
            if (change.value() == null) {
                held.remove(change.key());
            } else {
                held.put(change.key(), change.value());
            }
        }
    }
}
