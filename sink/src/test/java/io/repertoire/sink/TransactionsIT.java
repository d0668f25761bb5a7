package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.sink.Progress.FencedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What is written, on a real PostgreSQL, from records made up here. */
class TransactionsIT extends DatabaseRig {

    private static final String DIRECTORY_TOPIC = Topics.DIRECTORY.name();
    private static final String ROWS_TOPIC = Topics.ROW_OUTCOMES.name();

    TransactionsIT(Servers servers) {
        super(servers);
    }

    private String names() throws Exception {
        return tables.value(
                "SELECT string_agg(customer_id || ':' || version, ' ' ORDER BY customer_id) FROM repertoire.customer");
    }

    @Test
    void an_image_can_be_read_back_through_every_view() throws Exception {
        try (var reader = directory()) {
            reader.apply(image("a", 1, 0));
        }
        assertThat(
                        tables.rows(
                                "SELECT code, given_name, primary_email, emails[2], primary_phone, attributes ->> 'size',"
                                        + " tags::text, created_at = '2026-03-01T10:15:30.250Z', merged_ids, notes FROM repertoire.customer"))
                .containsExactly(java.util.Arrays.asList(
                        "C-A",
                        "Zoë",
                        "a@example.org",
                        "a.old@example.org",
                        "+15145550197",
                        "42",
                        "{a,b}",
                        "t",
                        null,
                        null));
        assertThat(tables.rows("SELECT ordinal, value, \"primary\", quality FROM repertoire.customer_email ORDER BY 1"))
                .containsExactly(
                        List.of("1", "a@example.org", "t", "OK"), List.of("2", "a.old@example.org", "f", "OK"));
        assertThat(tables.rows("SELECT line1, city, country FROM repertoire.customer_address"))
                .containsExactly(List.of("12, rue \"de l'Église\"\\3", "Montréal", "CA"));
        assertThat(tables.rows("SELECT e164, kind FROM repertoire.customer_phone"))
                .containsExactly(List.of("+15145550197", "UNKNOWN"));
        assertThat(tables.rows("SELECT system, kind, value FROM repertoire.customer_external_id"))
                .containsExactly(List.of("square", "LOYALTY_CARD", "La"));
        assertThat(tables.rows("SELECT balance, terms_days FROM repertoire.customer_account"))
                .containsExactly(List.of("-12.50", "30"));
        assertThat(tables.rows("SELECT source_key, customer_id, line FROM repertoire.source_record"))
                .containsExactly(List.of("s/a", "a", "7"));
        assertThat(tables.rows("SELECT field, source_key, system, rule FROM repertoire.customer_provenance ORDER BY 1"))
                .containsExactly(
                        List.of("family_name", "s/1", "square", "most_recent"),
                        List.of("given_name", "s/1", "square", "most_recent"),
                        List.of("notes", "s/2", "till", "most_recent"));
        assertThat(tables.value("SELECT json_array_length(provenance) FROM repertoire.customer"))
                .isEqualTo("2");
        assertThat(tables.rows("SELECT name FROM repertoire.customer_group")).hasSize(2);
        assertThat(tables.rows("SELECT * FROM repertoire.customer_consent")).isEmpty();
    }

    @Test
    void p56_of_many_images_in_a_batch_and_over_batches_the_newest_version_stands() throws Exception {
        try (var reader = directory()) {
            reader.apply(image("a", 1, 0), image("b", 2, 1), image("a", 3, 2));
            reader.apply(image("b", 5, 3), image("a", 4, 4));
            // An image that is older than the one held changes nothing, whatever its offset.
            reader.apply(image("a", 2, 5));
        }
        assertThat(names()).isEqualTo("a:4 b:5");
    }

    @Test
    void tombstones_delete_in_the_order_of_the_partition() throws Exception {
        try (var reader = directory()) {
            reader.apply(image("a", 1, 0), image("b", 2, 1), Records.tombstone(wire, "main", "a", 3, 2));
            assertThat(names()).isEqualTo("b:2");
            reader.apply(Records.tombstone(wire, "main", "b", 4, 3), image("b", 5, 4));
            assertThat(names()).isEqualTo("b:5");
            // A tombstone does not delete what is newer than itself.
            reader.apply(Records.tombstone(wire, "main", "b", 4, 5));
            assertThat(names()).isEqualTo("b:5");
        }
    }

