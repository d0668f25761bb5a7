package io.repertoire.customers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What one input read of a directory's state, once each, and what it wants to write there. Reads see the input's own writes. */
final class StateEdits {

    private final DirectoryView view;
    private final String prefix;
    private final List<Table> tables = new ArrayList<>(6);

    /** @param prefix what keys of the directory begin with; ids here are the rest */
    StateEdits(DirectoryView view, String prefix) {
        this.view = view;
        this.prefix = prefix;
    }

    <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String id) {
        Table held = table(table);
        Entry entry = held.entries.get(id);
        if (entry == null) {
            entry = new Entry(view.get(table, prefix + id));
            held.entries.put(id, entry);
        }
        @SuppressWarnings("unchecked")
        T value = (T) entry.value;
        return value;
    }

    <T extends SpecificRecord> void put(StateTable<T> table, String id, T value) {
        edit(table, id, value);
    }

    <T extends SpecificRecord> void delete(StateTable<T> table, String id) {
        edit(table, id, null);
    }

    private void edit(StateTable<?> table, String id, @Nullable SpecificRecord value) {
        Entry entry = table(table).entries.computeIfAbsent(id, k -> new Entry(null));
        entry.value = value;
        entry.changed = true;
    }

    /** In the order in which tables, and keys of each, were first read or written. */
    void addTo(List<StateChange<?>> changes) {
        for (Table held : tables) {
            for (Map.Entry<String, Entry> e : held.entries.entrySet()) {
                if (e.getValue().changed) {
                    changes.add(change(held.table, prefix + e.getKey(), e.getValue()));
                }
            }
        }
    }

    void clear() {
        tables.clear();
    }

    private static <T extends SpecificRecord> StateChange<T> change(StateTable<T> table, String key, Entry entry) {
        @SuppressWarnings("unchecked")
        T typed = (T) entry.value;
        return new StateChange<>(table, key, typed);
    }

    /** By its name: which object it is does not count. A few tables, so that a search costs less than a map. */
    private Table table(StateTable<?> wanted) {
        for (int i = 0; i < tables.size(); i++) {
            Table held = tables.get(i);
            if (held.table.name().equals(wanted.name())) {
                return held;
            }
        }
        var created = new Table(wanted);
        tables.add(created);
        return created;
    }

    private static final class Table {
        private final StateTable<?> table;
        private final Map<String, Entry> entries = new LinkedHashMap<>(8);

        Table(StateTable<?> table) {
            this.table = table;
        }
    }

    private static final class Entry {
        private @Nullable SpecificRecord value;
        private boolean changed;

        Entry(@Nullable SpecificRecord value) {
            this.value = value;
        }
    }
}
