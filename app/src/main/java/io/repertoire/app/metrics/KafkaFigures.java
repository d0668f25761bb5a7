package io.repertoire.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * {@code kafka.*}: Kafka's own figures, a few of the thousand that its clients keep. They are read when somebody asks for them;
 * those of single partitions, topics, tasks and stores would be series without end.
 */
final class KafkaFigures {

    private static final String PREFIX = "kafka.";

    private static final Set<String> KEPT = Set.of(
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.fetch.manager.bytes.consumed.total",
            "kafka.consumer.fetch.manager.fetch.latency.avg",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.consumer.coordinator.assigned.partitions",
            "kafka.consumer.connection.count",
            "kafka.producer.record.send.total",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.request.latency.avg",
            "kafka.producer.bufferpool.wait.ratio",
            "kafka.producer.connection.count",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.process.latency.avg",
            "kafka.stream.thread.commit.rate",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.poll.records.avg",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads");

    /** What would make a series of each topic, partition, task or broker. */
    private static final Set<String> FINE = Set.of("topic", "partition", "task.id", "node.id");

    private final MeterRegistry registry;

    KafkaFigures(MeterRegistry registry) {
        this.registry = registry;
    }

    /** To be in force before anything is bound. */
    static MeterFilter filter() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                if (!id.getName().startsWith(PREFIX)) {
                    return MeterFilterReply.NEUTRAL;
                }
                boolean fine = id.getTags().stream().map(Tag::getKey).anyMatch(FINE::contains);
                return KEPT.contains(id.getName()) && !fine ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
            }

            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().startsWith(PREFIX)
                        ? id.replaceTags(Tags.of(id.getTagsAsIterable()).stream()
                                .filter(tag -> !tag.getKey().equals("kafka.version"))
                                .toList())
                        : id;
            }
        };
    }

    Runnable of(KafkaStreams streams) {
        var bound = new KafkaStreamsMetrics(streams);
        bound.bindTo(registry);
        return bound::close;
    }

    Runnable of(Consumer<?, ?> consumer) {
        var bound = new KafkaClientMetrics(consumer);
        bound.bindTo(registry);
        return bound::close;
    }
}