    @Test
    void a_reader_whose_partition_was_taken_writes_nothing_more() throws Exception {
        try (var first = directory()) {
            first.apply(image("a", 1, 0));
            try (var second = directory()) {
                assertThat(second.lastOffset(DIRECTORY_TOPIC)).isZero();
                assertThatThrownBy(() -> first.apply(image("b", 2, 1))).isInstanceOf(FencedException.class);
                second.apply(image("c", 2, 1));
            }
        }
        assertThat(names()).isEqualTo("a:1 c:2");
    }

    @Test
    void the_same_batch_twice_is_refused_the_second_time() throws Exception {
        try (var reader = history()) {
            var rows = List.of(
                    TestTables.outcome(wire, "main", "i1", 2, "a", 0),
                    TestTables.outcome(wire, "main", "i1", 3, "b", 1));
            reader.apply(rows);
            try (var zombie = history()) {
                zombie.apply(TestTables.outcome(wire, "main", "i1", 4, "c", 2));
            }
            assertThatThrownBy(() -> reader.apply(rows)).isInstanceOf(FencedException.class);
        }
        assertThat(tables.value("SELECT count(*) FROM repertoire.row_outcome")).isEqualTo("3");
        assertThat(tables.value("SELECT rows_held FROM repertoire.import")).isEqualTo("3");
    }

    @Test
    void p56_when_the_database_fails_within_a_batch_neither_rows_nor_progress_move() throws Exception {
        try (var reader = directory()) {
            reader.apply(image("a", 1, 0));
            tables.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid()");
            assertThatThrownBy(() -> reader.apply(image("b", 2, 1))).isInstanceOf(java.sql.SQLException.class);
        }
        try (var again = directory()) {
            assertThat(again.lastOffset(DIRECTORY_TOPIC)).isZero();
            again.apply(image("b", 2, 1));
        }
        assertThat(names()).isEqualTo("a:1 b:2");
    }

