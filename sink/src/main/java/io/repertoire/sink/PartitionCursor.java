package io.repertoire.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** One assigned partition: where it is in the tables, and what was read of it and not yet written. Used by one thread. */
final class PartitionCursor {

    private final TopicPartition partition;
    private final String topicId;
    private final long epoch;
    private long lastOffset;
    private final List<InputRecord> buffer = new ArrayList<>();
    private long lastReadMillis;

    PartitionCursor(TopicPartition partition, String topicId, Progress.Claim claim) {
        this.partition = partition;
        this.topicId = topicId;
        this.epoch = claim.epoch();
        this.lastOffset = claim.lastOffset();
    }

    TopicPartition topicPartition() {
        return partition;
    }

    String topic() {
        return partition.topic();
    }

    int partition() {
        return partition.partition();
    }

    String topicId() {
        return topicId;
    }

    long epoch() {
        return epoch;
    }

    long lastOffset() {
        return lastOffset;
    }

    void committed(long offset) {
        lastOffset = offset;
    }

    /** In the order they were read. */
    List<InputRecord> buffer() {
        return buffer;
    }

    void read(InputRecord record, long nowMillis) {
        buffer.add(record);
        lastReadMillis = nowMillis;
    }

    long lastReadMillis() {
        return lastReadMillis;
    }
}
