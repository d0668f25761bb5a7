package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Loyalty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command line reads of it: ids, rows of imports, searches, the export. */
class DirectoryQueriesIT extends DatabaseRig {

    DirectoryQueriesIT(Servers servers) {
        super(servers);
    }

    @Test
    void ids_codes_and_ids_merged_over_several_steps_resolve_to_the_survivor() throws Exception {
        try (var reader = directory()) {
            reader.apply(
                    Records.image(wire, Records.merged("main", "a", 1, "b"), 0, true),
                    Records.image(wire, Records.merged("main", "b", 2, "c"), 1, true),
                    image("c", 3, 2));
        }
        for (String asked : List.of("a", "b", "c", "C-C", "c-a")) {
            assertThat(tables.queries().customer("main", asked).orElseThrow().customerId())
                    .isEqualTo("c");
        }
        assertThat(tables.queries().customer("main", "nobody")).isEmpty();
        assertThat(tables.queries().customer("other", "a")).isEmpty();
    }

    @Test
    void rows_of_an_import_name_who_owns_them_now() throws Exception {
        try (var history = history();
                var directory = directory()) {
            directory.apply(
                    image("a", 1, 0),
                    image("b", 2, 1),
                    image("gone", 3, 2),
                    Records.tombstone(wire, "main", "gone", 4, 3));
            history.apply(
                    TestTables.outcome(wire, "main", "i1", 2, "a", 0),
                    TestTables.outcome(wire, "main", "i1", 3, "b", 1),
                    TestTables.outcome(wire, "main", "i1", 4, "gone", 2));
            directory.apply(Records.image(wire, Records.merged("main", "a", 5, "b"), 4, true));
        }
        List<String> rows = new ArrayList<>();
        tables.queries()
                .importRows("main", "i1", row -> rows.add(row.line() + " " + row.outcome() + " " + row.customerId()));
        assertThat(rows).containsExactly("2 created b", "3 created b", "4 created null");
    }

    @Test
    void searching_finds_words_without_accents_phones_in_any_spelling_loyalty_cards_and_former_codes()
            throws Exception {
        Customer holder = Records.customer("main", "a", 1);
        holder.setLoyalty(new Loyalty(List.of("2900012345", "KARTE-9"), null, null, null, "SUB-7", null));
        try (var reader = directory()) {
            reader.apply(
                    Records.image(wire, holder, 0, true),
                    image("b", 2, 1),
                    Records.image(wire, Records.merged("main", "old", 3, "b"), 2, true));
        }
        var queries = tables.queries();
        assertThat(queries.search("main", "zoe LEFEVRE-A", 10))
                .extracting(CustomerHit::customerId)
                .containsExactly("a");
        assertThat(queries.search("main", "514-555-0197", 10))
                .extracting(CustomerHit::customerId)
                .containsExactly("a");
        for (String card : List.of("2900012345", "karte-9", "sub-7")) {
            assertThat(queries.search("main", card, 10))
                    .extracting(CustomerHit::customerId)
                    .containsExactly("a");
        }
        assertThat(queries.search("main", "cards", 10)).isEmpty();
        assertThat(queries.search("main", "c-old", 10))
                .extracting(CustomerHit::customerId)
                .containsExactly("b");
        assertThat(queries.search("main", "B@EXAMPLE.ORG", 10))
                .extracting(CustomerHit::customerId)
                .containsExactly("b");
        assertThat(queries.search("main", "%", 10)).isEmpty();
        assertThat(queries.search("main", "lefevre", 1)).hasSize(1);
    }

    @Test
    void the_export_has_the_documented_header_and_one_line_for_each_customer() throws Exception {
        try (var reader = directory()) {
            Customer archived = Records.customer("main", "b", 2);
            archived.setStatus(CustomerStatus.ARCHIVED);
            archived.setNotes("=1+1");
            reader.apply(
                    image("a", 1, 0),
                    Records.image(wire, archived, 1, true),
                    Records.image(wire, Records.merged("main", "c", 3, "a"), 2, true));
        }
        var export = new CustomerExport(tables.pool());
        StringBuilder all = new StringBuilder();
        assertThat(export.write("main", CustomerExport.Status.ALL, null, all)).isEqualTo(2);
        String[] lines = all.toString().split("\r\n", -1);
        assertThat(lines[0]).startsWith("\ufeffcustomer_id,code,status,").endsWith("created_at,updated_at");
        assertThat(lines[1])
                .startsWith("a,C-A,ACTIVE,PERSON,,Zoë,Lefèvre-a,")
                .contains("a@example.org,a.old@example.org,,,,+15145550197,,,,,")
                .contains("\"12, rue \"\"de l'Église\"\"\\3\",,,Montréal,,H2X 1Y4,CA,La,\"vip; 2026\",\"a; b\"");
        assertThat(lines[2]).contains("\"'=1+1\"");
        StringBuilder one = new StringBuilder();
        assertThat(export.write("main", CustomerExport.Status.ACTIVE, "C-c", one))
                .isEqualTo(1);
    }
}
