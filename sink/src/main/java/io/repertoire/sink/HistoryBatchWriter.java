package io.repertoire.sink;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Everything but the directory itself: what rows became, what changed, what was rejected or asked, sales, imports, commands. */
final class HistoryBatchWriter implements BatchWriter {

    private final TopicTable<RowOutcome> outcomes;
    private final TopicTable<CustomerChange> changes;
    private final TopicTable<RejectedRecord> rejects;
    private final CurrentRows<Review> reviews;
    private final CurrentRows<RecordedSale> sales;
    private final CurrentRows<CommandResult> commandResults;
    private final CurrentRows<ImportSummary> imports;
    private final ImportCompletion completion = new ImportCompletion(Topics.ROW_OUTCOMES.name());

    HistoryBatchWriter(Wire wire) {
        CopyBuffer buffer = new CopyBuffer();
        outcomes = new TopicTable<>(
                Topics.ROW_OUTCOMES,
                wire,
                (key, r) -> RecordKeys.fits(key, r.getDirectoryId(), r.getImportId()),
                new WithoutErased<>(
                        new AppendTable<>("row_outcome", HistoryColumns.rowOutcome(), buffer),
                        ErasureRules.OF_ROW_OUTCOMES));
        changes = new TopicTable<>(
                Topics.CHANGES,
                wire,
                (key, c) -> RecordKeys.fits(key, c.getDirectoryId(), c.getCustomerId()),
                new ChangeTable(buffer));
        // A rejected record that came with no import is keyed by what it came with.
        rejects = new TopicTable<>(
                Topics.REJECTED,
                wire,
                (key, r) -> Keys.directoryOf(key).equals(r.getDirectoryId()),
                StagedTable.appendOnce("reject", HistoryColumns.reject(), buffer));
        // The version of a directory does not rise with every review or
        // sale: of equal ones the later in the partition stands.
        reviews = new CurrentRows<>(
                new TopicTable<>(
                        Topics.REVIEWS,
                        wire,
                        (key, r) -> RecordKeys.fits(key, r.getDirectoryId(), r.getReviewId()),
                        new WithoutErased<>(
                                StagedTable.upsert(
                                        "review",
                                        HistoryColumns.review(),
                                        List.of("directory_id", "review_id"),
                                        "t.version <= excluded.version",
                                        buffer),
                                ErasureRules.OF_REVIEWS)),
                RowDeletion.byId("review", "review_id"));
        sales = new CurrentRows<>(
                new TopicTable<>(
                        Topics.RECORDED_SALES,
                        wire,
                        (key, s) -> RecordKeys.fits(key, s.getDirectoryId(), s.getSourceSystem(), s.getSaleId()),
                        new WithoutErased<>(
                                StagedTable.upsert(
                                        "sale",
                                        HistoryColumns.sale(),
                                        List.of("directory_id", "source_system", "sale_id"),
                                        "t.version <= excluded.version",
                                        buffer),
                                ErasureRules.OF_SALES)),
                RowDeletion.byTwoPartId("sale", "source_system", "sale_id"));
        commandResults = new CurrentRows<>(
                new TopicTable<>(
                        Topics.COMMAND_RESULTS,
                        wire,
                        (key, r) -> RecordKeys.fits(key, r.getDirectoryId(), r.getCommandId()),
                        StagedTable.upsert(
                                "command_result",
                                HistoryColumns.commandResult(),
                                List.of("directory_id", "command_id"),
                                "t.version <= excluded.version",
                                buffer)),
                RowDeletion.byId("command_result", "command_id"));
        imports = new CurrentRows<>(
                new TopicTable<>(
                        Topics.IMPORTS,
                        wire,
                        (key, i) -> RecordKeys.fits(key, i.getDirectoryId(), i.getImportId()),
                        HistoryColumns.importTable(buffer)),
                RowDeletion.byId("import", "import_id"));
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        changes.prepare(connection);
        rejects.prepare(connection);
        reviews.prepare(connection);
        sales.prepare(connection);
        commandResults.prepare(connection);
        imports.prepare(connection);
    }

    @Override
    public int write(
            Connection connection, Map<String, List<InputRecord>> records, boolean careful, List<SetAside> setAside)
            throws SQLException {
        // Erasures first: everything else of the batch asks who was erased.
        int rows = changes.write(connection, keyed(records, changes.topicName(), setAside), careful, setAside);
        List<InputRecord> rowOutcomes = keyed(records, outcomes.topicName(), setAside);
        rows += outcomes.write(connection, rowOutcomes, careful, setAside);
        rows += rejects.write(connection, keyed(records, rejects.topicName(), setAside), careful, setAside);
        for (CurrentRows<?> table : List.of(reviews, sales, commandResults)) {
            rows += table.write(connection, keyed(records, table.topicName(), setAside), careful, setAside);
        }
        return rows + writeImports(connection, rowOutcomes, records, careful, setAside);
    }

    /** Last: from here on other transactions of the directory wait for this one. */
    private int writeImports(
            Connection connection,
            List<InputRecord> rowOutcomes,
            Map<String, List<InputRecord>> records,
            boolean careful,
            List<SetAside> setAside)
            throws SQLException {
        // By key, so that an outcome that could not be decoded counts as well: else its import would never end.
        TreeMap<String, Long> rowsHeld = new TreeMap<>();
        TreeMap<String, Long> directories = new TreeMap<>();
        for (InputRecord record : rowOutcomes) {
            rowsHeld.merge(Objects.requireNonNull(record.key()), 1L, Long::sum);
        }
        List<InputRecord> summaries = keyed(records, imports.topicName(), setAside);
        rowsHeld.keySet().forEach(key -> directories.put(Keys.directoryOf(key), 0L));
        summaries.forEach(record -> directories.put(Keys.directoryOf(Objects.requireNonNull(record.key())), 0L));
        if (directories.isEmpty()) {
            return 0;
        }
        completion.lockDirectories(connection, directories);
        if (!rowsHeld.isEmpty()) {
            completion.addRowsHeld(connection, rowsHeld);
        }
        int rows = imports.write(connection, summaries, careful, setAside);
        completion.complete(connection, directories);
        return rows;
    }

    private static List<InputRecord> keyed(
            Map<String, List<InputRecord>> records, String topic, List<SetAside> setAside) {
        List<InputRecord> all = records.getOrDefault(topic, List.of());
        List<InputRecord> keyed = new ArrayList<>(all.size());
        for (InputRecord record : all) {
            if (RecordKeys.checked(record, setAside)) {
                keyed.add(record);
            }
        }
        return keyed;
    }
}
