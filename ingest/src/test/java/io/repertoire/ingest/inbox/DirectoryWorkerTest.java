package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.ProgressState;
import io.repertoire.schemas.SubmissionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the inbox to a topic: once, whatever fails. */
class DirectoryWorkerTest extends WorkerRig {

    @Test
    void content_that_is_new_is_sent_without_a_look_at_all_the_imports_there_were() throws IOException {
        dropAndProcess("a.csv", rows(3), "t1", "");
        dropAndProcess("b.csv", rows(4), null, "");
        assertThat(topic.askedWhatStands).isZero();
    }

    @Test
    void a_file_dropped_by_hand_whose_content_was_imported_is_kept_with_a_note_that_names_the_import()
            throws IOException {
        Claim first = dropAndProcess("a.csv", rows(3), "t1", "");
        Claim again = dropAndProcess("b.csv", rows(3), null, "mode=create-only\n");
        Path folder = folders.refused().resolve(again.importId());
        assertThat(folder.resolve("b.csv")).exists();
        assertThat(Files.readString(folder.resolve("duplicate.txt"))).contains(first.importId(), "--force");
    }

    @Test
    void a_file_becomes_its_rows_between_two_markers_and_moves_to_done() throws IOException {
        Claim claim = dropAndProcess("clients.csv", rows(3), "t1", "");

        assertThat(topic.submissions)
                .extracting(CustomerSubmission::getKind)
                .containsExactly(
                        SubmissionKind.IMPORT_START,
                        SubmissionKind.RECORD,
                        SubmissionKind.RECORD,
                        SubmissionKind.RECORD,
                        SubmissionKind.IMPORT_END);
        assertThat(claim.importId())
                .isEqualTo("20260304-050607-" + claim.sha256().substring(0, 6));
        assertThat(topic.submissions)
                .extracting(CustomerSubmission::getImportId)
                .containsOnly(claim.importId());
        assertThat(last().getImportEnd().getRead()).isEqualTo(3);
        assertThat(folders.done().resolve(claim.importId()).resolve("clients.csv"))
                .exists();
        assertThat(folders.processing()).isEmptyDirectory();
        Receipt receipt = receipts.read("t1");
        assertThat(receipt).isNotNull();
        assertThat(receipt.state()).isEqualTo(Receipt.State.SENT);
        assertThat(receipt.rowsSent()).isEqualTo(3);
        assertThat(receipt.layout()).isEqualTo("plain-en");
    }

