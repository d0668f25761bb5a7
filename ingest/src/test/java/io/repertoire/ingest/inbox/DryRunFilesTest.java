package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.OutcomeCounts;
import io.repertoire.schemas.SubmissionKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files that are dry runs, and what they are to imports of the same content. */
class DryRunFilesTest extends WorkerRig {

    @Test
    void a_dry_run_is_no_import_of_the_content_and_runs_whatever_was_imported() throws IOException {
        dropAndProcess("a.csv", rows(2), "d1", "dry-run=true\n");
        dropAndProcess("a.csv", rows(2), "d2", "dry-run=true\n");
        dropAndProcess("a.csv", rows(2), "t1", "");
        dropAndProcess("a.csv", rows(2), "d3", "dry-run=true\n");
        dropAndProcess("a.csv", rows(2), "t2", "");
        for (String run : List.of("d1", "d2", "t1", "d3")) {
            assertThat(Objects.requireNonNull(receipts.read(run)).state()).isEqualTo(Receipt.State.SENT);
        }
        assertThat(Objects.requireNonNull(receipts.read("t2")).duplicateOf())
                .isEqualTo(Objects.requireNonNull(receipts.read("t1")).importId());
        assertThat(topic.submissions.stream()
                        .filter(s -> s.getKind() == SubmissionKind.IMPORT_START)
                        .map(s -> s.getImportSpec().getDryRun()))
                .containsExactly(true, true, false, true);
    }

    @Test
    void an_import_that_was_cut_off_goes_on_whatever_dry_run_of_the_same_content_comes_between() throws IOException {
        Claim cutOff = cutOff("");
        stopping = false;
        List<CustomerSubmission> before = List.copyOf(topic.submissions);
        dropAndProcess("a.csv", rows(1_000), "d1", "dry-run=true\n");
        topic.submissions.clear();
        topic.submissions.addAll(before);
        try (DirectoryWorker worker = worker(FlowControl.OFF)) {
            worker.process(cutOff);
        }
        assertOnce(1_000);
    }

    @Test
    void a_dry_run_that_was_aborted_is_sent_again_as_another_that_its_receipt_names() throws IOException {
        Claim first = dropAndProcess("a.csv", rows(5), "d1", "dry-run=true\n");
        var sent = new ArrayList<Claim>();
        for (int start = 0; start < 2; start++) {
            var aborted = new AbortedDryRuns(folders, claims, receipts, sent::add);
            aborted.note(summary(first.importId()));
            aborted.note(summary("somebody-elses"));
            aborted.sendAgain();
            aborted.sendAgain();
        }
        assertThat(sent).hasSize(1);
        Claim second = sent.get(0);
        assertThat(second.importId()).isNotEqualTo(first.importId());
        assertThat(folders.done()).isEmptyDirectory();
        try (DirectoryWorker worker = worker(FlowControl.OFF)) {
            worker.process(second);
        }
        Receipt receipt = Objects.requireNonNull(receipts.read("d1"));
        assertThat(receipt.importId()).isEqualTo(second.importId());
        assertThat(receipt.state()).isEqualTo(Receipt.State.SENT);
        assertThat(topic.submissions.subList(7, 14))
                .extracting(CustomerSubmission::getImportId)
                .containsOnly(second.importId());
    }

    private static ImportSummary summary(String importId) {
        return ImportSummary.newBuilder()
                .setDirectoryId("main")
                .setImportId(importId)
                .setStatus(ImportStatus.DRY_RUN_ABORTED)
                .setCounts(new OutcomeCounts(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L))
                .setStartedAt(CLOCK.instant())
                .build();
    }
}
