package io.repertoire.sink;

import io.repertoire.schemas.ExportColumns;
import java.io.IOException;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The directory as CSV under the header {@link ExportColumns}, which is an import layout too. */
public final class CustomerExport {

    /** Which customers. Absorbed and erased ones are never exported. */
    public enum Status {
        ACTIVE,
        ARCHIVED,
        ALL
    }

    private static final String EXPORT = """
            SELECT c.customer_id, c.code, c.status, c.type, c.title, c.given_name, c.family_name, c.display_name, c.company_name,
                   c.job_title, c.preferred_language, c.birth_date, c.emails, c.phones,
                   a.line1, a.line2, a.line3, a.city, a.region, a.postal_code, a.country,
                   coalesce(
                       c.loyalty -> 'cards' ->> 0,
                       (SELECT x.value FROM json_to_recordset(c.external_ids) AS x (kind text, value text)
                        WHERE x.kind = 'LOYALTY_CARD' LIMIT 1)),
                   (SELECT string_agg(g.name, '; ') FROM json_to_recordset(c.groups) AS g (name text)),
                   array_to_string(c.tags, '; '), c.notes, c.created_at, c.updated_at
            FROM repertoire.customer c
            LEFT JOIN LATERAL json_to_record(c.addresses -> 0) AS a (line1 text, line2 text, line3 text, city text, region text,
                postal_code text, country text) ON true
            WHERE c.directory_id = ? AND c.status = ANY (?::text[])
              AND (?::text IS NULL OR c.customer_id = repertoire.resolve_customer(?, ?))
            ORDER BY length(c.code), c.code""";

    private static final int FIRST_LIST = 13;
    private static final int FIRST_AFTER_LISTS = 15;
    private static final int CREATED_AT = 26;

    private final SelectRunner selects;

    public CustomerExport(DataSource database) {
        this.selects = new SelectRunner(database);
    }

    /**
     * Writes a byte order mark, the header and the customers by code; the caller encodes as UTF-8.
     *
     * @param customer id, code or former id of the only one wanted; null for all
     * @return customers written
     */
    public long write(String directoryId, Status status, @Nullable String customer, Appendable out)
            throws SQLException, IOException {
        CsvWriter csv = new CsvWriter(out);
        csv.byteOrderMark();
        csv.row(ExportColumns.ALL, List.of());
        long[] count = {0};
        String statuses =
                switch (status) {
                    case ACTIVE -> "{ACTIVE}";
                    case ARCHIVED -> "{ARCHIVED}";
                    case ALL -> "{ACTIVE,ARCHIVED}";
                };
        selects.stream(
                EXPORT,
                CustomerExport::cells,
                cells -> {
                    csv.row(cells, ExportColumns.ALL);
                    count[0]++;
                },
                directoryId,
                statuses,
                customer,
                directoryId,
                customer);
        return count[0];
    }

    private static List<String> cells(ResultSet row) throws SQLException {
        List<String> cells = new ArrayList<>(ExportColumns.ALL.size());
        for (int i = 1; i < FIRST_LIST; i++) {
            cells.add(SelectRunner.textOrEmpty(row.getString(i)));
        }
        addList(cells, row.getArray(FIRST_LIST));
        addList(cells, row.getArray(FIRST_LIST + 1));
        for (int i = FIRST_AFTER_LISTS; i < CREATED_AT; i++) {
            cells.add(SelectRunner.textOrEmpty(row.getString(i)));
        }
        cells.add(String.valueOf(SelectRunner.instant(row, "created_at")));
        cells.add(String.valueOf(SelectRunner.instant(row, "updated_at")));
        return cells;
    }

    private static void addList(List<String> cells, @Nullable Array array) throws SQLException {
        Object[] values = array == null ? new Object[0] : (Object[]) array.getArray();
        for (int i = 0; i < ExportColumns.CONTACT_POINTS; i++) {
            cells.add(i < values.length ? String.valueOf(values[i]) : "");
        }
    }
}
