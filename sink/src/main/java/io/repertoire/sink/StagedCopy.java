package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A temporary table like a given one, filled by COPY and emptied by the commit. */
final class StagedCopy<T> {

    private final Columns<T> columns;
    private final CopyBuffer buffer;
    private final String table;
    private final String create;
    private final String copy;

    StagedCopy(String like, Columns<T> columns, CopyBuffer buffer) {
        this.columns = columns;
        this.buffer = buffer;
        String name = "stage_" + like;
        this.table = "pg_temp." + name;
        this.create = "CREATE TEMP TABLE IF NOT EXISTS " + name + " (LIKE repertoire." + like
                + " INCLUDING DEFAULTS) ON COMMIT DELETE ROWS";
        this.copy = "COPY " + table + " (" + columns.names() + ") FROM STDIN (FORMAT binary)";
    }

    String table() {
        return table;
    }

    void create(Connection connection) throws SQLException {
        execute(connection, create);
    }

    /** Holds these rows and no others. */
    void fill(Connection connection, List<Decoded<T>> rows) throws SQLException {
        buffer.reset();
        for (int i = 0; i < rows.size(); i++) {
            columns.encode(rows.get(i).value(), buffer);
        }
        // The commit empties it; this is for a second set in the same
        // transaction, and costs nothing on an empty table.
        execute(connection, "DELETE FROM " + table);
        buffer.copyInto(connection, copy);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
