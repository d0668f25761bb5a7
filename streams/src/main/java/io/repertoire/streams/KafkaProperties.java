package io.repertoire.streams;

import static org.apache.kafka.streams.StreamsConfig.consumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.mainConsumerPrefix;
import static org.apache.kafka.streams.StreamsConfig.producerPrefix;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The stage's settings in Kafka's words. */
final class KafkaProperties {

    /** Of every changelog. */
    static final String COMPACTION_LAG = StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG);

    private KafkaProperties() {}

    static Properties streams(StreamsSettings settings, String instanceId, RocksMemory memory, Limits limits) {
        var p = new Properties();
        // Throughput within a commit; the flush at its end is what bounds latency, so linger costs nothing.
        p.put(producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "20");
        p.put(producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), Integer.toString(256 << 10));
        p.put(producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), Integer.toString(64 << 20));
        // Under transactions of version 2 a second batch sent before the first of its transaction is
        // taken is refused, and costs a pause; on a quick network one at a time is no slower.
        p.put(producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), "1");
        p.put(producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), "20");
        p.put(producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A crash must not hold up readers of committed data, nor a restart, for a minute.
        p.put(producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), "10000");
        p.put(
                producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                Integer.toString(Math.max(limits.maxRecordBytes(), limits.maxDeadLetterBytes()) + Limits.OVERHEAD));
        // The thread looks for other topics' records only when it is done with all it holds of one: what a till waits
        // behind a file.
        p.put(mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "200");
        p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, "200");
        p.put(consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), Integer.toString(4 << 20));
        p.put(mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000");
        p.put(mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), "2000");
        p.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                Long.toString(settings.commitInterval().toMillis()));
        p.put(StreamsConfig.POLL_MS_CONFIG, "50");
        // Topics take turns (see DirectoryTopology): never wait for one that has nothing.
        p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, Long.toString(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED));
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.toString(8L << 20));
        // No MBean for each of its figures: registering them takes a good part of the start.
        p.put(StreamsConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Integer.toString(settings.replicationFactor()));
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(settings.threads()));
        p.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, "10000");
        p.put(StreamsConfig.adminClientPrefix(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG), "60000");

        p.put(mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId);

        // What an erased person's state was is gone from the changelogs as soon as from the topics.
        p.put(COMPACTION_LAG, Long.toString(Duration.ofDays(1).toMillis()));

        p.putAll(settings.kafka());

        p.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        p.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        p.put(BoundedRocksDb.MEMORY, memory);
        return p;
    }

    /** For the stage's own questions to the cluster: short answers, or it is away. */
    static Properties admin(StreamsSettings settings) {
        var p = new Properties();
        settings.kafka().forEach((key, value) -> {
            if (AdminClientConfig.configNames().contains(key)) {
                p.put(key, value);
            }
        });
        p.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        p.put(AdminClientConfig.CLIENT_ID_CONFIG, settings.applicationId() + "-health");
        p.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        p.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000");
        return p;
    }
}
