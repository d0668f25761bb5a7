package io.repertoire.sink;

import io.repertoire.sink.DirectoryQueries.RowReader;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs one SELECT on a connection of its own; a parameter that is an array of texts is bound as {@code text[]}. */
final class SelectRunner {

    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private static final int FETCH_ROWS = 2_000;

    private final DataSource database;

    SelectRunner(DataSource database) {
        this.database = database;
    }

    <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        return all(sql, mapper, parameters).stream().findFirst();
    }

    <T> List<T> all(String sql, RowMapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, parameters);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        rows.add(mapper.map(result));
                    }
                }
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
        return rows;
    }

    /** For a result that may be large: never held as a whole. */
    <T> void stream(String sql, RowMapper<T> mapper, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException, IOException {
        try (Connection connection = database.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            // The driver only uses a cursor within a transaction; otherwise it would hold the whole result.
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_ROWS);
                bind(statement, parameters);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        reader.row(mapper.map(result));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof String[] texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static String textOrEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
