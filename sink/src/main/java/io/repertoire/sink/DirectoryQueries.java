package io.repertoire.sink;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tables for the command line and the console: every statement that does is in here or in {@link CustomerExport}. Thread-safe
 * if its data source is. What can be large is streamed to a {@link RowReader} from one snapshot and one connection.
 */
public final class DirectoryQueries {

    /** Takes the rows of a result one by one. */
    public interface RowReader<T> {
        void row(T row) throws IOException;
    }

    private static final String IMPORTS = """
            SELECT directory_id, import_id, status, file_name, sha256, size_bytes, source_system, layout, encoding, delimiter, mode,
                   on_error, group_name, forced, dry_run, notes, rows_read, declared_read, created, updated, unchanged, merged, review,
                   rejected, suppressed, through_version, refused_code, refused_message, directory_changed_meanwhile, claimed_at, started_at,
                   ended_at, rows_held, undone, completed_at
            FROM repertoire.import
            """;

    private static final String IMPORT_BY_ID = IMPORTS + "WHERE directory_id = ? AND import_id = ?";

    private static final String IMPORTS_BY_PREFIX = IMPORTS
            + "WHERE (?::text IS NULL OR directory_id = ?) AND starts_with(import_id, ?)"
            + " ORDER BY import_id, directory_id LIMIT ?";

    private static final String NEWEST_IMPORTS =
            IMPORTS + "WHERE ?::text IS NULL OR directory_id = ? ORDER BY import_id DESC, directory_id LIMIT ?";

    /** Merges are followed by one small hashed map and not by a look-up for each of a million rows. */
    private static final String IMPORT_ROWS = """
            SELECT r.line, lower(r.outcome), c.customer_id,
                   (SELECT string_agg(concat_ws(':', p ->> 'code', p ->> 'field'), '; ') FROM json_array_elements(r.problems) p)
            FROM repertoire.row_outcome r
            LEFT JOIN repertoire.merged_customer m ON m.directory_id = r.directory_id AND m.absorbed_id = r.customer_id
            LEFT JOIN repertoire.customer c
              ON c.directory_id = r.directory_id AND c.customer_id = coalesce(m.customer_id, r.customer_id)
            WHERE r.directory_id = ? AND r.import_id = ?
            ORDER BY r.line""";

    private static final String REJECTS = """
            SELECT record_id, line, sheet_row, stage, coalesce(errors, '[]'), raw
            FROM repertoire.reject WHERE directory_id = ? AND import_id = ? ORDER BY line""";

    private static final String SEARCH = """
            SELECT directory_id, customer_id, code, status, display_name, given_name, family_name, company_name, primary_email,
                   primary_phone
            FROM repertoire.customer_search
            WHERE directory_id = ?
              AND (customer_id = repertoire.resolve_customer(?, ?)
                OR haystack LIKE ALL (?::text[])
                OR (?::text IS NOT NULL AND array_to_string(phones, ' ') LIKE ?))
            ORDER BY customer_id = repertoire.resolve_customer(?, ?) DESC NULLS LAST, primary_email = lower(?) DESC NULLS LAST,
                     family_name, given_name, display_name, customer_id
            LIMIT ?""";

    private static final String CUSTOMER = """
            SELECT directory_id, customer_id, code, status, json_strip_nulls(to_json(c))
            FROM repertoire.customer c
            WHERE directory_id = ? AND customer_id = repertoire.resolve_customer(?, ?)""";

    private static final String COMMAND_RESULT = """
            SELECT status, code, message, customer_ids, version FROM repertoire.command_result
            WHERE directory_id = ? AND command_id = ?""";

    private static final String VERSION = "SELECT version FROM repertoire.directory_version WHERE directory_id = ?";

    private static final String CUSTOMERS_NAMED = """
            SELECT c.customer_id, c.code, c.status, c.merged_into
            FROM unnest(?::text[]) WITH ORDINALITY AS w (id, place)
            JOIN repertoire.customer c ON c.directory_id = ? AND c.customer_id = w.id
            ORDER BY w.place""";

