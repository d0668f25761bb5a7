package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table that holds rows like those that come: COPY into a temporary table, which the commit empties, then one
 * {@code INSERT … SELECT … ON CONFLICT}. Measured here against {@code unnest} of one array per column, which costs more with each
 * column.
 */
final class StagedTable<T> implements TableWriter<T> {

    private final Columns<T> columns;
    private final CopyBuffer buffer;
    private final String create;
    private final String empty;
    private final String copy;
    private final String insert;

    private StagedTable(String table, Columns<T> columns, String onConflict, CopyBuffer buffer) {
        this.columns = columns;
        this.buffer = buffer;
        String name = "stage_" + table;
        String stage = "pg_temp." + name;
        String names = columns.names();
        create = "CREATE TEMP TABLE IF NOT EXISTS " + name + " (LIKE repertoire." + table
                + " INCLUDING DEFAULTS) ON COMMIT DELETE ROWS";
        empty = "DELETE FROM " + stage;
        copy = "COPY " + stage + " (" + names + ") FROM STDIN (FORMAT binary)";
        insert = "INSERT INTO repertoire." + table + " AS t (" + names + ") SELECT " + names + " FROM " + stage
                + " ON CONFLICT " + onConflict;
    }

    /** It only grows, and leaves out rows whose unique key it holds or was given before in the same set. */
    static <T> StagedTable<T> appendOnce(String table, Columns<T> columns, CopyBuffer buffer) {
        return new StagedTable<>(table, columns, "DO NOTHING", buffer);
    }

    /**
     * It holds current rows. Those given must be folded to one per key and sorted by it.
     *
     * @param key columns of the primary key
     * @param guard which row may replace the one held ({@code t}); {@code excluded} is the new one
     */
    static <T> StagedTable<T> upsert(
            String table, Columns<T> columns, List<String> key, String guard, CopyBuffer buffer) {
        return upsert(table, columns, key, guard, Map.of(), buffer);
    }

    /** @param assignments by column, what replaces the held value where that is not simply the new one */
    static <T> StagedTable<T> upsert(
            String table,
            Columns<T> columns,
            List<String> key,
            String guard,
            Map<String, String> assignments,
            CopyBuffer buffer) {
        String set = columns.list().stream()
                .filter(name -> !key.contains(name))
                .map(name -> name + " = " + assignments.getOrDefault(name, "excluded." + name))
                .collect(Collectors.joining(", "));
        return new StagedTable<>(
                table, columns, "(" + String.join(", ", key) + ") DO UPDATE SET " + set + " WHERE " + guard, buffer);
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        execute(connection, create);
    }

    @Override
    public int write(Connection connection, List<Decoded<T>> rows) throws SQLException {
        buffer.reset();
        for (int i = 0; i < rows.size(); i++) {
            columns.encode(rows.get(i).value(), buffer);
        }
        // The commit empties it; this is for a second set in the same
        // transaction, and costs nothing on an empty table.
        execute(connection, empty);
        buffer.copyInto(connection, copy);
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(insert);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
