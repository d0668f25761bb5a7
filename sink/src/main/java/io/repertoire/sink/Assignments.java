package io.repertoire.sink;

import io.repertoire.sink.Progress.FencedException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that the group has given to this consumer. Each is paused until it is taken: until the tables have said where to
 * read on, and that nobody else may write what is read of it.
 */
final class Assignments implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Assignments.class);
    private static final long REBUILD_CHECK_MILLIS = 5_000;

    private final Family family;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ClusterTopics topics;
    private final Buffers buffers;
    private final Tally tally;
    private final SinkMetrics metrics;
    private final Clock clock;
    private final Set<TopicPartition> untaken = new HashSet<>();
    private boolean assigned;
    private long retryAtMillis;

    Assignments(
            Family family,
            KafkaConsumer<byte[], byte[]> consumer,
            ClusterTopics topics,
            Buffers buffers,
            Tally tally,
            SinkMetrics metrics,
            Clock clock) {
        this.family = family;
        this.consumer = consumer;
        this.topics = topics;
        this.buffers = buffers;
        this.tally = tally;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            // There is no committed offset to find: any position will do while it is paused.
            consumer.seek(partition, 0);
            untaken.add(partition);
        }
        consumer.pause(partitions);
        retryAtMillis = 0;
        assigned = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            buffers.close(partition);
            untaken.remove(partition);
            tally.blocked().remove(partition.toString());
        }
    }

    /** False while partitions, or the group's answer which they are, are awaited. */
    boolean settled() {
        return assigned && (untaken.isEmpty() || !tally.blocked().isEmpty());
    }

    /** Forgets what was read; the consumer stays in its group meanwhile. */
    void giveUpFor(long millis) {
        buffers.closeAll();
        untaken.addAll(consumer.assignment());
        consumer.pause(consumer.assignment());
        retryAtMillis = clock.millis() + millis;
    }

    /** @return true if all are taken that were not */
    boolean takeDue(Transactions transactions, Progress progress) throws SQLException, FencedException {
        if (untaken.isEmpty() || clock.millis() < retryAtMillis) {
            return false;
        }
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(untaken);
        Map<TopicPartition, Long> ends = consumer.endOffsets(untaken);
        tally.blocked().clear();
        for (TopicPartition partition : List.copyOf(untaken)) {
            Long start = starts.get(partition);
            Long end = ends.get(partition);
            if (start != null && end != null) {
                take(transactions, progress, partition, start, end);
            }
        }
        if (!tally.blocked().isEmpty()) {
            LOG.error("{} cannot go on: {}; run \"db rebuild\"", family.name(), tally.blocked());
            retryAtMillis = clock.millis() + REBUILD_CHECK_MILLIS;
            return false;
        }
        return true;
    }

    private void take(Transactions transactions, Progress progress, TopicPartition partition, long start, long end)
            throws SQLException, FencedException {
        String topicId = topics.ids().get(partition.topic());
        if (topicId == null) {
            return;
        }
        var taken = transactions.take(progress, partition, topicId, start, end, family.isCompacted(partition.topic()));
        PartitionCursor cursor = taken.cursor();
        if (cursor == null) {
            tally.blocked().put(partition.toString(), ((Resume.NeedsRebuild) taken.resume()).why());
            return;
        }
        if (taken.resume() instanceof Resume.AfterGap gap) {
            tally.missing(gap.fromTheStart() ? 0 : gap.missing());
            metrics.missing(partition.topic(), gap.missing());
            LOG.warn("{}: {} offsets were gone before they could be read", partition, gap.missing());
        }
        consumer.seek(partition, cursor.lastOffset() + 1);
        consumer.resume(List.of(partition));
        buffers.open(cursor);
        untaken.remove(partition);
    }
}
