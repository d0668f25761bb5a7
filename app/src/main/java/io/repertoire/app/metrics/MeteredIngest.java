package io.repertoire.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.repertoire.ingest.IngestMetrics;
import java.util.concurrent.TimeUnit;

/** {@code repertoire.ingest.files.*} and {@code .rows.*}; files claimed = sent + refused + duplicate, once all have ended. */
public final class MeteredIngest implements IngestMetrics {

    private final MeterRegistry registry;
    private final Counter rows;

    MeteredIngest(MeterRegistry registry) {
        this.registry = registry;
        this.rows = registry.counter("repertoire.ingest.rows.sent");
    }

    @Override
    public void fileClaimed() {
        registry.counter("repertoire.ingest.files.claimed").increment();
    }

    @Override
    public void fileSent(long rowsOfIt, long millis) {
        registry.timer("repertoire.ingest.files.sent").record(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void fileRefused(String code) {
        registry.counter("repertoire.ingest.files.refused", "code", code).increment();
    }

    @Override
    public void fileDuplicate() {
        registry.counter("repertoire.ingest.files.duplicate").increment();
    }

    @Override
    public void rowsSent(int sent) {
        rows.increment(sent);
    }

    @Override
    public void rowsUnreadable(int unreadable) {
        registry.counter("repertoire.ingest.rows.unreadable").increment(unreadable);
    }

    @Override
    public void sendFailed() {
        registry.counter("repertoire.ingest.sends.failed").increment();
    }

    @Override
    public void waitedForStreams(long millis) {
        registry.timer("repertoire.ingest.waited.for.streams").record(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void rejectsFileWritten(long rejected) {
        registry.counter("repertoire.ingest.rejects.files.written").increment();
    }
}
