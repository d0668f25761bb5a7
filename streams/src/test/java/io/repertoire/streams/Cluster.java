package io.repertoire.streams;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.TopicSpec;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The embedded broker as a plain client of it sees it: what other producers write, what other consumers read. */
final class Cluster implements AutoCloseable {

    static final int PARTITIONS = 4;

    final String bootstrap;
    final Wire wire;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<?>> sent = new ArrayList<>();

    Cluster(Servers servers) {
        bootstrap = servers.kafkaBootstrapServers();
        wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()));
        wire.registerAll();
        try (var topics = new TopicAdmin(
                Admin.create(Map.of("bootstrap.servers", bootstrap)), TopicAdmin.Settings.of(PARTITIONS))) {
            topics.create();
        }
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** To the partition that Kafka's own partitioner chooses. */
    <T extends SpecificRecord> void send(Topic<T> topic, String key, T value) {
        send(
                topic,
                null,
                key.getBytes(StandardCharsets.UTF_8),
                wire.serializer(topic).serialize(topic.name(), value));
    }

    void send(Topic<?> topic, Integer partition, byte[] key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, key, value)));
    }

    /** All of it has arrived. */
    void flush() throws InterruptedException, ExecutionException {
        producer.flush();
        for (var one : sent) {
            one.get();
        }
        sent.clear();
    }

    /** Reads committed records from the start until enough of them match, in the order of each partition. */
    List<ConsumerRecord<byte[], byte[]>> read(
            TopicSpec topic, int count, Duration limit, Predicate<ConsumerRecord<byte[], byte[]>> matching) {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(p -> new TopicPartition(topic.name(), p))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + limit.toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (matching.test(record)) {
                        found.add(record);
                    }
                }
            }
        }
        return found;
    }

    static Predicate<ConsumerRecord<byte[], byte[]>> ofDirectory(String directory) {
        return record -> {
            var key = new String(record.key(), StandardCharsets.UTF_8);
            return key.equals(directory) || key.startsWith(directory + "/");
        };
    }

    @Override
    public void close() {
        producer.close();
        wire.close();
    }
}
