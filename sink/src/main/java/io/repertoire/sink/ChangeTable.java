package io.repertoire.sink;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.CustomerChange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Change events: the changes themselves, the consent ledger and the register of erasures. Of a customer that was erased nothing is
 * left beside the register that could be led back to it.
 */
final class ChangeTable implements TableWriter<CustomerChange> {

    /** One line of the ledger with the event it came with. */
    record LedgerLine(CustomerChange event, int ordinal, ConsentEntry entry) {}

    private static final List<String> CLEAR = List.of(
            clear("DELETE FROM repertoire.consent_ledger t USING", ""),
            clear(
                    "UPDATE repertoire.row_outcome t SET customer_id = NULL, source_key = NULL, problems = NULL FROM",
                    ""),
            clear(
                    "UPDATE repertoire.customer_change t SET record_id = NULL, import_id = NULL, evidence = NULL FROM",
                    " AND t.type <> 'ERASED'"),
            clear("UPDATE repertoire.sale t SET source_key = NULL FROM", " AND t.source_key IS NOT NULL"),
            """
            UPDATE repertoire.review t SET source_keys = NULL
            FROM unnest(?::text[], ?::text[], ?::bigint[]) AS e (directory_id, customer_id, version)
            WHERE t.directory_id = e.directory_id AND e.customer_id = ANY (t.customer_ids) AND t.version <= e.version
              AND t.source_keys IS NOT NULL""");

    private static final String REGISTER =
            "INSERT INTO repertoire.erasure_register (directory_id, customer_id, erased_at, actor, reason, source_records,"
                    + " contact_points, retention_hold) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private final TableWriter<CustomerChange> changes;
    private final TableWriter<LedgerLine> ledger;

    ChangeTable(CopyBuffer buffer) {
        changes = new WithoutErased<>(
                new AppendTable<>("customer_change", HistoryColumns.change(), buffer), ErasureRules.OF_CHANGES);
        ledger = new WithoutErased<>(
                StagedTable.upsert(
                        "consent_ledger", columns(), List.of("directory_id", "event_id", "ordinal"), "false", buffer),
                ErasureRules.OF_LEDGER_LINES);
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        ledger.prepare(connection);
    }

    @Override
    public int write(Connection connection, List<Decoded<CustomerChange>> rows) throws SQLException {
        int written = changes.write(connection, rows);
        List<Decoded<LedgerLine>> lines = new ArrayList<>();
        List<CustomerChange> erased = new ArrayList<>();
        for (Decoded<CustomerChange> row : rows) {
            int ordinal = 0;
            for (ConsentEntry entry : row.value().getConsents()) {
                lines.add(new Decoded<>(row.source(), new LedgerLine(row.value(), ordinal++, entry)));
            }
            if (row.value().getType() == ChangeType.ERASED) {
                erased.add(row.value());
            }
        }
        if (!lines.isEmpty()) {
            written += ledger.write(connection, lines);
        }
        return erased.isEmpty() ? written : written + erase(connection, erased);
    }

    private static String clear(String what, String alsoWhere) {
        return what + " unnest(?::text[], ?::text[], ?::bigint[]) AS e (directory_id, customer_id, version)"
                + " WHERE t.directory_id = e.directory_id AND t.customer_id = e.customer_id AND t.version <= e.version"
                + alsoWhere;
    }

    private static int erase(Connection connection, List<CustomerChange> events) throws SQLException {
        Map<CustomerKey, Long> ids = new HashMap<>();
        int rows = 0;
        for (CustomerChange event : events) {
            rows += register(connection, event);
            ids.put(new CustomerKey(event.getDirectoryId(), event.getCustomerId()), event.getVersion());
            for (String absorbed : event.getFromIds()) {
                ids.put(new CustomerKey(event.getDirectoryId(), absorbed), event.getVersion());
            }
        }
        ErasedCustomers.add(connection, ids);
        for (String sql : CLEAR) {
            rows += ErasedCustomers.execute(connection, sql, ids);
        }
        return rows;
    }

    private static int register(Connection connection, CustomerChange event) throws SQLException {
        var erasure = event.getErasure();
        if (erasure == null) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            statement.setString(1, event.getDirectoryId());
            statement.setString(2, event.getCustomerId());
            statement.setObject(3, event.getOccurredAt().atOffset(ZoneOffset.UTC));
            statement.setString(4, clean(erasure.getActor()));
            statement.setString(5, clean(erasure.getReason()));
            statement.setLong(6, erasure.getSourceRecords());
            statement.setLong(7, erasure.getContactPoints());
            statement.setString(8, clean(erasure.getRetentionHold()));
            return statement.executeUpdate();
        }
    }

    /** PostgreSQL's text refuses U+0000. */
    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : text.replace("\0", "");
    }

    private static Columns<LedgerLine> columns() {
        return new Columns<LedgerLine>()
                .add("directory_id", (l, out) -> out.requiredText(l.event().getDirectoryId()))
                .add("event_id", (l, out) -> out.requiredText(l.event().getEventId()))
                .add("ordinal", (l, out) -> out.int4(l.ordinal()))
                .add("customer_id", (l, out) -> out.requiredText(l.event().getCustomerId()))
                .add("version", (l, out) -> out.int8(l.event().getVersion()))
                .add("contact_value", (l, out) -> out.text(l.entry().getContactValue()))
                .add(
                        "channel",
                        (l, out) -> out.requiredText(l.entry().getChannel().name()))
                .add(
                        "purpose",
                        (l, out) -> out.requiredText(l.entry().getPurpose().name()))
                .add(
                        "status",
                        (l, out) -> out.requiredText(l.entry().getStatus().name()))
                .add(
                        "effect",
                        (l, out) -> out.requiredText(l.entry().getEffect().name()))
                .add("basis", (l, out) -> out.requiredText(l.entry().getBasis().name()))
                .add("decided_at", (l, out) -> out.timestamp(l.entry().getDecidedAt()))
                .add("recorded_at", (l, out) -> out.timestamp(l.entry().getRecordedAt()))
                .add("expires_at", (l, out) -> out.timestamp(l.entry().getExpiresAt()))
                .add("source_system", (l, out) -> out.text(l.entry().getSourceSystem()))
                .add("record_id", (l, out) -> out.text(l.entry().getRecordId()))
                .add("store", (l, out) -> out.text(l.entry().getStore()))
                .add("till", (l, out) -> out.text(l.entry().getTill()))
                .add("actor", (l, out) -> out.text(l.entry().getActor()))
                .add("evidence", (l, out) -> out.text(l.entry().getEvidence()));
    }
}
