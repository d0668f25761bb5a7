package io.repertoire.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic whose table holds the last record of each key: folds a run of records to that, deletes what ends in a tombstone, writes the
 * rest.
 *
 * @param deletion takes the rows of tombstones away
 */
record CurrentRows<T extends SpecificRecord>(TopicTable<T> table, RowDeletion deletion) {

    void prepare(Connection connection) throws SQLException {
        table.prepare(connection);
    }

    String topicName() {
        return table.topicName();
    }

    /** @param keyed records that have a key, of one partition in its order */
    int write(Connection connection, List<InputRecord> keyed, boolean careful, List<SetAside> setAside)
            throws SQLException {
        if (keyed.isEmpty()) {
            return 0;
        }
        List<InputRecord> upserts = new ArrayList<>(keyed.size());
        List<InputRecord> tombstones = new ArrayList<>();
        for (InputRecord last : Folding.lastPerKey(keyed)) {
            (last.isTombstone() ? tombstones : upserts).add(last);
        }
        return deletion.delete(connection, tombstones) + table.write(connection, upserts, careful, setAside);
    }
}
