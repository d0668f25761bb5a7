package io.repertoire.customers;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One change to a directory's state.
 *
 * @param value the new value; {@code null} deletes
 */
public record StateChange<T extends SpecificRecord>(
        StateTable<T> table, String key, @Nullable T value) {}
