package io.repertoire.ingest.http;

/**
 * What is counted of events over HTTP. For every event that was read out of a request: received = accepted + refused +
 * unavailable. A request from which no event could be read (wrong key, too large) is only {@link #requestRefused}.
 */
public interface HttpMetrics {

    /** Counts nothing. */
    HttpMetrics NOOP = new HttpMetrics() {};

    /** One event, good or bad, arrived. */
    default void received() {}

    /** Kafka has acknowledged it. */
    default void accepted(EventKind kind) {}

    /** It breaks a rule of the format and went nowhere. */
    default void refused(ProblemCode code) {}

    /** It could not be sent, or its fate is unknown: the caller was asked to try again. */
    default void unavailable(ProblemCode code) {}

    /** A whole request was turned away before any event was read. */
    default void requestRefused(ProblemCode code) {}

    /**
     * A vendor's message was answered.
     *
     * @param outcome accepted, ignored, verification, refused or unavailable
     */
    default void webhook(String vendor, String outcome) {}
}