    private static final String REVIEW_STATUS =
            "SELECT status FROM repertoire.review WHERE directory_id = ? AND review_id = ?";

    private static final String INACTIVE = """
            SELECT customer_id, code, last_activity_at FROM repertoire.customer_activity
            WHERE directory_id = ? AND last_activity_at < ? ORDER BY last_activity_at, customer_id""";

    private static final String OPEN_REVIEWS = """
            SELECT r.review_id, r.kind, r.rule, r.evidence, r.raised_at, r.import_id, r.line,
                   (SELECT json_agg(json_build_object('customerId', c.customer_id, 'code', c.code, 'displayName', c.display_name)
                                    ORDER BY length(c.code), c.code)
                    FROM unnest(r.customer_ids) AS w (id)
                    JOIN repertoire.customer c ON c.directory_id = r.directory_id AND c.customer_id = w.id)
            FROM repertoire.review r
            WHERE r.directory_id = ? AND r.status = 'OPEN'
            ORDER BY r.raised_at, r.review_id""";

    private final SelectRunner selects;

    public DirectoryQueries(DataSource database) {
        this.selects = new SelectRunner(database);
    }

    /** Newest first; of every directory if {@code directoryId} is null. */
    public List<ImportView> imports(@Nullable String directoryId, int limit) throws SQLException {
        return selects.all(NEWEST_IMPORTS, DirectoryQueries::importView, directoryId, directoryId, limit);
    }

    /** Cheap enough to be asked several times a second while one waits for the import. */
    public Optional<ImportView> importById(String directoryId, String importId) throws SQLException {
        return selects.first(IMPORT_BY_ID, DirectoryQueries::importView, directoryId, importId);
    }

    /**
     * Imports whose id is, or else begins with, this text: one if it says which, several (at most 10) if it does not.
     *
     * @param directoryId null for every directory
     */
    public List<ImportView> findImports(@Nullable String directoryId, String idOrPrefix) throws SQLException {
        List<ImportView> found = selects.all(
                IMPORTS_BY_PREFIX, DirectoryQueries::importView, directoryId, directoryId, clean(idOrPrefix), 10);
        List<ImportView> exact =
                found.stream().filter(i -> i.importId().equals(idOrPrefix)).toList();
        return exact.isEmpty() ? found : exact;
    }

    /** Every row of an import, by line. */
    public void importRows(String directoryId, String importId, RowReader<ImportRow> reader)
            throws SQLException, IOException {
        selects.stream(
                IMPORT_ROWS,
                row -> new ImportRow(
                        row.getLong(1), row.getString(2), row.getString(3), SelectRunner.textOrEmpty(row.getString(4))),
                reader,
                directoryId,
                importId);
    }

    /** Every rejected record of an import, by line. */
    public void rejects(String directoryId, String importId, RowReader<RejectView> reader)
            throws SQLException, IOException {
        selects.stream(
                REJECTS,
                row -> new RejectView(
                        row.getString(1),
                        row.getObject(2, Long.class),
                        row.getObject(3, Long.class),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                reader,
                directoryId,
                importId);
    }

    /** Active and archived customers that no source record and no purchase since then speaks of, the longest first. */
    public void inactive(String directoryId, Instant since, RowReader<InactiveCustomer> reader)
            throws SQLException, IOException {
        selects.stream(
                INACTIVE,
                row -> new InactiveCustomer(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()),
                reader,
                directoryId,
                since.atOffset(ZoneOffset.UTC));
    }

    /**
     * Active and archived customers that have every word of the text in their code, names, company, emails, phones or loyalty
     * cards, whatever its case and accents; or whose phone has its digits; or whose id, or former id, it is.
     */
    public List<CustomerHit> search(String directoryId, String text, int limit) throws SQLException {
        String cleaned = clean(text).strip();
        if (cleaned.isEmpty()) {
            return List.of();
        }
        String phone = SearchText.phonePattern(cleaned);
        return selects.all(
                SEARCH,
                row -> new CustomerHit(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10)),
                directoryId,
                directoryId,
                cleaned,
                SearchText.wordPatterns(cleaned),
                phone,
                phone,
                directoryId,
                cleaned,
                cleaned,
                limit);
    }

