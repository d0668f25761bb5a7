package io.repertoire.app.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.repertoire.streams.StreamsMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.KafkaStreams;

/** {@code repertoire.streams.*}; received = accepted + rejected + dead-lettered, for every topic. */
public final class MeteredStreams implements StreamsMetrics {

    private final MeterRegistry registry;
    private final Map<String, Counter> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
    private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
    private final Map<String, Counter> sent = new ConcurrentHashMap<>();

    MeteredStreams(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void received(String topic) {
        count(received, "repertoire.streams.records.received", topic);
    }

    @Override
    public void accepted(String topic) {
        count(accepted, "repertoire.streams.records.accepted", topic);
    }

    @Override
    public void rejected(String topic) {
        count(rejected, "repertoire.streams.records.rejected", topic);
    }

    @Override
    public void deadLettered(String topic, String code) {
        registry.counter("repertoire.streams.records.dead.lettered", "topic", topic, "code", code)
                .increment();
    }

    @Override
    public void sent(String topic) {
        count(sent, "repertoire.streams.records.sent", topic);
    }

    @Override
    public Runnable runsOn(KafkaStreams streams) {
        return new KafkaFigures(registry).of(streams);
    }

    /** Called for every record: the counter is looked up once. */
    private void count(Map<String, Counter> counters, String name, String topic) {
        counters.computeIfAbsent(topic, key -> registry.counter(name, "topic", key))
                .increment();
    }
}
