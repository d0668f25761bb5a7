package io.repertoire.app.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What this process counts, in Prometheus' format. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Metrics() {
        registry.config().meterFilter(KafkaFigures.filter());
    }

    /** Adds the JVM's own figures. Call once. */
    public Metrics bindJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        return this;
    }

    public MeteredIngest ingest() {
        return new MeteredIngest(registry);
    }

    public MeteredSink sink() {
        return new MeteredSink(registry);
    }

    public MeteredStreams streams() {
        return new MeteredStreams(registry);
    }

    public MeteredHttp http() {
        return new MeteredHttp(registry);
    }

    /** As {@code GET /metrics} answers. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
