package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A table that only grows: one COPY. What was appended once is not appended again because the offset is committed with it. */
final class AppendTable<T> implements TableWriter<T> {

    private final Columns<T> columns;
    private final String copy;
    private final CopyBuffer buffer;

    AppendTable(String table, Columns<T> columns, CopyBuffer buffer) {
        this.columns = columns;
        this.copy = "COPY repertoire." + table + " (" + columns.names() + ") FROM STDIN (FORMAT binary)";
        this.buffer = buffer;
    }

    @Override
    public void prepare(Connection connection) {}

    @Override
    public int write(Connection connection, List<Decoded<T>> rows) throws SQLException {
        buffer.reset();
        for (int i = 0; i < rows.size(); i++) {
            columns.encode(rows.get(i).value(), buffer);
        }
        buffer.copyInto(connection, copy);
        return rows.size();
    }
}
