package io.repertoire.sink;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an SQL error says about the row at hand, by its SQLState. */
final class SqlErrors {

    private SqlErrors() {}

    /**
     * True if the row is to blame and will be on every try: data exception (22), integrity violation (23), or a value too large for
     * an index or a row (54). Everything else is about the server, the connection or the schema, and passes: it is waited for.
     */
    static boolean isBadRow(SQLException e) {
        String state = stateOf(e);
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
    }

    /** For people and headers: no statement, no value. PostgreSQL quotes the values at fault in its messages. */
    static String describe(SQLException e) {
        String state = stateOf(e);
        if (state == null) {
            return "PostgreSQL: connection problem";
        }
        return switch (state.substring(0, 2)) {
            case "08" -> "PostgreSQL cannot be reached (SQLState " + state + ")";
            case "28" -> "PostgreSQL refuses the user or password (SQLState " + state + ")";
            case "3D" -> "the database does not exist (SQLState " + state + ")";
            case "40" -> "PostgreSQL gave up a transaction that collided with another (SQLState " + state + ")";
            case "42", "0A", "3F" -> "the tables are not those of this version (SQLState " + state + ")";
            case "53" -> "PostgreSQL is out of connections, memory or disk (SQLState " + state + ")";
            case "57" -> "PostgreSQL is stopping or starting (SQLState " + state + ")";
            default -> "PostgreSQL answers SQLState " + state;
        };
    }

    static @Nullable String stateOf(SQLException e) {
        for (SQLException at = e; at != null; at = at.getNextException()) {
            if (at.getSQLState() != null && at.getSQLState().length() == 5) {
                return at.getSQLState();
            }
        }
        return e.getCause() instanceof SQLException cause && cause != e ? stateOf(cause) : null;
    }
}
