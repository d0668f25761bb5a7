package io.repertoire.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.repertoire.sink.SinkMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;

/** {@code repertoire.sink.*}. */
public final class MeteredSink implements SinkMetrics {

    private final MeterRegistry registry;
    private final Map<String, AtomicLong> lags = new ConcurrentHashMap<>();

    MeteredSink(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void applied(String family, int records, int rows, long nanos) {
        registry.counter("repertoire.sink.records.applied", "family", family).increment(records);
        registry.counter("repertoire.sink.rows.written", "family", family).increment(rows);
        registry.timer("repertoire.sink.batch", "family", family).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void deadLettered(String topic, String code) {
        registry.counter("repertoire.sink.records.dead.lettered", "topic", topic, "code", code)
                .increment();
    }

    @Override
    public void missing(String topic, long offsets) {
        registry.counter("repertoire.sink.offsets.missing", "topic", topic).increment((double) offsets);
    }

    @Override
    public void retried(String family, String cause) {
        registry.counter("repertoire.sink.batches.retried", "family", family, "cause", cause)
                .increment();
    }

    @Override
    public void lag(String topic, int partition, long records) {
        lags.computeIfAbsent(
                        topic + '-' + partition,
                        key -> registry.gauge(
                                "repertoire.sink.lag.records",
                                Tags.of("topic", topic, "partition", Integer.toString(partition)),
                                new AtomicLong()))
                .set(records);
    }

    @Override
    public Runnable reads(Consumer<?, ?> consumer) {
        return new KafkaFigures(registry).of(consumer);
    }
}
