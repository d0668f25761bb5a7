package io.repertoire.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Rejects are nobody's: what a row that was not stored said cannot be found by whom it was about, so it goes by age. A bounded piece at a
 * time, between batches. Any number of sinks may do it at once. Used by one thread.
 */
final class RejectPurge {

    static final int ROWS_AT_ONCE = 5_000;

    private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
    private static final Duration LEAST_OFTEN = Duration.ofHours(1);

    private static final String DELETE = """
            DELETE FROM repertoire.reject WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM repertoire.reject WHERE first_seen < ? LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private final Duration retention;
    private Instant next = Instant.EPOCH;

    RejectPurge(Duration retention) {
        this.retention = retention;
    }

    boolean isDue(Instant now) {
        return !now.isBefore(next);
    }

    /** Within the caller's transaction. If there is more, it goes on soon; else a tenth of the retention later, at most an hour. */
    int run(Connection connection, Instant now) throws SQLException {
        int deleted;
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setObject(1, now.minus(retention).atOffset(ZoneOffset.UTC));
            statement.setInt(2, ROWS_AT_ONCE);
            deleted = statement.executeUpdate();
        }
        next = now.plus(deleted < ROWS_AT_ONCE ? pause() : MOST_OFTEN);
        return deleted;
    }

    private Duration pause() {
        Duration tenth = retention.dividedBy(10);
        if (tenth.compareTo(LEAST_OFTEN) > 0) {
            return LEAST_OFTEN;
        }
        return tenth.compareTo(MOST_OFTEN) < 0 ? MOST_OFTEN : tenth;
    }
}
