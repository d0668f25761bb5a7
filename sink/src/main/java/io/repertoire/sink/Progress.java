package io.repertoire.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far each partition is in the tables, and who may move it. Taking a partition raises its epoch; from then on whoever held it
 * before can move it no more, and since moving it is the first thing each transaction does, can write nothing.
 *
 * @param sink the consumer group
 */
record Progress(String sink, String clusterId) {

    /** The offset in a transaction is not where this reader thinks, or another has taken the partition. */
    static final class FencedException extends Exception {
        private static final long serialVersionUID = 1L;

        FencedException(String topic, int partition) {
            super(topic + "-" + partition + " was taken by another sink, or moved");
        }
    }

    /** @param lastOffset -1 for none */
    record Claim(long epoch, long lastOffset) {}

    private static final String HOLDS_OTHER_TOPIC = """
            SELECT EXISTS (SELECT FROM repertoire.sink_progress
            WHERE sink = ? AND topic = ? AND (cluster_id <> ? OR topic_id <> ?))""";

    private static final String CLAIM = """
            INSERT INTO repertoire.sink_progress AS t (sink, cluster_id, topic_id, partition, topic, epoch, last_offset)
            VALUES (?, ?, ?, ?, ?, 1, -1)
            ON CONFLICT (sink, cluster_id, topic_id, partition) DO UPDATE SET epoch = t.epoch + 1, updated_at = clock_timestamp()
            RETURNING epoch, last_offset""";

    private static final String ADVANCE = """
            UPDATE repertoire.sink_progress SET last_offset = ?, updated_at = clock_timestamp()
            WHERE sink = ? AND cluster_id = ? AND topic_id = ? AND partition = ? AND epoch = ? AND last_offset = ?""";

    private static final String ADVANCE_OVER_GAP = """
            UPDATE repertoire.sink_progress
            SET last_offset = ?, missing = missing + ?, gap_at = clock_timestamp(), updated_at = clock_timestamp()
            WHERE sink = ? AND cluster_id = ? AND topic_id = ? AND partition = ? AND epoch = ? AND last_offset = ?""";

    /** True if the tables hold what another topic of that name said: of another cluster, or one deleted since. */
    boolean holdsOtherTopic(Connection connection, String topic, String topicId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDS_OTHER_TOPIC)) {
            statement.setString(1, sink);
            statement.setString(2, topic);
            statement.setString(3, clusterId);
            statement.setString(4, topicId);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    Claim claim(Connection connection, String topic, String topicId, int partition) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, sink);
            statement.setString(2, clusterId);
            statement.setString(3, topicId);
            statement.setInt(4, partition);
            statement.setString(5, topic);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return new Claim(result.getLong(1), result.getLong(2));
            }
        }
    }

    /** The first statement of a batch's transaction. */
    void advance(Connection connection, PartitionCursor cursor, long newLastOffset)
            throws SQLException, FencedException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setLong(1, newLastOffset);
            moveFrom(statement, 2, cursor);
        }
    }

    void advanceOverGap(Connection connection, PartitionCursor cursor, long newLastOffset, long missing)
            throws SQLException, FencedException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE_OVER_GAP)) {
            statement.setLong(1, newLastOffset);
            statement.setLong(2, missing);
            moveFrom(statement, 3, cursor);
        }
    }

    private void moveFrom(PreparedStatement statement, int first, PartitionCursor cursor)
            throws SQLException, FencedException {
        statement.setString(first, sink);
        statement.setString(first + 1, clusterId);
        statement.setString(first + 2, cursor.topicId());
        statement.setInt(first + 3, cursor.partition());
        statement.setLong(first + 4, cursor.epoch());
        statement.setLong(first + 5, cursor.lastOffset());
        if (statement.executeUpdate() != 1) {
            throw new FencedException(cursor.topic(), cursor.partition());
        }
    }
}
