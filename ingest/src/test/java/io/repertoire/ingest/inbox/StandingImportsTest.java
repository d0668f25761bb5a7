package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.OnError;
import io.repertoire.schemas.OutcomeCounts;
import io.repertoire.schemas.ProgressState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Content that was sent to its end counts as imported for as long as an import of it stands. */
class StandingImportsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final Map<String, ImportSummary> imports = new HashMap<>();

    private void held(String importId, ImportStatus status, int hour, boolean dryRun) {
        var spec = new ImportSpec(
                "a.csv",
                "abc",
                1L,
                "csv",
                "english",
                "UTF-8",
                ",",
                ImportMode.UPSERT,
                OnError.REJECT_ROWS,
                null,
                false,
                dryRun,
                AT,
                AT,
                java.util.List.of(),
                null);
        imports.put(
                importId,
                new ImportSummary(
                        "main",
                        importId,
                        status,
                        spec,
                        new OutcomeCounts(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                        0L,
                        0L,
                        null,
                        null,
                        AT.plusSeconds(3_600L * hour),
                        AT,
                        false,
                        null));
    }

    private @Nullable String counting(String completed) {
        var sent = new IngestProgress();
        sent.setDirectoryId("main");
        sent.setSha256("abc");
        sent.setImportId(completed);
        sent.setState(ProgressState.SENT);
        sent.setUpdatedAt(AT);
        sent.setCompletedImportId(completed);
        return StandingImports.counting(sent, imports).getCompletedImportId();
    }

    @Test
    void an_import_that_was_cancelled_does_not_count() {
        held("i1", ImportStatus.PROCESSED, 1, false);
        imports.get("i1").setRefusedCode("CANCELLED");
        held("i2", ImportStatus.UNDONE, 2, false);
        assertThat(counting("i2")).isNull();
    }

    @Test
    void an_import_that_stands_or_is_not_over_or_was_forgotten_counts() {
        held("i1", ImportStatus.PROCESSED, 1, false);
        held("i2", ImportStatus.RUNNING, 2, false);
        assertThat(counting("i1")).isEqualTo("i1");
        assertThat(counting("i2")).isEqualTo("i2");
        assertThat(counting("i3")).isEqualTo("i3");
    }

    @Test
    void one_that_was_undone_does_not() {
        held("i1", ImportStatus.UNDONE, 1, false);
        assertThat(counting("i1")).isNull();
    }

    @Test
    void where_a_forced_one_was_undone_the_one_before_it_still_counts() {
        held("i1", ImportStatus.PROCESSED, 1, false);
        held("i2", ImportStatus.PROCESSED, 2, true);
        held("i3", ImportStatus.UNDONE, 3, false);
        assertThat(counting("i3")).isEqualTo("i1");
    }
}
