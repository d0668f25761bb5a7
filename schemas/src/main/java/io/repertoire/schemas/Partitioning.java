package io.repertoire.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a record, part of the public contract of the input topics: murmur2 of the UTF-8 directory id, made positive,
 * modulo the partition count. It is what Kafka's Java producer does with a key that is the directory id, and librdkafka with
 * {@code partitioner=murmur2_random}.
 */
public final class Partitioning {

    private Partitioning() {}

    /** For either form of key: only its directory counts. */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(Keys.directoryOf(key).getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
