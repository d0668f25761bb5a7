package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestConfig;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Makes the Kafka clients of this stage, with the settings that exactly-once rests on. Thread-safe. */
final class KafkaPublishers implements Publisher.Factory, AutoCloseable {

    private static final String TRANSACTIONAL_ID = "repertoire-ingest-";

    private final IngestConfig config;
    private final Wire wire;
    private @Nullable Admin admin;

    KafkaPublishers(IngestConfig config, Wire wire) {
        this.config = config;
        this.wire = wire;
    }

    @Override
    public Publisher open(String directoryId, FlowControl flow) {
        var producer = new KafkaProducer<>(
                producerSettings(directoryId), new ByteArraySerializer(), new ByteArraySerializer());
        boolean opened = false;
        try {
            producer.initTransactions();
            int partitions = producer.partitionsFor(Topics.SUBMISSIONS.name()).size();
            int progressPartitions =
                    producer.partitionsFor(Topics.INGEST_PROGRESS.name()).size();
            if (progressPartitions != partitions) {
                throw new KafkaException(Topics.INGEST_PROGRESS + " has " + progressPartitions + " partitions and "
                        + Topics.SUBMISSIONS + " has " + partitions + "; they must have the same");
            }
            Map<String, IngestProgress> progress =
                    new ProgressReader(wire, consumerSettings()).read(admin(), directoryId, partitions);
            var standing = new StandingImports(wire, consumerSettings(), directoryId, partitions);
            var publisher = new KafkaPublisher(
                    producer,
                    wire,
                    directoryId,
                    Partitioning.partitionOf(directoryId, partitions),
                    progress,
                    standing::of,
                    flow);
            opened = true;
            return publisher;
        } finally {
            if (!opened) {
                producer.close(Duration.ZERO);
            }
        }
    }

    /** Of one directory, started. */
    FlowControl flowControl(String directoryId) {
        if (!config.flowControl()) {
            return FlowControl.OFF;
        }
        int partitions = partitions();
        var flow = new StreamsFlowControl(
                admin(),
                config.streamsGroup(),
                new TopicPartition(Topics.SUBMISSIONS.name(), Partitioning.partitionOf(directoryId, partitions)));
        flow.start();
        return flow;
    }

    /** Of every topic. */
    int partitions() {
        try {
            return admin().describeTopics(List.of(Topics.SUBMISSIONS.name()))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the topic " + Topics.SUBMISSIONS + " could not be looked up", e);
        }
    }

    /** Reads what is committed, of the partitions it is assigned by hand. */
    KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Properties consumerSettings() {
        var settings = common();
        settings.putAll(config.consumer());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return settings;
    }

    private Properties producerSettings(String directoryId) {
        var settings = new Properties();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "10000");
        settings.putAll(common());
        settings.putAll(config.producer());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID + directoryId);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "10000");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return settings;
    }

    private Properties common() {
        var settings = new Properties();
        settings.putAll(config.kafka());
        return settings;
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(common());
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(2));
            admin = null;
        }
    }
}
