package io.repertoire.sink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * What a sink is told.
 *
 * @param database where the tables are
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} among them
 * @param consumer settings of consumers only; a few that the protocol rests on are not open to change
 * @param producer settings of the dead-letter producer only
 * @param maxBatchRecords records of one transaction, at most but for the rest of one input
 * @param linger how long a batch may wait for more when there is much to do; when there is little it does not wait
 * @param rejectsRetention how long rejected rows are kept after they were first seen
 */
public record SinkConfig(
        DatabaseConfig database,
        Map<String, String> kafka,
        Map<String, String> consumer,
        Map<String, String> producer,
        int maxBatchRecords,
        Duration linger,
        Duration rejectsRetention) {

    public static final int DEFAULT_MAX_BATCH_RECORDS = 8_000;
    public static final Duration DEFAULT_LINGER = Duration.ofMillis(100);
    public static final Duration DEFAULT_REJECTS_RETENTION = Duration.ofDays(30);

    public SinkConfig {
        if (maxBatchRecords < 1) {
            throw new IllegalArgumentException("maxBatchRecords must be positive");
        }
        kafka = Map.copyOf(kafka);
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
    }

    public static SinkConfig of(DatabaseConfig database, Map<String, String> kafka) {
        return new SinkConfig(
                database,
                kafka,
                Map.of(),
                Map.of(),
                DEFAULT_MAX_BATCH_RECORDS,
                DEFAULT_LINGER,
                DEFAULT_REJECTS_RETENTION);
    }

    /** Of a worker's consumer in that group. */
    Map<String, Object> consumerSettings(String group) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(4 << 20));
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "200");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(maxBatchRecords));
        settings.putAll(consumer);
        // The protocol: offsets are in PostgreSQL, nothing uncommitted is read, and no offset is ever made up.
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return settings;
    }
}
