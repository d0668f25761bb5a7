package io.repertoire.customers;

import io.repertoire.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record to send.
 *
 * @param key {@code directory/own id}
 * @param value {@code null} is a tombstone
 * @param version on {@code customers.directory.v1} the version its header carries, elsewhere -1
 * @param lastOfInput on {@code customers.directory.v1} true on the last one that its input caused
 */
public record Output<T extends SpecificRecord>(
        Topic<T> topic, String key, @Nullable T value, long version, boolean lastOfInput) {

    /** A record without version headers. */
    public static <T extends SpecificRecord> Output<T> of(Topic<T> topic, String key, T value) {
        return new Output<>(topic, key, value, -1, false);
    }

    Output<T> asLastOfInput() {
        return new Output<>(topic, key, value, version, true);
    }
}
