package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of current rows: COPY into a temporary table, then one {@code INSERT … SELECT … ON CONFLICT DO UPDATE}. Measured here
 * against {@code unnest} of one array per column, which costs more with each column. The rows given must be folded to one per key and
 * sorted by it.
 */
final class UpsertTable<T> implements TableWriter<T> {

    private final Columns<T> columns;
    private final CopyBuffer buffer;
    private final String createStage;
    private final String copy;
    private final String merge;
    private final String clearStage;

    /**
     * @param key columns of the primary key
     * @param guard which row may replace the one held ({@code t}); {@code excluded} is the new one
     */
    UpsertTable(String table, Columns<T> columns, List<String> key, String guard, CopyBuffer buffer) {
        this(table, columns, key, guard, Map.of(), buffer);
    }

    /** @param assignments by column, what replaces the held value where that is not simply the new one */
    UpsertTable(
            String table,
            Columns<T> columns,
            List<String> key,
            String guard,
            Map<String, String> assignments,
            CopyBuffer buffer) {
        this.columns = columns;
        this.buffer = buffer;
        String names = columns.names();
        String stage = "stage_" + table;
        this.createStage = "CREATE TEMP TABLE IF NOT EXISTS " + stage + " (LIKE repertoire." + table
                + " INCLUDING DEFAULTS) ON COMMIT DELETE ROWS";
        this.copy = "COPY pg_temp." + stage + " (" + names + ") FROM STDIN (FORMAT binary)";
        String set = columns.list().stream()
                .filter(name -> !key.contains(name))
                .map(name -> name + " = " + assignments.getOrDefault(name, "excluded." + name))
                .collect(Collectors.joining(", "));
        this.merge = "INSERT INTO repertoire." + table + " AS t (" + names + ") SELECT " + names + " FROM pg_temp."
                + stage + " ON CONFLICT (" + String.join(", ", key) + ") DO UPDATE SET " + set + " WHERE " + guard;
        this.clearStage = "DELETE FROM pg_temp." + stage;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(createStage);
        }
    }

    @Override
    public int write(Connection connection, List<Decoded<T>> rows) throws SQLException {
        buffer.reset();
        for (int i = 0; i < rows.size(); i++) {
            columns.encode(rows.get(i).value(), buffer);
        }
        try (Statement statement = connection.createStatement()) {
            // The commit empties it; this is for a second set in the same
            // transaction, and costs nothing on an empty table.
            statement.execute(clearStage);
            buffer.copyInto(connection, copy);
            return statement.executeUpdate(merge);
        }
    }
}
