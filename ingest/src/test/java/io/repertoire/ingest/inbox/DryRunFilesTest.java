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
            var aborted = new AbortedDryRuns(folders, claims, receipts, new Waiting(folders), sent::add);
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

    @Test
    void a_dry_run_that_was_cut_off_and_that_nobody_waits_for_any_more_is_ended_and_dropped() throws IOException {
        Claim begun;
        try (Waiting.Shown here = new Waiting(folders).show("w1")) {
            assertThat(here).isNotNull();
            begun = cutOff("dry-run=true\nticket=t1\nwaiter=w1\n");
        }
        long sent = topic.submissions.size() - 1;
        goOn(FlowControl.OFF);
        assertThat(last().getKind()).isEqualTo(SubmissionKind.IMPORT_END);
        assertThat(last().getImportId()).isEqualTo(begun.importId());
        assertThat(last().getImportEnd().getRead()).isEqualTo(sent);
        assertThat(last().getImportEnd().getRefusedCode()).isEqualTo("CANCELLED");
        assertThat(folders.processing()).isEmptyDirectory();
        assertThat(folders.done()).isEmptyDirectory();
    }

    @Test
    void a_dry_run_that_was_not_begun_and_that_nobody_waits_for_any_more_leaves_nothing() throws IOException {
        dropAndProcess("a.csv", rows(5), "t1", "dry-run=true\nwaiter=w1\n");
        assertThat(topic.submissions).isEmpty();
        assertThat(folders.processing()).isEmptyDirectory();
    }

    @Test
    void a_dry_run_that_somebody_waits_for_goes_on_and_so_does_an_import_that_nobody_waits_for() throws IOException {
        try (Waiting.Shown here = new Waiting(folders).show("w1")) {
            assertThat(here).isNotNull();
            cutOff("dry-run=true\nticket=t1\nwaiter=w1\n");
            goOn(FlowControl.OFF);
        }
        assertOnce(1_000);
        topic.submissions.clear();
        cutOff("ticket=t2\nwaiter=w2\n");
        goOn(FlowControl.OFF);
        assertOnce(1_000);
    }

    @Test
    void a_dry_run_that_was_aborted_is_not_sent_again_when_nobody_waits_or_it_was_cancelled() throws IOException {
        Claim gone;
        try (Waiting.Shown here = new Waiting(folders).show("w1")) {
            assertThat(here).isNotNull();
            gone = dropAndProcess("a.csv", rows(5), "d1", "dry-run=true\nwaiter=w1\n");
        }
        Claim kept = dropAndProcess("b.csv", rows(6), "d2", "dry-run=true\n");
        var sent = new ArrayList<Claim>();
        var aborted = new AbortedDryRuns(folders, claims, receipts, new Waiting(folders), sent::add);
        aborted.note(summary(gone.importId()));
        ImportSummary cancelled = summary(kept.importId());
        cancelled.setRefusedCode("CANCELLED");
        aborted.note(cancelled);
        aborted.sendAgain();
        assertThat(sent).isEmpty();
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
