package io.repertoire.app.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.sink.ImportView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportResultTest {

    static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    static final ImportView COMPLETE = view("COMPLETE", 3L, 3, 2, 1, null);

    @Test
    void a_cancelled_import_shows_its_counts_and_says_so() {
        ImportResult result = result("COMPLETE", 3L, 2, 1, "CANCELLED");
        assertThat(result.refused()).isFalse();
        assertThat(result.fault()).contains("CANCELLED");
        assertThat(result.json()).contains("\"created\":2");
    }

    @Test
    void an_import_in_order_has_no_fault() {
        assertThat(result("COMPLETE", 3L, 2, 1, null).fault()).isNull();
        assertThat(result("REFUSED", 0L, 0, 0, "NO_HEADER").fault()).isNull();
    }

    @Test
    void rows_that_were_sent_and_never_decided_are_told() {
        assertThat(result("COMPLETE", 4L, 2, 1, null).fault()).contains("4 rows", "3 were decided");
    }

    @Test
    void counts_that_do_not_add_up_are_told() {
        var view = view("COMPLETE", 3L, 3, 2, 0, null);
        assertThat(new ImportResult("a.csv", "abc", view, null, null, OtherOptions.NONE).fault())
                .contains("do not add up");
    }

    @Test
    void an_import_whose_end_failed_shows_its_counts_and_the_code() {
        ImportResult result = result("COMPLETE", 3L, 2, 1, "INTERNAL_ERROR");
        assertThat(result.refused()).isFalse();
        assertThat(result.fault()).contains("INTERNAL_ERROR");
        assertThat(result.text()).contains("created", "rejected");
        assertThat(result.json()).contains("\"created\":2").doesNotContain("refused");
    }

    @Test
    void a_dry_run_says_so_and_whether_the_directory_changed_meanwhile() {
        var quiet = new ImportResult(
                "a.csv", "abc", view("DRY_RUN_DONE", 3L, 3, 2, 1, null, true, false), null, null, OtherOptions.NONE);
        assertThat(quiet.fault()).isNull();
        assertThat(quiet.json()).contains("\"created\":2", "\"dryRun\":true", "\"directoryChangedMeanwhile\":false");
        assertThat(quiet.text()).contains("nothing was changed").doesNotContain("meanwhile");
        var busy = new ImportResult(
                "a.csv", "abc", view("DRY_RUN_DONE", 3L, 3, 2, 1, null, true, true), null, null, OtherOptions.NONE);
        assertThat(busy.json()).contains("\"directoryChangedMeanwhile\":true");
        assertThat(busy.text()).contains("changed the directory meanwhile");
        assertThat(result("COMPLETE", 3L, 2, 1, null).json()).doesNotContain("dryRun", "Meanwhile");
    }

    private static ImportResult result(
            String status, @Nullable Long declared, long created, long rejected, @Nullable String code) {
        return new ImportResult(
                "a.csv",
                "abc",
                view(status, declared, created + rejected, created, rejected, code),
                null,
                null,
                OtherOptions.NONE);
    }

    private static ImportView view(
            String status, @Nullable Long declared, long read, long created, long rejected, @Nullable String code) {
        return view(status, declared, read, created, rejected, code, false, false);
    }

    private static ImportView view(
            String status,
            @Nullable Long declared,
            long read,
            long created,
            long rejected,
            @Nullable String code,
            boolean dryRun,
            boolean changed) {
        return new ImportView(
                "main",
                "i1",
                status,
                "a.csv",
                "abc",
                10L,
                "plain",
                "plain",
                "UTF-8",
                ",",
                "UPSERT",
                "REJECT_ROWS",
                null,
                false,
                dryRun,
                null,
                read,
                declared,
                created,
                0,
                0,
                0,
                0,
                rejected,
                0,
                7,
                code,
                code == null ? null : "why",
                changed,
                AT,
                AT,
                AT,
                read,
                null,
                AT);
    }
}
