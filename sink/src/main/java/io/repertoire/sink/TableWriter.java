package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes rows of one table, a set at a time. */
interface TableWriter<T> {

    /** Once for each connection, outside the transactions of batches. */
    void prepare(Connection connection) throws SQLException;

    /**
     * Within the caller's transaction. If it throws, nothing of it may be kept.
     *
     * @return rows written
     */
    int write(Connection connection, List<Decoded<T>> rows) throws SQLException;
}
