package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** DESIGN §8: a dry run decides what the import would, and leaves nothing but its outcomes and its summary. */
class DryRunTest {

    private static final Duration SILENCE = DryRuns.SILENCE;

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));

    private void begin(String importId) {
        directory.apply(People.startDry(importId, ImportMode.UPSERT, null));
    }

    private RowOutcome row(String importId, long line, People person) {
        directory.apply(person.from("csv").row(importId, "sha", line).said());
        return directory.lastSent(Topics.ROW_OUTCOMES).get(0);
    }

    private ImportSummary end(String importId, long read) {
        directory.apply(People.end(importId, read));
        return directory.lastSent(Topics.IMPORTS).get(0);
    }

    private void clear() {
        while (!directory.all(StateTable.JOBS).isEmpty()) {
            directory.apply(new Input.Continue(People.DIRECTORY, DryRuns.JOB, People.RECEIVED));
        }
    }

    private static People jean() {
        return People.named("Jean", "Tremblay").email("j@x.ca");
    }

    @Test
    void one_that_is_cancelled_is_aborted_and_cleared() {
        begin("d1");
        row("d1", 2, jean());
        Input.Submission end = People.end("d1", 1);
        end.value().getImportEnd().setRefusedCode(ImportEnds.CANCELLED);
        directory.apply(end);
        ImportSummary summary = directory.lastSent(Topics.IMPORTS).get(0);
        assertThat(summary.getStatus()).isEqualTo(ImportStatus.DRY_RUN_ABORTED);
        assertThat(summary.getRefusedCode()).as("nobody sends it again").isEqualTo("CANCELLED");
        clear();
        assertThat(directory.snapshot().keySet())
                .containsExactly(StateTable.IMPORT_PROGRESS.name(), StateTable.IMPORTS.name());
    }

    @Test
    void its_rows_see_each_other_and_nobody_else_sees_them() {
        begin("d1");
        assertThat(row("d1", 2, jean()).getOutcome()).isEqualTo(RowOutcomeKind.CREATED);
        assertThat(row("d1", 3, jean()).getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
        RowOutcome updated = row("d1", 4, jean().phone("5145550001"));
        assertThat(updated.getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        assertThat(updated.getCustomerId()).as("there is no such customer").isNull();
        assertThat(updated.getSourceKey()).isNull();
        ImportSummary summary = end("d1", 3);
        assertThat(summary.getStatus()).isEqualTo(ImportStatus.DRY_RUN_DONE);
        assertThat(summary.getCounts().getCreated()).isEqualTo(1);
        assertThat(summary.getDirectoryChangedMeanwhile()).isFalse();

        assertThat(directory.outputs())
                .extracting(o -> o.topic().name())
                .containsOnly(Topics.IMPORTS.name(), Topics.ROW_OUTCOMES.name());
        assertThat(directory.customers()).isEmpty();
        clear();
        assertThat(directory.snapshot().keySet())
                .containsExactly(StateTable.IMPORT_PROGRESS.name(), StateTable.IMPORTS.name());
    }

    @Test
    void a_row_names_the_customer_only_if_there_is_one_for_real() {
        directory.apply(jean().from("csv").said());
        String id = directory.customers().get(0).getCustomerId();
        begin("d1");
        assertThat(row("d1", 2, jean().phone("5145550001")).getCustomerId()).isEqualTo(id);
        assertThat(row("d1", 3, jean()).getSourceKey()).isNotNull();
    }

    @Test
    void a_bad_row_is_told_and_goes_to_no_error_topic() {
        begin("d1");
        RowOutcome bad = row("d1", 2, People.nameless());
        assertThat(bad.getOutcome()).isEqualTo(RowOutcomeKind.REJECTED);
        assertThat(bad.getProblems()).isNotEmpty();
        directory.apply(
                new Input.Failed(jean().from("csv").row("d1", "sha", 3).submission(), ProblemCode.INTERNAL_ERROR));
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES)).hasSize(1);
        assertThat(directory.sent(Topics.REJECTED)).isEmpty();
        assertThat(end("d1", 2).getCounts().getRejected()).isEqualTo(2);
    }

    @Test
    void codes_and_ids_it_thought_of_are_given_out_later() {
        begin("d1");
        row("d1", 2, jean());
        end("d1", 1);
        directory.apply(People.named("Luc", "Roy").email("l@x.ca").from("till").said());
        assertThat(directory.customers().get(0).getCode()).isEqualTo("C-00001");
    }

    @Test
    void a_till_that_sells_meanwhile_is_not_hindered_and_the_summary_tells() {
        begin("d1");
        row("d1", 2, jean());
        directory.apply(jean().from("till").withId("7").said());
        assertThat(directory.customers()).hasSize(1);
        assertThat(directory.lastSent(Topics.CHANGES)).hasSize(1);
        row("d1", 3, People.named("Luc", "Roy").email("l@x.ca"));
        assertThat(end("d1", 2).getDirectoryChangedMeanwhile()).isTrue();
    }

    @Test
    void once_its_overlay_is_gone_it_is_aborted_at_the_next_row_and_says_no_more() {
        begin("d1");
        row("d1", 2, jean());
        directory.restart();
        directory.apply(
                People.named("Luc", "Roy").from("csv").row("d1", "sha", 3).said());
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES)).isEmpty();
        assertThat(directory.lastSent(Topics.IMPORTS).get(0).getStatus()).isEqualTo(ImportStatus.DRY_RUN_ABORTED);
        directory.apply(
                People.named("Luc", "Roy").from("csv").row("d1", "sha", 4).said());
        directory.apply(People.end("d1", 3));
        assertThat(directory.lastSent(Topics.IMPORTS)).isEmpty();
        begin("d2");
        assertThat(row("d2", 2, jean()).getOutcome()).isEqualTo(RowOutcomeKind.CREATED);
        assertThat(end("d2", 1).getStatus()).isEqualTo(ImportStatus.DRY_RUN_DONE);
    }

    @Test
    void one_whose_rows_were_all_decided_ends_even_if_its_overlay_is_gone() {
        begin("d1");
        row("d1", 2, jean());
        directory.restart();
        assertThat(end("d1", 1).getStatus()).isEqualTo(ImportStatus.DRY_RUN_DONE);
    }

    @Test
    void a_later_dry_run_is_not_cleared_away_with_an_earlier_one() {
        begin("d1");
        row("d1", 2, jean());
        end("d1", 1);
        begin("d2");
        row("d2", 2, jean());
        clear();
        assertThat(row("d2", 3, jean()).getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
        end("d2", 2);
        clear();
        assertThat(directory.all(StateTable.DRY_RUN)).isEmpty();
    }

    @Test
    void what_is_left_of_a_run_that_a_restart_cut_off_is_cleared_after_the_start() {
        begin("d1");
        for (int line = 2; line < 400; line++) {
            row("d1", line, People.named("Jean" + line, "Roy").email(line + "@x.ca"));
        }
        Map<String, Map<String, String>> before = directory.snapshot();
        assertThat(before.get(StateTable.DRY_RUN.name())).hasSizeGreaterThan(1_000);
        directory.loseEpoch();
        directory.apply(new Input.Inspect(People.DIRECTORY, People.RECEIVED));
        clear();
        assertThat(directory.snapshot().keySet())
                .containsExactly(StateTable.IMPORT_PROGRESS.name(), StateTable.IMPORTS.name());
    }

    private void look(Duration after) {
        directory.apply(new Input.LookAtDryRuns(People.DIRECTORY, People.RECEIVED.plus(after)));
    }

    @Test
    void one_of_which_nothing_comes_for_a_day_is_aborted_and_cleared_away_and_one_that_comes_further_is_not() {
        begin("d1");
        row("d1", 2, jean());
        look(Duration.ofHours(1));
        look(Duration.ofHours(24));
        row("d1", 3, jean().phone("5145550001"));
        look(Duration.ofHours(25));
        look(Duration.ofHours(48));
        assertThat(directory.all(StateTable.JOBS)).isEmpty();
        assertThat(row("d1", 4, jean()).getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);

        look(Duration.ofHours(49));
        look(Duration.ofHours(73));
        ImportSummary aborted = directory.lastSent(Topics.IMPORTS).get(0);
        assertThat(aborted.getStatus()).isEqualTo(ImportStatus.DRY_RUN_ABORTED);
        assertThat(aborted.getCounts().getRead()).isEqualTo(3);
        clear();
        assertThat(directory.snapshot().keySet())
                .containsExactly(StateTable.IMPORT_PROGRESS.name(), StateTable.IMPORTS.name());
        directory.apply(jean().from("csv").row("d1", "sha", 5).said());
        directory.apply(People.end("d1", 4));
        assertThat(directory.lastSent(Topics.IMPORTS))
                .as("what comes after all is nobody's")
                .isEmpty();
    }

    @Test
    void looking_finds_each_of_several_runs_and_leaves_the_one_that_goes_on() {
        begin("d1");
        row("d1", 2, jean());
        begin("d2");
        row("d2", 2, jean());
        look(Duration.ZERO);
        row("d2", 3, jean());
        look(SILENCE);
        look(SILENCE.plusHours(1));
        assertThat(directory.sent(Topics.IMPORTS))
                .filteredOn(summary -> summary.getStatus() == ImportStatus.DRY_RUN_ABORTED)
                .extracting(ImportSummary::getImportId)
                .containsExactly("d1");
        clear();
        assertThat(row("d2", 4, jean()).getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
        end("d2", 3);
        clear();
        assertThat(directory.all(StateTable.DRY_RUN)).isEmpty();
    }

    @Test
    void keys_of_both_are_one_list_without_what_was_deleted() {
        directory.apply(
                People.named("A", "Roy").email("a@x.ca").from("csv").withId("1").said());
        directory.apply(
                People.named("B", "Roy").email("b@x.ca").from("csv").withId("2").said());
        directory.apply(
                People.named("C", "Roy").email("c@x.ca").from("csv").withId("3").said());
        var overlay = new Overlay(directory, People.DIRECTORY, "a/b%c", new Overlay.Values());
        var work = new Workspace(People.DIRECTORY, overlay, DirectoryPolicy.defaults(), 1);
        work.delete(StateTable.IDENTIFIERS, "email/b@x.ca");
        for (String email : List.of("email/aa@x.ca", "email/zz@x.ca", "email/a@x.ca")) {
            work.put(
                    StateTable.IDENTIFIERS,
                    email,
                    directory.all(StateTable.IDENTIFIERS).get(0));
        }
        var books = new Workspace(People.DIRECTORY, directory, DirectoryPolicy.defaults(), 1);
        overlay.keep(work.decision(), books);
        directory.take(books.decision());
        List<String> all = overlay.keys(StateTable.IDENTIFIERS, "main/", null, 1_000);
        assertThat(all).isSorted().doesNotHaveDuplicates();
        assertThat(Set.copyOf(all))
                .contains("main/email/a@x.ca", "main/email/aa@x.ca", "main/email/c@x.ca", "main/email/zz@x.ca")
                .doesNotContain("main/email/b@x.ca")
                .hasSize(10);
        for (int page = 1; page < 6; page++) {
            var paged = new java.util.ArrayList<String>();
            List<String> next = overlay.keys(StateTable.IDENTIFIERS, "main/", null, page);
            while (!next.isEmpty()) {
                assertThat(next).hasSizeLessThanOrEqualTo(page);
                paged.addAll(next);
                next = overlay.keys(StateTable.IDENTIFIERS, "main/", next.get(next.size() - 1), page);
            }
            assertThat(paged).isEqualTo(all);
        }
    }
}
