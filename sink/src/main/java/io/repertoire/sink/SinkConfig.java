package io.repertoire.sink;

import java.time.Duration;
import java.util.Map;

/**
 * What a sink is told.
 *
 * @param database where the tables are
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} among them
 * @param consumer settings of consumers only; a few that the protocol rests on are not open to change
 * @param producer settings of the dead-letter producer only
 * @param maxBatchRecords records of one transaction, at most but for the rest of one input
 * @param linger how long a batch may wait for more when there is much to do; when there is little it does not wait
 */
public record SinkConfig(
        DatabaseConfig database,
        Map<String, String> kafka,
        Map<String, String> consumer,
        Map<String, String> producer,
        int maxBatchRecords,
        Duration linger) {

    public static final int DEFAULT_MAX_BATCH_RECORDS = 8_000;
    public static final Duration DEFAULT_LINGER = Duration.ofMillis(100);

    public SinkConfig {
        if (maxBatchRecords < 1) {
            throw new IllegalArgumentException("maxBatchRecords must be positive");
        }
        kafka = Map.copyOf(kafka);
        consumer = Map.copyOf(consumer);
        producer = Map.copyOf(producer);
    }

    public static SinkConfig of(DatabaseConfig database, Map<String, String> kafka) {
        return new SinkConfig(database, kafka, Map.of(), Map.of(), DEFAULT_MAX_BATCH_RECORDS, DEFAULT_LINGER);
    }
}
