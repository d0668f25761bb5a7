package io.repertoire.sink;

import org.apache.kafka.clients.consumer.Consumer;

/**
 * What a sink counts. Every record read is in the end either applied, folded into a newer one of the same key (both are
 * {@code records} of {@link #applied}), or dead-lettered. Called from the sink's own threads; must not block.
 */
public interface SinkMetrics {

    SinkMetrics NOOP = new SinkMetrics() {};

    /**
     * One transaction was committed.
     *
     * @param family {@code directory} or {@code history}
     * @param records records read for it
     * @param rows rows written or deleted
     * @param nanos time from the batch's cut to its commit
     */
    default void applied(String family, int records, int rows, long nanos) {}

    /** A record went to {@code sink.dlq.v1}; {@code code} is of a small set. */
    default void deadLettered(String topic, String code) {}

    /** Offsets that were gone before they could be read. */
    default void missing(String topic, long offsets) {}

    /** A batch was given up and will be read again; {@code cause} is of a small set. */
    default void retried(String family, String cause) {}

    /**
     * A worker begins to read with this consumer.
     *
     * @return run when it no longer does
     */
    default Runnable reads(Consumer<?, ?> consumer) {
        return () -> {};
    }

    /** Records of a partition not yet in the tables. */
    default void lag(String topic, int partition, long records) {}
}
