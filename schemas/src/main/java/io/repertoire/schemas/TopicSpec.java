package io.repertoire.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How one topic is created. Every topic has the same partition count, which is a setting of the installation and can never be
 * changed later; it is therefore not part of this record.
 *
 * @param name the topic's name, lower case, the major version last
 * @param cleanup what Kafka does with old records
 * @param limit with {@link Cleanup#DELETE} the retention, with {@link Cleanup#COMPACT} the longest time a superseded record
 *     may stay ({@code max.compaction.lag.ms}); a setting may replace it
 * @param partitionedBy which partition a record goes to
 */
public record TopicSpec(String name, Cleanup cleanup, Duration limit, PartitionedBy partitionedBy) {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** What Kafka does with old records. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    /** Which partition a record goes to. */
    public enum PartitionedBy {
        /** murmur2 of the directory id, the first part of the key: see {@link Partitioning}. */
        DIRECTORY,
        /** The partition of the record that could not be handled. */
        SOURCE_PARTITION
    }

    public TopicSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(cleanup);
        Objects.requireNonNull(limit);
        Objects.requireNonNull(partitionedBy);
    }

    /** Topic-level configuration for {@code AdminClient}, in Kafka's own keys. */
    public Map<String, String> kafkaConfig() {
        var config = new TreeMap<String, String>();
        var millis = Long.toString(limit.toMillis());
        switch (cleanup) {
            case DELETE -> {
                config.put("cleanup.policy", "delete");
                config.put("retention.ms", millis);
                // A segment goes once its last record is old enough: short ones, or the first stays far longer than
                // that.
                config.put("segment.ms", Long.toString(Math.min(limit.toMillis() / 10, DAY_MILLIS)));
            }
            case COMPACT -> {
                config.put("cleanup.policy", "compact");
                config.put("max.compaction.lag.ms", millis);
            }
        }
        return config;
    }
}
