package io.repertoire.bench;

import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One till's sale at a time, from its sending until a reader of committed records sees it recorded. */
final class SaleLatency {

    private static final int SALES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private SaleLatency() {}

    static void print(String bootstrap, Wire wire, String directory) throws Exception {
        var key = directory.getBytes(StandardCharsets.UTF_8);
        var events = Topics.SALE_EVENTS;
        var serializer = wire.serializer(events);
        try (var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrap),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                var consumer = new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var recorded = new TopicPartition(
                    Topics.RECORDED_SALES.name(),
                    Partitioning.partitionOf(
                            directory,
                            consumer.partitionsFor(Topics.RECORDED_SALES.name()).size()));
            consumer.assign(List.of(recorded));
            consumer.seekToEnd(List.of(recorded));
            consumer.position(recorded);
            var millis = new double[SALES];
            for (int i = 0; i < SALES; i++) {
                long from = System.nanoTime();
                producer.send(new ProducerRecord<>(
                                events.name(), key, serializer.serialize(events.name(), sale(directory, i))))
                        .get();
                while (consumer.poll(Duration.ofMillis(10)).isEmpty()) {
                    if (System.nanoTime() - from > LIMIT.toNanos()) {
                        throw new IllegalStateException("sale " + i + " was not recorded within " + LIMIT);
                    }
                }
                millis[i] = (System.nanoTime() - from) / 1e6;
            }
            Arrays.sort(millis);
            System.out.printf(
                    Locale.ROOT,
                    "latency: sale sent -> recorded and committed, one at a time: p50 %.0f ms, p99 %.0f ms, most %.0f ms%n",
                    millis[SALES / 2],
                    millis[SALES * 99 / 100],
                    millis[SALES - 1]);
        }
    }

    private static SaleEvent sale(String directory, int n) {
        var now = Instant.now();
        return SaleEvent.newBuilder()
                .setEventId("event-" + n)
                .setDirectoryId(directory)
                .setSourceSystem("till")
                .setSaleId("sale-" + n)
                .setOperation(SaleOperation.RECORD)
                .setReceivedAt(now)
                .setOccurredAt(now)
                .build();
    }
}
