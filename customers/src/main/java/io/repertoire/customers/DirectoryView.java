package io.repertoire.customers;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the machine may ask of a directory's state: point look-ups only, so that an input costs what it touches. A production
 * view reads RocksDB, a test's reads maps. A returned value is the caller's: changing it changes no state.
 */
public interface DirectoryView {

    <T extends SpecificRecord> @Nullable T get(StateTable<T> table, String key);
}
