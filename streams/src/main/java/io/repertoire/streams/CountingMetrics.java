package io.repertoire.streams;

import io.repertoire.schemas.DeadLetter;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams;

/** Passes everything on and remembers whether a bug showed, for the stage's health. */
final class CountingMetrics implements StreamsMetrics {

    private final StreamsMetrics next;
    private final AtomicLong bugs = new AtomicLong();

    CountingMetrics(StreamsMetrics next) {
        this.next = next;
    }

    long bugs() {
        return bugs.get();
    }

    @Override
    public void received(String topic) {
        next.received(topic);
    }

    @Override
    public void accepted(String topic) {
        next.accepted(topic);
    }

    @Override
    public void rejected(String topic) {
        next.rejected(topic);
    }

    @Override
    public void deadLettered(String topic, String code) {
        if (code.equals(DeadLetter.BUG)) {
            bugs.incrementAndGet();
        }
        next.deadLettered(topic, code);
    }

    @Override
    public void sent(String topic) {
        next.sent(topic);
    }

    @Override
    public Runnable runsOn(KafkaStreams streams) {
        return next.runsOn(streams);
    }
}