    /** The customer that an id, a code or an id merged into it means now. */
    public Optional<CustomerView> customer(String directoryId, String idOrCode) throws SQLException {
        return selects.first(
                CUSTOMER,
                row -> new CustomerView(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                directoryId,
                directoryId,
                clean(idOrCode).strip());
    }

    /** How a command ended, or that it goes on; empty while nobody has answered it. */
    public Optional<CommandAnswer> commandAnswer(String directoryId, String commandId) throws SQLException {
        return selects.first(
                COMMAND_RESULT,
                row -> new CommandAnswer(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        SelectRunner.texts(row.getArray(4)),
                        row.getLong(5)),
                directoryId,
                commandId);
    }

    /** The newest version of a directory that can be read here, 0 for none. */
    public long version(String directoryId) throws SQLException {
        return selects.first(VERSION, row -> row.getLong(1), directoryId).orElse(0L);
    }

    /** These very customers, merged away or not, in this order. */
    public List<CustomerLine> customersNamed(String directoryId, List<String> customerIds) throws SQLException {
        return selects.all(
                CUSTOMERS_NAMED,
                row -> new CustomerLine(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                customerIds.toArray(String[]::new),
                directoryId);
    }

    public Optional<String> reviewStatus(String directoryId, String reviewId) throws SQLException {
        return selects.first(REVIEW_STATUS, row -> row.getString(1), directoryId, clean(reviewId));
    }

    /** Every open question, oldest first. */
    public void openReviews(String directoryId, RowReader<ReviewView> reader) throws SQLException, IOException {
        selects.stream(
                OPEN_REVIEWS,
                row -> new ReviewView(
                        row.getString(1),
                        row.getString(2),
                        SelectRunner.textOrEmpty(row.getString(3)),
                        SelectRunner.textOrEmpty(row.getString(4)),
                        SelectRunner.instant(row, "raised_at"),
                        row.getString(6),
                        row.getObject(7, Long.class),
                        row.getString(8) == null ? "[]" : row.getString(8)),
                reader,
                directoryId);
    }

    private static ImportView importView(ResultSet row) throws SQLException {
        return new ImportView(
                row.getString("directory_id"),
                row.getString("import_id"),
                row.getString("status"),
                row.getString("file_name"),
                row.getString("sha256"),
                row.getObject("size_bytes", Long.class),
                row.getString("source_system"),
                row.getString("layout"),
                row.getString("encoding"),
                row.getString("delimiter"),
                row.getString("mode"),
                row.getString("on_error"),
                row.getString("group_name"),
                row.getBoolean("forced"),
                row.getBoolean("dry_run"),
                row.getString("notes"),
                row.getLong("rows_read"),
                row.getObject("declared_read", Long.class),
                row.getLong("created"),
                row.getLong("updated"),
                row.getLong("unchanged"),
                row.getLong("merged"),
                row.getLong("review"),
                row.getLong("rejected"),
                row.getLong("suppressed"),
                row.getLong("through_version"),
                row.getString("refused_code"),
                row.getString("refused_message"),
                row.getBoolean("directory_changed_meanwhile"),
                SelectRunner.instant(row, "claimed_at"),
                SelectRunner.instant(row, "started_at"),
                SelectRunner.instant(row, "ended_at"),
                row.getLong("rows_held"),
                row.getObject("undone", Long.class),
                SelectRunner.instant(row, "completed_at"));
    }

    /** PostgreSQL's text has no U+0000, so nothing that has one can be found. */
    private static String clean(String value) {
        return value.replace("\0", "");
    }
}
