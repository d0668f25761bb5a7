package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Puts the records of a family of topics in the tables. Used by one thread. */
interface BatchWriter {

    /** Once for each connection. */
    void prepare(Connection connection) throws SQLException;

    /**
     * Within the caller's transaction.
     *
     * @param records by topic name; of one partition in its order
     * @param careful false: any bad row fails the whole; true: bad rows are found and set aside
     * @param setAside gets the records that were set aside
     * @return rows written or deleted
     * @throws SQLException of a bad row, only if not careful; or because the database cannot go on
     * @throws io.repertoire.schemas.RegistryUnavailableException if a schema cannot be fetched right now
     */
    int write(Connection connection, Map<String, List<InputRecord>> records, boolean careful, List<SetAside> setAside)
            throws SQLException;
}
