package io.repertoire.sink;

import io.repertoire.sink.Transactions.Cut;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was read of the partitions taken and not yet written, and when it is worth a transaction. Used by one thread. */
final class Buffers {

    private static final Logger LOG = LoggerFactory.getLogger(Buffers.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final long BUSY_RECORDS = 500;
    private static final long UNFINISHED_INPUT_MILLIS = 10_000;

    private final boolean cutAtInputs;
    private final int maxRecords;
    private final long lingerMillis;
    private final Clock clock;
    private final Map<TopicPartition, PartitionCursor> cursors = new HashMap<>();
    private long firstBufferedMillis;
    private long lastBatchRecords;

    Buffers(Family family, SinkConfig config, Clock clock) {
        this.cutAtInputs = family.cutAtInputs();
        this.maxRecords = config.maxBatchRecords();
        this.lingerMillis = config.linger().toMillis();
        this.clock = clock;
    }

    void open(PartitionCursor cursor) {
        cursors.put(cursor.topicPartition(), cursor);
    }

    /** Forgets what was read of it. */
    void close(TopicPartition partition) {
        cursors.remove(partition);
    }

    void closeAll() {
        cursors.clear();
    }

    Collection<PartitionCursor> cursors() {
        return cursors.values();
    }

    /** How long the next poll may wait. */
    Duration pollTimeout() {
        return lastBatchRecords >= BUSY_RECORDS && size() > 0
                ? Duration.ofMillis(Math.max(0, firstBufferedMillis + lingerMillis - clock.millis()))
                : IDLE_POLL;
    }

    void add(ConsumerRecords<byte[], byte[]> records) {
        long now = clock.millis();
        if (size() == 0) {
            firstBufferedMillis = now;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            PartitionCursor cursor = cursors.get(new TopicPartition(record.topic(), record.partition()));
            if (cursor != null) {
                cursor.read(InputRecord.of(record), now);
            }
        }
    }

    private int size() {
        int total = 0;
        for (PartitionCursor cursor : cursors.values()) {
            total += cursor.buffer().size();
        }
        return total;
    }

    /** What goes into a transaction now; nothing while it is worth waiting for more. */
    List<Cut> due() {
        int total = size();
        long now = clock.millis();
        boolean due =
                total >= maxRecords || lastBatchRecords < BUSY_RECORDS || now - firstBufferedMillis >= lingerMillis;
        if (total == 0 || !due) {
            return List.of();
        }
        List<Cut> cuts = new ArrayList<>();
        for (PartitionCursor cursor : cursors.values()) {
            int whole = wholeRecords(cursor, now);
            if (whole > 0) {
                cuts.add(new Cut(cursor, cursor.buffer().subList(0, whole)));
            }
        }
        return cuts;
    }

    private int wholeRecords(PartitionCursor cursor, long now) {
        List<InputRecord> buffer = cursor.buffer();
        if (!cutAtInputs || buffer.isEmpty()) {
            return buffer.size();
        }
        int whole = Folding.wholeInputs(buffer);
        if (whole == 0 && now - cursor.lastReadMillis() > UNFINISHED_INPUT_MILLIS) {
            // The writer's transactions end with whole inputs, so this is
            // somebody else's record: better shown than held for ever.
            LOG.warn("{}: {} records without an end of their input", cursor.topicPartition(), buffer.size());
            return buffer.size();
        }
        return whole;
    }

    /**
     * These are in the tables: they are forgotten here.
     *
     * @return how many records they were
     */
    int written(List<Cut> cuts) {
        int records = 0;
        for (Cut cut : cuts) {
            records += cut.records().size();
            cut.cursor().committed(cut.lastOffset());
            cut.records().clear();
        }
        lastBatchRecords = records;
        firstBufferedMillis = clock.millis();
        return records;
    }
}
