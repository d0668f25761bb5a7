package io.repertoire.sink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who was erased, and up to which version nothing may be written of them. Set-based: one question for a batch, and a second one only if
 * anybody was ever erased.
 */
final class ErasedCustomers {

    private static final String ANY = "SELECT EXISTS (SELECT FROM repertoire.erased_customer)";

    private static final String AMONG = """
            SELECT e.directory_id, e.customer_id, e.version
            FROM unnest(?::text[], ?::text[]) AS asked (directory_id, customer_id)
            JOIN repertoire.erased_customer e USING (directory_id, customer_id)""";

    private static final String ADD = """
            INSERT INTO repertoire.erased_customer AS t (directory_id, customer_id, version)
            SELECT directory_id, customer_id, max(version)
            FROM unnest(?::text[], ?::text[], ?::bigint[]) AS e (directory_id, customer_id, version)
            GROUP BY directory_id, customer_id ORDER BY directory_id, customer_id
            ON CONFLICT (directory_id, customer_id) DO UPDATE SET version = greatest(t.version, excluded.version)""";

    private ErasedCustomers() {}

    static boolean any(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(ANY)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    /** Those of the given that were erased, each with the version it was erased at. */
    static Map<CustomerKey, Long> among(Connection connection, Collection<CustomerKey> ids) throws SQLException {
        Map<CustomerKey, Long> erased = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(AMONG)) {
            setIds(connection, statement, ids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    erased.put(new CustomerKey(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        return erased;
    }

    /** @param erased not empty */
    static void add(Connection connection, Map<CustomerKey, Long> erased) throws SQLException {
        execute(connection, ADD, erased);
    }

    /** @param sql with three arrays to fill: directories, customers, versions */
    static int execute(Connection connection, String sql, Map<CustomerKey, Long> erased) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            List<CustomerKey> ids = List.copyOf(erased.keySet());
            setIds(connection, statement, ids);
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", ids.stream().map(erased::get).toArray()));
            return statement.executeUpdate();
        }
    }

    private static void setIds(Connection connection, PreparedStatement statement, Collection<CustomerKey> ids)
            throws SQLException {
        // No customer's id has U+0000, which PostgreSQL's text refuses: what
        // has is nobody's.
        statement.setArray(
                1,
                connection.createArrayOf(
                        "text", ids.stream().map(id -> clean(id.directoryId())).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "text", ids.stream().map(id -> clean(id.customerId())).toArray()));
    }

    private static String clean(String text) {
        return text.replace("\0", "");
    }
}
