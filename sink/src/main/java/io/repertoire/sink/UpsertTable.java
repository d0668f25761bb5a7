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

    private final StagedCopy<T> stage;
    private final String merge;

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
        this.stage = new StagedCopy<>(table, columns, buffer);
        String names = columns.names();
        String set = columns.list().stream()
                .filter(name -> !key.contains(name))
                .map(name -> name + " = " + assignments.getOrDefault(name, "excluded." + name))
                .collect(Collectors.joining(", "));
        this.merge =
                "INSERT INTO repertoire." + table + " AS t (" + names + ") SELECT " + names + " FROM " + stage.table()
                        + " ON CONFLICT (" + String.join(", ", key) + ") DO UPDATE SET " + set + " WHERE " + guard;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        stage.create(connection);
    }

    @Override
    public int write(Connection connection, List<Decoded<T>> rows) throws SQLException {
        stage.fill(connection, rows);
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(merge);
        }
    }
}
