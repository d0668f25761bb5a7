package io.repertoire.sink;

import io.repertoire.schemas.Keys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Tombstones: deletes the rows of their keys. */
final class RowDeletion {

    private final String sql;
    private final boolean splitId;
    private final boolean guarded;

    private RowDeletion(String sql, boolean splitId, boolean guarded) {
        this.sql = sql;
        this.splitId = splitId;
        this.guarded = guarded;
    }

    /**
     * Only rows older than the tombstone's version. Nothing keeps an older image from coming back but the order of the partition,
     * which the offset protocol holds to, also for a reader that was fenced: its transaction ends with nothing done.
     */
    static RowDeletion olderThanTombstone(String table, String idColumn) {
        return new RowDeletion(
                "DELETE FROM repertoire." + table
                        + " t USING unnest(?::text[], ?::text[], ?::bigint[]) AS d (directory_id, id, version)"
                        + " WHERE t.directory_id = d.directory_id AND t." + idColumn
                        + " = d.id AND t.version < d.version",
                false,
                true);
    }

    static RowDeletion byId(String table, String idColumn) {
        return new RowDeletion(
                "DELETE FROM repertoire." + table + " t USING unnest(?::text[], ?::text[]) AS d (directory_id, id)"
                        + " WHERE t.directory_id = d.directory_id AND t." + idColumn + " = d.id",
                false,
                false);
    }

    /** For ids that are {@code first/second}. */
    static RowDeletion byTwoPartId(String table, String firstColumn, String secondColumn) {
        return new RowDeletion(
                "DELETE FROM repertoire." + table
                        + " t USING unnest(?::text[], ?::text[], ?::text[]) AS d (directory_id, first, second)"
                        + " WHERE t.directory_id = d.directory_id AND t." + firstColumn + " = d.first AND t."
                        + secondColumn
                        + " = d.second",
                true,
                false);
    }

    int delete(Connection connection, List<InputRecord> tombstones) throws SQLException {
        int count = tombstones.size();
        if (count == 0) {
            return 0;
        }
        String[] directories = new String[count];
        String[] ids = new String[count];
        String[] second = new String[count];
        Long[] versions = new Long[count];
        for (int i = 0; i < count; i++) {
            // A key with U+0000 has no row: the rows' own have lost it, or were never written.
            String key = Objects.requireNonNull(tombstones.get(i).key()).replace("\0", "");
            directories[i] = Keys.directoryOf(key);
            String id = Keys.idOf(key);
            int slash = splitId ? id.indexOf('/') : -1;
            ids[i] = slash < 0 ? id : id.substring(0, slash);
            second[i] = slash < 0 ? "" : id.substring(slash + 1);
            long version = tombstones.get(i).version();
            versions[i] = version < 0 ? Long.MAX_VALUE : version;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", directories));
            statement.setArray(2, connection.createArrayOf("text", ids));
            if (splitId) {
                statement.setArray(3, connection.createArrayOf("text", second));
            } else if (guarded) {
                statement.setArray(3, connection.createArrayOf("bigint", versions));
            }
            return statement.executeUpdate();
        }
    }
}
