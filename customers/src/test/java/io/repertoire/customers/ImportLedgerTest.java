package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportEnd;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.ImportState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** DESIGN §8: an import's books balance, whatever becomes of its rows and markers. */
class ImportLedgerTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private long line = 1;

    private RowOutcome row(People person) {
        directory.apply(person.from("csv").row("i1", "sha1", ++line).said());
        return directory.lastSent(Topics.ROW_OUTCOMES).get(0);
    }

    private static CustomerSubmission marker(SubmissionKind kind, @Nullable ImportEnd end) {
        CustomerSubmission marker = People.named("x", "y").submission();
        marker.setKind(kind);
        marker.setImportId("i1");
        marker.setCustomer(null);
        marker.setImportEnd(end);
        return marker;
    }

    private ImportSummary summary() {
        return directory.lastSent(Topics.IMPORTS).get(0);
    }

    @Test
    void p58_an_import_runs_ends_and_balances() {
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        assertThat(directory.lastSent(Topics.IMPORTS))
                .extracting(ImportSummary::getStatus)
                .containsExactly(ImportStatus.RUNNING);
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        row(People.nameless());
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        directory.apply(People.end("i1", 4));
        ImportSummary summary = directory.lastSent(Topics.IMPORTS).get(0);
        assertThat(summary.getStatus()).isEqualTo(ImportStatus.PROCESSED);
        assertThat(summary.getCounts().getRead()).isEqualTo(3);
        assertThat(summary.getDeclaredRead()).as("a lost row shows").isEqualTo(4);
        assertThat(summary.getCounts().getCreated()).isEqualTo(1);
        assertThat(summary.getCounts().getRejected()).isEqualTo(1);
        assertThat(summary.getCounts().getUnchanged()).isEqualTo(1);
        assertThat(summary.getThroughVersion()).isEqualTo(1);
        assertThat(summary.getSpec().getFileName()).isEqualTo("i1.csv");
    }

    @Test
    void p52_two_rows_that_say_the_same_are_two_rows_and_one_record() {
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        directory.apply(People.end("i1", 2));
        assertThat(directory.sent(Topics.ROW_OUTCOMES))
                .extracting(RowOutcome::getOutcome)
                .containsExactly(RowOutcomeKind.CREATED, RowOutcomeKind.UNCHANGED);
        assertThat(directory.sent(Topics.ROW_OUTCOMES))
                .extracting(RowOutcome::getLine)
                .doesNotHaveDuplicates();
        assertThat(directory.lastSent(Topics.IMPORTS).get(0).getCounts().getRead())
                .isEqualTo(2);
        assertThat(directory.sourceRecords()).hasSize(1);
    }

    @Test
    void a_row_sent_twice_is_answered_once() {
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        directory.apply(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .row("i1", "sha1", 2)
                .said());
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES)).isEmpty();
    }

    @Test
    void every_event_without_an_import_has_no_row_outcome() {
        directory.apply(People.named("Jean", "Tremblay").email("j@x.ca").said());
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES)).isEmpty();
        directory.apply(People.nameless().said());
        assertThat(directory.lastSent(Topics.REJECTED)).hasSize(1);
    }

    @Test
    void a_refused_file_shows_in_the_list_of_imports() {
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        directory.apply(People.refused("i1", "NO_HEADER"));
        ImportSummary summary = directory.lastSent(Topics.IMPORTS).get(0);
        assertThat(summary.getStatus()).isEqualTo(ImportStatus.REFUSED);
        assertThat(summary.getRefusedCode()).isEqualTo("NO_HEADER");
    }

    @Test
    void an_import_that_was_cancelled_ends_with_the_counts_so_far_says_so_and_can_be_undone() {
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        row(People.named("Anne", "Roy").email("a@x.ca"));
        directory.apply(new Input.Submission(marker(
                SubmissionKind.IMPORT_END, new ImportEnd(2L, ImportEnds.CANCELLED, "The import was cancelled."))));
        assertThat(summary().getStatus()).isEqualTo(ImportStatus.PROCESSED);
        assertThat(summary().getRefusedCode()).isEqualTo("CANCELLED");
        assertThat(summary().getCounts().getCreated()).isEqualTo(2);
        assertThat(summary().getDeclaredRead()).isEqualTo(2);
        ImportState state = directory.all(StateTable.IMPORTS).get(0);
        assertThat(state.getStatus()).as("what imports undo takes").isEqualTo(ImportStatus.PROCESSED);
    }

    @Test
    void an_import_that_was_cancelled_before_its_first_row_was_refused() {
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        directory.apply(People.refused("i1", ImportEnds.CANCELLED));
        assertThat(summary().getStatus()).isEqualTo(ImportStatus.REFUSED);
    }

    @Test
    void a_row_the_machine_failed_on_is_rejected_once_and_counts() {
        var submission = People.named("x", "y").row("i1", "sha1", 2).submission();
        directory.apply(new Input.Failed(submission, ProblemCode.INTERNAL_ERROR));
        RowOutcome outcome = directory.lastSent(Topics.ROW_OUTCOMES).get(0);
        assertThat(outcome.getOutcome()).isEqualTo(RowOutcomeKind.REJECTED);
        assertThat(outcome.getProblems()).extracting(Problem::getCode).containsExactly("INTERNAL_ERROR");
        assertThat(directory.lastSent(Topics.REJECTED)).hasSize(1);
        assertThat(directory.customers()).isEmpty();
        directory.apply(new Input.Submission(submission));
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES)).isEmpty();
    }

    @Test
    void an_import_whose_start_the_machine_failed_on_is_refused_with_all_its_rows_and_ends() {
        directory.apply(new Input.Failed(marker(SubmissionKind.IMPORT_START, null), ProblemCode.INTERNAL_ERROR));
        assertThat(summary().getStatus()).isEqualTo(ImportStatus.REFUSED);
        assertThat(summary().getRefusedCode()).isEqualTo("INTERNAL_ERROR");
        assertThat(row(People.named("Jean", "Tremblay")).getOutcome()).isEqualTo(RowOutcomeKind.REJECTED);
        assertThat(directory.customers()).isEmpty();
        directory.apply(new Input.Submission(marker(SubmissionKind.IMPORT_END, new ImportEnd(1L, null, null))));
        assertThat(summary().getStatus()).isEqualTo(ImportStatus.REFUSED);
        assertThat(summary().getRefusedCode()).isEqualTo("INTERNAL_ERROR");
        assertThat(summary().getCounts().getRejected()).isEqualTo(1);
    }

    @Test
    void an_import_whose_end_the_machine_failed_on_ends_with_its_counts_and_says_so() {
        row(People.named("Jean", "Tremblay"));
        CustomerSubmission end = marker(SubmissionKind.IMPORT_END, new ImportEnd(1L, null, null));
        directory.apply(new Input.Failed(end, ProblemCode.OUTPUT_TOO_LARGE));
        assertThat(summary().getStatus()).isEqualTo(ImportStatus.PROCESSED);
        assertThat(summary().getRefusedCode()).isEqualTo("OUTPUT_TOO_LARGE");
        assertThat(summary().getCounts().getCreated()).isEqualTo(1);
        assertThat(summary().getDeclaredRead()).isEqualTo(1);
        directory.apply(new Input.Submission(end));
        assertThat(directory.lastSent(Topics.IMPORTS)).isEmpty();
    }

    @Test
    void an_event_the_machine_failed_on_is_answered_nothing() {
        directory.apply(new Input.Failed(People.named("x", "y").submission(), ProblemCode.INTERNAL_ERROR));
        assertThat(directory.outputs()).isEmpty();
    }
}
