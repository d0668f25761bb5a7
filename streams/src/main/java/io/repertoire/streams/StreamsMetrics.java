package io.repertoire.streams;

import org.apache.kafka.streams.KafkaStreams;

/**
 * What the streams stage counts. For every input topic
 *
 * <pre>received = accepted + rejected + deadLettered</pre>
 *
 * <p>Alert on the rate of {@link #deadLettered}: each one is a record that nobody has dealt with. Counts are of work done, per process: a
 * record whose transaction was aborted is counted again when it is read again. Called from stream threads, so implementations are
 * thread-safe, fast and never throw.
 */
public interface StreamsMetrics {

    /** Counts nothing. */
    StreamsMetrics NOOP = new StreamsMetrics() {};

    /** A record was read. */
    default void received(String topic) {}

    /** It was decoded and followed; for a command, whatever its result. */
    default void accepted(String topic) {}

    /** It was decoded and breaks a rule of the domain: it is on {@code customers.rejected.v1}. */
    default void rejected(String topic) {}

    /**
     * It went to {@code streams.dlq.v1} as it came.
     *
     * @param code the header {@code repertoire.error.code}, one of a few
     */
    default void deadLettered(String topic, String code) {}

    /** An output, dead letters aside. */
    default void sent(String topic) {}

    /**
     * The stage begins to run on this.
     *
     * @return run when it no longer does
     */
    default Runnable runsOn(KafkaStreams streams) {
        return () -> {};
    }
}