    @Test
    void p49_that_a_file_was_still_being_written_when_it_was_taken_is_told_until_it_is_dropped_whole()
            throws IOException {
        Claim claim = dropAndProcess("a.csv", rows(3), null, "");
        dropAndProcess("b.csv", rows(5), null, "");
        lateWrites.look();
        assertThat(conditions.worst().state()).isEqualTo(Health.State.UP);
        // Who writes it has it open under whatever name it has now.
        Path done = folders.done().resolve(claim.importId()).resolve("a.csv");
        Files.writeString(done, "Ann,late@example.org\n", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(done, FileTime.from(claim.modifiedAt().plusSeconds(3)));

        lateWrites.look();
        assertThat(conditions.worst().detail()).contains(claim.importId(), "still being written");
        dropAndProcess("c.csv", rows(6), null, "");
        lateWrites.look();
        assertThat(conditions.worst().detail()).contains(claim.importId());

        dropAndProcess("a.csv", rows(4), null, "");
        lateWrites.look();
        assertThat(conditions.worst().state()).isEqualTo(Health.State.UP);
    }

    @Test
    void whatever_send_fails_and_whatever_answer_is_lost_every_row_is_there_once() throws IOException {
        for (int failAfter : new int[] {1, 2, 3, 8, 12}) {
            topic.submissions.clear();
            topic.progress.clear();
            topic.failAfter = failAfter;
            topic.loseNextAnswer = failAfter % 2 == 0;
            dropAndProcess("f" + failAfter + ".csv", rows(10), null, "");
            assertOnce(10);
        }
    }

    @Test
    void p50_after_a_kill_the_next_run_goes_on_at_the_row_and_sends_no_second_start() throws IOException {
        stopping = false;
        Claim claim = cutOff("");
        long committed = topic.submissions.size();
        assertThat(committed).isBetween(1L, 1_000L);
        assertThat(progress(claim).getState()).isEqualTo(ProgressState.SENDING);

        stopping = false;
        List<Claim> found = new Claims(folders, CLOCK).recover(Recovered.ALL);
        assertThat(found).containsExactly(claim);
        try (DirectoryWorker worker = worker(FlowControl.OFF)) {
            worker.process(found.get(0));
        }
        assertOnce(1_000);
        assertThat(progress(claim).getCompletedImportId()).isEqualTo(claim.importId());
    }

    @Test
    void p50_a_kill_after_the_last_commit_only_leaves_the_move_to_do() throws IOException {
        Claim claim = Objects.requireNonNull(claims.claim(drop("a.csv", rows(5), null, "")));
        var imports =
                new FileImport(Layouts::new, FileChecks.in(data, () -> false), CLOCK, IngestMetrics.NOOP, () -> false);
        try (Publisher publisher = topic.open("main", FlowControl.OFF)) {
            imports.run(claim, publisher, FlowControl.OFF, new SilentListener());
        }
        try (DirectoryWorker worker = worker(FlowControl.OFF)) {
            worker.process(claims.recover(Recovered.ALL).get(0));
        }
        assertOnce(5);
        assertThat(folders.done().resolve(claim.importId())).exists();
    }

    @Test
    void p51_the_same_content_again_changes_nothing_and_says_which_import_it_was() throws IOException {
        Claim first = dropAndProcess("a.csv", rows(5), null, "");
        dropAndProcess("b.csv", rows(5), "t2", "");
        assertOnce(5);
        Receipt receipt = receipts.read("t2");
        assertThat(receipt).isNotNull();
        assertThat(receipt.state()).isEqualTo(Receipt.State.DUPLICATE);
        assertThat(receipt.duplicateOf()).isEqualTo(first.importId());
        assertThat(folders.processing()).isEmptyDirectory();
    }

    @Test
    void p51_forced_the_same_content_is_a_second_import() throws IOException {
        Claim first = dropAndProcess("a.csv", rows(5), null, "");
        Claim second = dropAndProcess("a.csv", rows(5), null, "force=true\n");
        assertThat(second.importId()).isEqualTo(first.importId() + "-2");
        assertThat(topic.submissions).hasSize(14);
        assertThat(topic.submissions.get(7).getImportSpec().getForced()).isTrue();
    }

    @Test
    void the_same_content_in_another_directory_is_another_import() throws IOException {
        dropAndProcess("a.csv", rows(5), null, "");
        Files.createDirectory(folders.inbox().resolve("two"));
        Path file = Files.writeString(folders.inbox().resolve("two/a.csv"), rows(5));
        Claim claim = Objects.requireNonNull(claims.claim(new Drop("two", file)));
        try (DirectoryWorker worker = new DirectoryWorker("two", shared(FlowControl.OFF))) {
            worker.process(claim);
        }
        assertThat(topic.submissions).hasSize(14);
        assertThat(last().getDirectoryId()).isEqualTo("two");
    }

    @Test
    void whoever_drops_a_file_again_that_was_cut_off_gets_the_import_that_went_on() throws IOException {
        Claim first = dropAndProcess("a.csv", rows(5), null, "");
        resumed.add(first.importId());
        dropAndProcess("a.csv", rows(5), "t3", "");
        Receipt receipt = receipts.read("t3");
        assertThat(receipt).isNotNull();
        assertThat(receipt.state()).isEqualTo(Receipt.State.SENT);
        assertThat(receipt.importId()).isEqualTo(first.importId());
        assertThat(receipt.duplicateOf()).isNull();
    }

    @Test
    void content_whose_claim_was_lost_goes_on_under_its_first_import_id() throws IOException {
        Claim lost = cutOff("");
        stopping = false;
        for (Path file : List.of(lost.file(), lost.folder().resolve("claim.properties"))) {
            Files.delete(file);
        }
        Files.walk(lost.folder()).sorted((a, b) -> b.compareTo(a)).forEach(path -> {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Claim again = Objects.requireNonNull(new Claims(folders, Clock.offset(CLOCK, java.time.Duration.ofHours(1)))
                .claim(drop("a.csv", rows(1_000), null, "")));
        assertThat(again.importId()).isNotEqualTo(lost.importId());
        try (DirectoryWorker worker = worker(FlowControl.OFF)) {
            worker.process(again);
        }
        assertOnce(1_000);
        assertThat(folders.done().resolve(lost.importId())).exists();
    }

    @Test
    void a_file_refused_as_a_whole_shows_up_as_an_import_without_rows() throws IOException {
        Claim claim = dropAndProcess("a.csv", "x,y\n1,2\n", "t4", "");
        assertThat(topic.submissions)
                .extracting(CustomerSubmission::getKind)
                .containsExactly(SubmissionKind.IMPORT_START, SubmissionKind.IMPORT_END);
        assertThat(last().getImportEnd().getRefusedCode()).isEqualTo("NO_HEADER");
        assertThat(last().getImportEnd().getRead()).isZero();
        assertThat(folders.refused().resolve(claim.importId()).resolve("a.csv")).exists();
        Receipt receipt = receipts.read("t4");
        assertThat(receipt).isNotNull();
        assertThat(receipt.state()).isEqualTo(Receipt.State.REFUSED);
        assertThat(receipt.refused()).isNotNull();
    }

    @Test
    void an_option_that_is_not_understood_refuses_the_file() throws IOException {
        for (String option : List.of("mode=upsrt", "on-error=reject", "dry-run=yes", "colour=red")) {
            dropAndProcess("a.csv", rows(2), "t6", option + "\n");
            assertThat(Objects.requireNonNull(receipts.read("t6")).refused().code())
                    .isEqualTo("BAD_OPTION");
        }
        assertThat(topic.submissions).noneMatch(s -> s.getKind() == SubmissionKind.RECORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"force=yes", "dry-run=1", "source=roy@example.org", "source=till 7"})
    void an_option_that_is_not_understood_refuses_the_file_and_is_not_passed_over(String option) throws IOException {
        dropAndProcess("a.csv", rows(2), "t1", option + "\n");
        assertThat(Objects.requireNonNull(receipts.read("t1")).refused().code()).isEqualTo("BAD_OPTION");
        assertThat(topic.submissions).noneMatch(s -> s.getKind() == SubmissionKind.RECORD);
    }

    @Test
    void a_refused_file_can_be_dropped_again_and_a_completed_one_stays_completed() throws IOException {
        Claim first = dropAndProcess("a.csv", rows(2), null, "");
        dropAndProcess("a.csv", rows(2), "t7", "force=true\nmode=whatever\n");
        dropAndProcess("a.csv", rows(2), "t8", "");
        assertThat(Objects.requireNonNull(receipts.read("t8")).duplicateOf()).isEqualTo(first.importId());
    }

    @Test
    void the_folders_options_hold_for_every_file_and_a_sidecar_has_the_last_word() throws IOException {
        Files.writeString(folders.inbox().resolve("import.properties"), "group=spring\nsource=till\nticket=no\n");
        dropAndProcess("a.csv", rows(1), "t9", "source=other\n");
        assertThat(topic.submissions.get(0).getImportSpec().getGroup()).isEqualTo("spring");
        assertThat(topic.submissions.get(0).getImportSpec().getSourceSystem()).isEqualTo("other");
        assertThat(receipts.read("no")).isNull();
    }
}
