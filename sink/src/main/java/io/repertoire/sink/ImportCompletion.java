package io.repertoire.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/**
 * When an import is COMPLETE: its summary says PROCESSED, as many row outcomes as it read are held, and the directory's images are
 * in the table up to its {@code through_version}. These come through two workers, in either order. Both end their transactions in
 * here, holding the lock of the directory's row in {@code directory_version}, so that whichever is last sees what the other did. The
 * lock is the directory's and not the import's because the import may be a row that only the other's open transaction has. It is
 * taken last, after everything that takes time.
 */
final class ImportCompletion {

    private static final String LOCK_AND_RAISE_VERSIONS = """
            INSERT INTO repertoire.directory_version AS t (directory_id, version)
            SELECT directory_id, version FROM unnest(?::text[], ?::bigint[]) AS d (directory_id, version)
            ON CONFLICT (directory_id) DO UPDATE SET version = greatest(t.version, excluded.version)""";

    private static final String ADD_ROWS_HELD = """
            INSERT INTO repertoire.import AS t (directory_id, import_id, rows_held)
            SELECT directory_id, import_id, rows FROM unnest(?::text[], ?::text[], ?::bigint[]) AS d (directory_id, import_id, rows)
            ON CONFLICT (directory_id, import_id) DO UPDATE SET rows_held = t.rows_held + excluded.rows_held""";

    /** Rows that were gone from their topic before they could be read are not waited for. */
    private static final String COMPLETE = """
            UPDATE repertoire.import i
            SET status = CASE i.status WHEN 'PROCESSED' THEN 'COMPLETE' ELSE i.status END, completed_at = clock_timestamp()
            FROM repertoire.directory_version v
            WHERE i.completed_at IS NULL AND i.directory_id = ANY (?::text[]) AND v.directory_id = i.directory_id
              AND (i.status IN ('REFUSED', 'DRY_RUN_ABORTED', 'UNDONE')
                OR (i.status IN ('PROCESSED', 'DRY_RUN_DONE')
                    AND (i.status = 'DRY_RUN_DONE' OR v.version >= i.through_version)
                    AND (i.rows_held >= i.rows_read
                      OR i.ended_at < (SELECT max(gap_at) FROM repertoire.sink_progress WHERE topic = ?))))""";

    private final String rowsTopic;

    ImportCompletion(String rowsTopic) {
        this.rowsTopic = rowsTopic;
    }

    /** Takes the lock of each directory and raises its version to at least the one given; 0 leaves it. */
    void lockDirectories(Connection connection, SortedMap<String, Long> versions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_AND_RAISE_VERSIONS)) {
            statement.setArray(
                    1, connection.createArrayOf("text", versions.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("bigint", versions.values().toArray()));
            statement.executeUpdate();
        }
    }

    /** @param rows by directory and import, joined by a slash: the key of a row outcome */
    void addRowsHeld(Connection connection, SortedMap<String, Long> rows) throws SQLException {
        int count = rows.size();
        String[] directories = new String[count];
        String[] imports = new String[count];
        Long[] counts = new Long[count];
        int i = 0;
        for (Map.Entry<String, Long> entry : rows.entrySet()) {
            int slash = entry.getKey().indexOf('/');
            directories[i] = entry.getKey().substring(0, slash);
            imports[i] = entry.getKey().substring(slash + 1);
            counts[i++] = entry.getValue();
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_ROWS_HELD)) {
            statement.setArray(1, connection.createArrayOf("text", directories));
            statement.setArray(2, connection.createArrayOf("text", imports));
            statement.setArray(3, connection.createArrayOf("bigint", counts));
            statement.executeUpdate();
        }
    }

    /** Marks what is complete in directories whose lock is held. */
    void complete(Connection connection, SortedMap<String, Long> directories) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
            Object[] ids = directories.keySet().toArray();
            statement.setArray(1, connection.createArrayOf("text", Arrays.copyOf(ids, ids.length, String[].class)));
            statement.setString(2, rowsTopic);
            statement.executeUpdate();
        }
    }
}
