package io.repertoire.sink;

import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code customers.directory.v1} → {@code customer}, and the version that each directory has reached. */
final class DirectoryBatchWriter implements BatchWriter {

    private final CurrentRows<Customer> images;
    private final ImportCompletion completion = new ImportCompletion(Topics.ROW_OUTCOMES.name());

    DirectoryBatchWriter(Wire wire) {
        this.images = new CurrentRows<>(
                new TopicTable<>(
                        Topics.DIRECTORY,
                        wire,
                        (key, c) -> RecordKeys.fits(key, c.getDirectoryId(), c.getCustomerId()),
                        new WithoutErased<>(
                                StagedTable.upsert(
                                        "customer",
                                        CustomerColumns.create(),
                                        List.of("directory_id", "customer_id"),
                                        "t.version < excluded.version",
                                        new CopyBuffer()),
                                ErasureRules.OF_IMAGES)),
                RowDeletion.olderThanTombstone("customer", "customer_id"));
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        images.prepare(connection);
    }

    @Override
    public int write(
            Connection connection, Map<String, List<InputRecord>> records, boolean careful, List<SetAside> setAside)
            throws SQLException {
        List<InputRecord> keyed = new ArrayList<>();
        TreeMap<String, Long> versions = new TreeMap<>();
        for (List<InputRecord> run : records.values()) {
            for (InputRecord record : run) {
                if (RecordKeys.checked(record, setAside)) {
                    keyed.add(record);
                    versions.merge(
                            Keys.directoryOf(String.valueOf(record.key())), Math.max(0, record.version()), Math::max);
                }
            }
        }
        if (versions.isEmpty()) {
            return 0;
        }
        int rows = images.write(connection, keyed, careful, setAside);
        completion.lockDirectories(connection, versions);
        completion.complete(connection, versions);
        return rows;
    }
}
