package io.repertoire.streams;

import org.jspecify.annotations.Nullable;

/**
 * Key of a record on its way to {@code streams.dlq.v1}: the source's key, untouched, and the source's partition, which is where
 * it goes.
 */
final class DeadLetterKey {

    private final int partition;
    private final byte @Nullable [] bytes;

    DeadLetterKey(int partition, byte @Nullable [] bytes) {
        this.partition = partition;
        this.bytes = bytes;
    }

    int partition() {
        return partition;
    }

    byte @Nullable [] bytes() {
        return bytes;
    }
}
