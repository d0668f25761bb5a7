package io.repertoire.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.repertoire.ingest.http.EventKind;
import io.repertoire.ingest.http.HttpMetrics;
import io.repertoire.ingest.http.ProblemCode;
import java.util.Locale;

/** {@code repertoire.ingest.events.*}; received = accepted + refused + unavailable. */
public final class MeteredHttp implements HttpMetrics {

    private final MeterRegistry registry;
    private final Counter received;

    MeteredHttp(MeterRegistry registry) {
        this.registry = registry;
        this.received = registry.counter("repertoire.ingest.events.received");
    }

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public void accepted(EventKind kind) {
        registry.counter(
                        "repertoire.ingest.events.accepted", "kind", kind.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public void refused(ProblemCode code) {
        registry.counter("repertoire.ingest.events.refused", "code", code.name())
                .increment();
    }

    @Override
    public void unavailable(ProblemCode code) {
        registry.counter("repertoire.ingest.events.unavailable", "code", code.name())
                .increment();
    }

    @Override
    public void requestRefused(ProblemCode code) {
        registry.counter("repertoire.ingest.requests.refused", "code", code.name())
                .increment();
    }

    @Override
    public void webhook(String vendor, String outcome) {
        registry.counter("repertoire.ingest.webhooks", "vendor", vendor, "outcome", outcome)
                .increment();
    }
}
