package io.repertoire.ingest.http;

import io.repertoire.schemas.Health;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Puts events on their topics. Thread-safe. */
interface EventPublisher extends AutoCloseable {

    /** Begins to connect; returns at once. */
    void start();

    Health check();

    /**
     * Events of one directory reach Kafka in the order of these calls.
     *
     * @param maxWait how long this call may wait for a place among the events under way; zero: not at all
     * @return completes, never exceptionally, within the publisher's time limit of the call
     */
    CompletableFuture<Published> publish(InputEvent event, Duration maxWait);

    @Override
    void close();
}
