package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A table that only grows, and leaves out rows whose unique key it holds or was given before in the same set. */
final class AppendOnceTable<T> implements TableWriter<T> {

    private final StagedCopy<T> stage;
    private final String append;

    AppendOnceTable(String table, Columns<T> columns, CopyBuffer buffer) {
        stage = new StagedCopy<>(table, columns, buffer);
        append = "INSERT INTO repertoire." + table + " (" + columns.names() + ") SELECT " + columns.names() + " FROM "
                + stage.table() + " ON CONFLICT DO NOTHING";
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        stage.create(connection);
    }

    @Override
    public int write(Connection connection, List<Decoded<T>> rows) throws SQLException {
        stage.fill(connection, rows);
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(append);
        }
    }
}
