package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.SubmissionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A file that is not to be read further: what was committed is the import, and its end says that it was cut. */
class CancellationsTest extends WorkerRig {

    private Cancellations cancellations() {
        return new Cancellations(folders);
    }

    /** Rows pass in transactions of a hundred; after this many somebody has had enough. */
    private FlowControl cancelledAfter(int rows, Claim claim) {
        return new FlowControl() {
            @Override
            public int room() {
                if (topic.submissions.size() >= rows) {
                    try {
                        assertThat(cancellations().ask(claim.importId(), CLOCK.instant()))
                                .isTrue();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
                return 100;
            }
        };
    }

    private void process(Claim claim, FlowControl flow) throws IOException {
        try (DirectoryWorker worker = worker(flow)) {
            worker.process(claim);
        }
    }

    private void assertCut(Claim claim, int rows) throws IOException {
        assertThat(topic.submissions).hasSize(rows + 2);
        assertThat(last().getKind()).isEqualTo(SubmissionKind.IMPORT_END);
        assertThat(last().getImportEnd().getRead()).isEqualTo(rows);
        assertThat(last().getImportEnd().getRefusedCode()).isEqualTo("CANCELLED");
        assertThat(folders.processing()).isEmptyDirectory();
        assertThat(cancellations().note(claim.importId())).contains("The first " + rows + " rows", "imports undo");
        assertThat(folders.done().resolve(claim.importId()).resolve("a.csv")).exists();
    }

    @Test
    void the_rows_committed_by_then_are_the_import_and_the_content_may_be_imported_again() throws IOException {
        Claim claim = Objects.requireNonNull(claims.claim(drop("a.csv", rows(1_000), "t1", "")));
        process(claim, cancelledAfter(300, claim));
        // How many a slow machine puts into a transaction is its own affair.
        int rows = topic.submissions.size() - 2;
        assertThat(rows).isBetween(298, 999);
        assertCut(claim, rows);
        Receipt receipt = Objects.requireNonNull(receipts.read("t1"));
        assertThat(receipt.state()).isEqualTo(Receipt.State.SENT);
        assertThat(receipt.rowsSent()).isEqualTo(rows);
        topic.submissions.clear();
        Claim again = dropAndProcess("a.csv", rows(1_000), "t2", "");
        assertThat(again.importId()).isNotEqualTo(claim.importId());
        assertOnce(1_000);
        assertThat(progress(again).getCompletedImportId()).isEqualTo(again.importId());
    }

    @Test
    void an_import_that_was_cut_off_by_a_restart_is_cancelled_when_it_would_go_on() throws IOException {
        Claim claim = cutOff("");
        int sent = topic.submissions.size() - 1;
        assertThat(cancellations().running(claim.importId().substring(0, 9))).containsExactly(claim.importId());
        assertThat(cancellations().ask(claim.importId(), CLOCK.instant())).isTrue();
        goOn(FlowControl.OFF);
        assertCut(claim, sent);
    }

    @Test
    void a_crash_before_the_file_is_put_away_ends_it_once() throws IOException {
        Claim claim = cutOff("");
        int sent = topic.submissions.size() - 1;
        assertThat(cancellations().ask(claim.importId(), CLOCK.instant())).isTrue();
        topic.loseNextAnswer = true;
        goOn(FlowControl.OFF);
        assertCut(claim, sent);
    }

    @Test
    void one_that_was_not_begun_is_refused_and_one_that_is_over_cannot_be_cancelled() throws IOException {
        Claim claim = Objects.requireNonNull(claims.claim(drop("a.csv", rows(3), "t1", "")));
        assertThat(cancellations().ask(claim.importId(), CLOCK.instant())).isTrue();
        process(claim, FlowControl.OFF);
        Receipt receipt = Objects.requireNonNull(receipts.read("t1"));
        assertThat(receipt.state()).isEqualTo(Receipt.State.REFUSED);
        assertThat(Objects.requireNonNull(receipt.refused()).code()).isEqualTo("CANCELLED");
        assertThat(topic.submissions).hasSize(2);
        assertThat(cancellations().note(claim.importId())).contains("Nothing of it was imported");

        Claim over = dropAndProcess("b.csv", rows(4), "t2", "");
        assertThat(cancellations().ask(over.importId(), CLOCK.instant())).isFalse();
        assertThat(cancellations().running(over.importId())).isEmpty();
        assertThat(cancellations().note(over.importId())).isNull();
    }

    @Test
    void a_file_that_is_called_like_the_note_is_kept() throws IOException {
        Claim claim = Objects.requireNonNull(claims.claim(drop("cancelled.txt", rows(3), "t1", "")));
        assertThat(cancellations().ask(claim.importId(), CLOCK.instant())).isTrue();
        process(claim, FlowControl.OFF);
        assertThat(Files.readString(folders.refused().resolve(claim.importId()).resolve("cancelled.csv")))
                .isEqualTo(rows(3));
    }
}
