package io.repertoire.sink;

import io.repertoire.sink.Progress.Claim;
import io.repertoire.sink.Progress.FencedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's transactions, on one connection that it keeps until something fails on it. Used by one thread.
 */
final class Transactions implements AutoCloseable {

    /**
     * What of one partition goes into a batch.
     *
     * @param records not empty
     */
    record Cut(PartitionCursor cursor, List<InputRecord> records) {
        long lastOffset() {
            return records.get(records.size() - 1).raw().offset();
        }
    }

    /** Where records go that cannot be put in the tables. */
    interface Outlet {
        /** Returns once they are safe. */
        void send(List<SetAside> letters);
    }

    /** @param rows written or deleted */
    record Applied(int rows, List<SetAside> setAside) {}

    /** What came of taking a partition: where to read on, or why not. */
    record Taken(@Nullable PartitionCursor cursor, Resume resume) {}

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int PING_SECONDS = 5;

    private final DataSource database;
    private final BatchWriter writer;
    private final Outlet deadLetters;
    private @Nullable Connection connection;

    Transactions(DataSource database, BatchWriter writer, Outlet deadLetters) {
        this.database = database;
        this.writer = writer;
        this.deadLetters = deadLetters;
    }

    /** Raises the partition's epoch, unless the tables cannot be brought up to date from what the topic holds. */
    Taken take(
            Progress progress, TopicPartition partition, String topicId, long logStart, long logEnd, boolean compacted)
            throws SQLException, FencedException {
        try {
            Connection c = connection();
            if (progress.holdsOtherTopic(c, partition.topic(), topicId)) {
                c.rollback();
                return new Taken(
                        null,
                        new Resume.NeedsRebuild(
                                "the tables were filled from another cluster, or before the topic was made anew"));
            }
            Claim claim = progress.claim(c, partition.topic(), topicId, partition.partition());
            PartitionCursor cursor = new PartitionCursor(partition, topicId, claim);
            Resume resume = Resume.decide(claim.lastOffset(), logStart, logEnd, compacted);
            if (resume instanceof Resume.NeedsRebuild) {
                c.rollback();
                return new Taken(null, resume);
            }
            if (resume instanceof Resume.AfterGap gap) {
                progress.advanceOverGap(c, cursor, gap.offset() - 1, gap.missing());
                cursor.committed(gap.offset() - 1);
            }
            c.commit();
            return new Taken(cursor, resume);
        } catch (SQLException | FencedException | RuntimeException e) {
            discard();
            throw e;
        }
    }

    /**
     * One transaction: the progress first, then the rows, then the dead letters to Kafka, then the commit. If it throws, nothing is
     * known of the progress: it must be read again.
     */
    Applied apply(Progress progress, List<Cut> cuts) throws SQLException, FencedException {
        try {
            Connection c = connection();
            try {
                return attempt(c, progress, cuts, false);
            } catch (SQLException e) {
                if (!SqlErrors.isBadRow(e)) {
                    throw e;
                }
                LOG.atWarn()
                        .addKeyValue("sqlState", SqlErrors.stateOf(e))
                        .log("PostgreSQL refuses a row: looking for it, the rest of the batch goes on");
                c.rollback();
                return attempt(c, progress, cuts, true);
            }
        } catch (SQLException | FencedException | RuntimeException e) {
            discard();
            throw e;
        }
    }

    /** A piece of what is too old, in a transaction of its own. */
    int purge(RejectPurge purge, Instant now) throws SQLException {
        try {
            Connection c = connection();
            int deleted = purge.run(c, now);
            c.commit();
            return deleted;
        } catch (SQLException | RuntimeException e) {
            discard();
            throw e;
        }
    }

    /** @throws SQLException if the database does not answer; the connection is given up then */
    void ping() throws SQLException {
        try {
            Connection c = connection();
            if (!c.isValid(PING_SECONDS)) {
                throw new SQLException("no answer", "08006");
            }
            c.commit();
        } catch (SQLException | RuntimeException e) {
            discard();
            throw e;
        }
    }

    private Applied attempt(Connection c, Progress progress, List<Cut> cuts, boolean careful)
            throws SQLException, FencedException {
        List<Cut> sorted = new ArrayList<>(cuts);
        sorted.sort(Comparator.comparing((Cut cut) -> cut.cursor().topic())
                .thenComparing(cut -> cut.cursor().partition()));
        for (Cut cut : sorted) {
            progress.advance(c, cut.cursor(), cut.lastOffset());
        }
        Map<String, List<InputRecord>> byTopic = new HashMap<>();
        for (Cut cut : sorted) {
            byTopic.computeIfAbsent(cut.cursor().topic(), topic -> new ArrayList<>())
                    .addAll(cut.records());
        }
        List<SetAside> bad = new ArrayList<>();
        int rows = writer.write(c, byTopic, careful, bad);
        deadLetters.send(bad);
        c.commit();
        return new Applied(rows, bad);
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Connection fresh = database.getConnection();
            try {
                writer.prepare(fresh);
                fresh.commit();
            } catch (SQLException | RuntimeException e) {
                fresh.close();
                throw e;
            }
            connection = fresh;
        }
        return connection;
    }

    private void discard() {
        if (connection == null) {
            return;
        }
        try (Connection old = connection) {
            connection = null;
            old.rollback();
        } catch (SQLException e) {
            LOG.atDebug()
                    .addKeyValue("sqlState", SqlErrors.stateOf(e))
                    .log("a failed connection could not be rolled back");
        }
    }

    @Override
    public void close() {
        discard();
    }
}
