package io.repertoire.ingest.http;

import java.util.concurrent.atomic.AtomicLong;

/** Keeps the sums of {@link HttpMetrics}. */
final class CountedMetrics implements HttpMetrics {

    final AtomicLong received = new AtomicLong();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong unavailable = new AtomicLong();
    final AtomicLong requestsRefused = new AtomicLong();

    @Override
    public void received() {
        received.incrementAndGet();
    }

    @Override
    public void accepted(EventKind kind) {
        accepted.incrementAndGet();
    }

    @Override
    public void refused(ProblemCode code) {
        refused.incrementAndGet();
    }

    @Override
    public void unavailable(ProblemCode code) {
        unavailable.incrementAndGet();
    }

    @Override
    public void requestRefused(ProblemCode code) {
        requestsRefused.incrementAndGet();
    }
}
