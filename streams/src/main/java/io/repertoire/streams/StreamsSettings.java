package io.repertoire.streams;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How the streams stage runs.
 *
 * @param bootstrapServers of the Kafka cluster
 * @param applicationId consumer group, prefix of the changelogs' and the transactions' names: whoever changes it starts with an
 *     empty directory
 * @param stateDirectory for the local copy of the state; it can be deleted while nothing runs, and is then restored from Kafka
 * @param partitions of every topic, as the installation created them
 * @param replicationFactor of the changelogs; -1 leaves it to the broker
 * @param threads each takes some of the partitions; more than there are partitions is waste
 * @param commitInterval how long a result may stay unseen: transactions are committed this often
 * @param cacheBytes for blocks of the stores, all of them together
 * @param memtableBytes for what the stores have not written yet, all of them together
 * @param allowOldTransactions run against brokers whose {@code transaction.version} is below 2, where a late write of a dead
 *     producer can end in the next transaction
 * @param kafka further settings in Kafka Streams' own spelling; they win over Repertoire's, exactly-once and the names of what
 *     belongs to the stage aside
 */
public record StreamsSettings(
        String bootstrapServers,
        String applicationId,
        Path stateDirectory,
        int partitions,
        int replicationFactor,
        int threads,
        Duration commitInterval,
        long cacheBytes,
        long memtableBytes,
        boolean allowOldTransactions,
        Map<String, String> kafka) {

    public static final String APPLICATION_ID = "repertoire-streams";

    public StreamsSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1: " + partitions);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1: " + threads);
        }
        kafka = Map.copyOf(kafka);
    }

    /** What runs on one machine: one thread, a commit every 100 ms, 64 MB of cache and 64 MB of memtables. */
    public static StreamsSettings of(String bootstrapServers, Path stateDirectory, int partitions) {
        return new StreamsSettings(
                bootstrapServers,
                APPLICATION_ID,
                stateDirectory,
                partitions,
                -1,
                1,
                Duration.ofMillis(100),
                64L << 20,
                64L << 20,
                false,
                Map.of());
    }

    public StreamsSettings withApplicationId(String applicationId) {
        return new StreamsSettings(
                bootstrapServers,
                applicationId,
                stateDirectory,
                partitions,
                replicationFactor,
                threads,
                commitInterval,
                cacheBytes,
                memtableBytes,
                allowOldTransactions,
                kafka);
    }
}