    @Test
    void a_row_that_postgresql_refuses_is_set_aside_alone_and_what_it_replaced_is_written() throws Exception {
        Customer refused = Records.customer("main", "c7", 20);
        refused.setCode(incompressible(20_000));
        List<InputRecord> records = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            records.add(image("c" + i, i + 1, i));
        }
        records.add(Records.image(wire, refused, 10, true));
        records.add(image("d", 21, 11));
        try (var reader = directory()) {
            reader.apply(records);
            assertThat(reader.setAside).hasSize(1);
            assertThat(reader.setAside.get(0).source().raw().offset()).isEqualTo(10);
            assertThat(reader.setAside.get(0).why().code()).isEqualTo("BAD_ROW");
            assertThat(reader.lastOffset(DIRECTORY_TOPIC)).isEqualTo(11);
        }
        assertThat(names()).isEqualTo("c0:1 c1:2 c2:3 c3:4 c4:5 c5:6 c6:7 c7:8 c8:9 c9:10 d:21");
        assertThat(tables.value("SELECT version FROM repertoire.directory_version"))
                .isEqualTo("21");
    }

    @Test
    void undecodable_bytes_wrong_keys_and_absent_values_are_set_aside() throws Exception {
        var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        var wrong = Records.versioned(
                Records.polled(wire, Topics.DIRECTORY, "main/other", Records.customer("main", "w", 3), 2), 3, true);
        try (var reader = directory()) {
            reader.apply(
                    image("a", 1, 0),
                    Records.raw(DIRECTORY_TOPIC, "main/a", new byte[] {9, 9, 9}, 1, headers),
                    wrong,
                    Records.raw(DIRECTORY_TOPIC, null, new byte[] {0}, 3, headers));
            assertThat(reader.setAside)
                    .extracting(s -> s.source().raw().offset())
                    .containsExactlyInAnyOrder(1L, 2L, 3L);
        }
        try (var reader = history()) {
            reader.apply(Records.raw(ROWS_TOPIC, "main/i1", null, 0, headers));
            assertThat(reader.setAside).extracting(s -> s.why().code()).containsExactly("NO_VALUE");
        }
        assertThat(names()).isEqualTo("a:1");
    }

    @Test
    void characters_that_postgresql_has_not_are_left_out_and_nothing_else_is_lost() throws Exception {
        Customer odd = Records.customer("main", "a", 1);
        odd.setGivenName("Z\0o\ud800ë😀");
        odd.setNotes("line\nline\ttab \\N \\. \"quoted\"");
        try (var reader = directory()) {
            reader.apply(Records.image(wire, odd, 0, true));
        }
        assertThat(tables.rows("SELECT given_name, notes FROM repertoire.customer"))
                .containsExactly(List.of("Zo?ë😀", "line\nline\ttab \\N \\. \"quoted\""));
    }

    @Test
    void sales_reviews_and_command_results_are_kept_current_and_changes_are_appended() throws Exception {
        try (var reader = history()) {
            reader.apply(sale("1", 5, "100.10", 0), sale("1", 5, "-0.05", 1), sale("2", 6, "12345678901.99", 2));
            reader.apply(Records.polled(
                    wire, Topics.RECORDED_SALES, "main/till/2", (io.repertoire.schemas.RecordedSale) null, 3));
        }
        assertThat(tables.rows("SELECT sale_id, total, currency FROM repertoire.sale"))
                .containsExactly(List.of("1", "-0.05", "CAD"));
        assertThat(tables.rows("SELECT sku, quantity, amount FROM repertoire.sale_line"))
                .containsExactly(List.of("A1", "2.000", "10.00"));
    }

    private InputRecord sale(String id, long version, String total, long offset) {
        return Records.polled(
                wire, Topics.RECORDED_SALES, "main/till/" + id, Records.sale("main", id, "a", version, total), offset);
    }

    @Test
    void an_import_is_complete_when_the_directory_comes_last() throws Exception {
        try (var history = history();
                var directory = directory()) {
            history.apply(
                    TestTables.summary(wire, "main", "i1", ImportStatus.RUNNING, 0, 0, 0),
                    TestTables.outcome(wire, "main", "i1", 2, "a", 0));
            history.apply(TestTables.outcome(wire, "main", "i1", 3, "b", 1));
            history.apply(TestTables.summary(wire, "main", "i1", ImportStatus.PROCESSED, 2, 2, 1));
            assertThat(status("i1")).isEqualTo("PROCESSED");
            directory.apply(image("a", 1, 0));
            assertThat(status("i1")).isEqualTo("PROCESSED");
            directory.apply(image("b", 2, 1));
            assertThat(status("i1")).isEqualTo("COMPLETE");
        }
    }

    @Test
    void an_import_is_complete_when_the_rows_or_the_summary_come_last() throws Exception {
        try (var history = history();
                var directory = directory()) {
            directory.apply(image("a", 1, 0), image("b", 2, 1));
            history.apply(TestTables.outcome(wire, "main", "i1", 2, "a", 0));
            history.apply(TestTables.summary(wire, "main", "i1", ImportStatus.PROCESSED, 2, 2, 0));
            assertThat(status("i1")).isEqualTo("PROCESSED");
            history.apply(TestTables.outcome(wire, "main", "i1", 3, "b", 1));
            assertThat(status("i1")).isEqualTo("COMPLETE");
            history.apply(TestTables.outcome(wire, "main", "i2", 2, "a", 2));
            assertThat(status("i2")).isEqualTo("RUNNING");
            history.apply(TestTables.summary(wire, "main", "i2", ImportStatus.PROCESSED, 1, 2, 1));
            assertThat(status("i2")).isEqualTo("COMPLETE");
            history.apply(TestTables.summary(wire, "main", "i2", ImportStatus.UNDONE, 1, 2, 2));
            assertThat(status("i2")).isEqualTo("UNDONE");
        }
    }

    @Test
    void what_the_end_marker_said_stays_when_a_late_row_has_the_import_summed_up_again() throws Exception {
        var summary = Records.summary("main", "i1", ImportStatus.PROCESSED, 2, 0);
        summary.setDeclaredRead(3L);
        summary.setRefusedCode("INTERNAL_ERROR");
        try (var history = history()) {
            history.apply(Records.polled(wire, Topics.IMPORTS, "main/i1", summary, 0));
            assertThat(tables.queries().importById("main", "i1").orElseThrow().differsFromDeclared())
                    .isTrue();
            history.apply(TestTables.summary(wire, "main", "i1", ImportStatus.PROCESSED, 3, 0, 1));
        }
        var view = tables.queries().importById("main", "i1").orElseThrow();
        assertThat(view.declaredRead()).isEqualTo(3);
        assertThat(view.differsFromDeclared()).isFalse();
        assertThat(view.refusedCode()).isEqualTo("INTERNAL_ERROR");
        assertThat(view.taken()).isTrue();
    }

    @Test
    void a_refused_import_ends_at_once() throws Exception {
        try (var history = history()) {
            history.apply(TestTables.summary(wire, "main", "i1", ImportStatus.REFUSED, 0, 0, 0));
        }
        var view = tables.queries().importById("main", "i1").orElseThrow();
        assertThat(view.status()).isEqualTo("REFUSED");
        assertThat(view.ended()).isTrue();
    }

    @Test
    void whichever_worker_is_last_sees_what_the_other_did_however_they_race() throws Exception {
        int imports = 150;
        var pool = Executors.newFixedThreadPool(2);
        try (var history = history();
                var directory = directory()) {
            Future<?> left = pool.submit(() -> {
                var random = new Random(1);
                for (int i = 0; i < imports; i++) {
                    // The whole small import in one transaction, so that its row
                    // is not there for the other to see before.
                    history.apply(
                            TestTables.summary(wire, "main", "i" + i, ImportStatus.PROCESSED, 1, i + 1, i),
                            TestTables.outcome(wire, "main", "i" + i, 2, "a" + i, i));
                    Thread.sleep(random.nextInt(2));
                }
                return null;
            });
            Future<?> right = pool.submit(() -> {
                var random = new Random(2);
                for (int i = 0; i < imports; i++) {
                    directory.apply(image("a" + i, i + 1, i));
                    Thread.sleep(random.nextInt(2));
                }
                return null;
            });
            left.get();
            right.get();
        } finally {
            pool.shutdownNow();
        }
        assertThat(tables.rows("SELECT status, count(*) FROM repertoire.import GROUP BY 1"))
                .containsExactly(List.of("COMPLETE", Integer.toString(imports)));
    }

    @Test
    void a_rebuild_empties_the_tables_and_what_held_them_can_start_again() throws Exception {
        try (var reader = directory()) {
            reader.apply(image("a", 1, 0));
            Migrations.rebuild(tables.pool());
            assertThat(tables.value("SELECT count(*) FROM repertoire.customer")).isEqualTo("0");
            assertThatThrownBy(() -> reader.apply(image("b", 2, 1))).isInstanceOf(FencedException.class);
            reader.take(DIRECTORY_TOPIC);
            assertThat(reader.lastOffset(DIRECTORY_TOPIC)).isEqualTo(-1);
            reader.apply(image("a", 1, 0), image("b", 2, 1));
        }
        assertThat(names()).isEqualTo("a:1 b:2");
    }

    @Test
    void tables_filled_from_another_cluster_are_not_mixed_with_this_ones() throws Exception {
        try (var reader = directory()) {
            reader.apply(image("a", 1, 0));
        }
        var elsewhere = new Progress(Family.DIRECTORY.group(), "cluster-2");
        try (var transactions =
                new Transactions(tables.pool(), Family.DIRECTORY.writer().apply(wire), letters -> {})) {
            var taken = transactions.take(
                    elsewhere,
                    new org.apache.kafka.common.TopicPartition(DIRECTORY_TOPIC, 0),
                    "id-" + DIRECTORY_TOPIC,
                    0,
                    10,
                    true);
            assertThat(taken.resume()).isInstanceOf(Resume.NeedsRebuild.class);
        }
    }

    @Test
    void every_table_view_and_function_says_what_it_is() throws Exception {
        assertThat(tables.rows("SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = 'repertoire' AND c.relkind IN ('r', 'v') AND c.relname NOT LIKE 'flyway%'"
                        + " AND obj_description(c.oid, 'pg_class') IS NULL"))
                .isEmpty();
    }

    private String status(String importId) throws Exception {
        return tables.value("SELECT status FROM repertoire.import WHERE import_id = '" + importId + "'");
    }

    private static String incompressible(int length) {
        var random = new Random(7);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString();
    }
}
