package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ProgressState;
import io.repertoire.schemas.SubmissionKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** on-error=reject-file: all or nothing. */
class FileCheckTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);
    private static final String ALL_OR_NOTHING = "on-error=reject-file\nticket=t1\n";

    @TempDir
    Path data;

    private final FakeTopic topic = new FakeTopic();
    private final Layouts layouts = new Layouts();
    private DataFolders folders;
    private Claims claims;
    private Receipts receipts;
    private int looksUntilStop = Integer.MAX_VALUE;

    @BeforeEach
    void prepare() throws IOException {
        folders = new DataFolders(data);
        folders.prepare();
        claims = new Claims(folders, CLOCK);
        receipts = new Receipts(folders);
    }

    @Test
    void one_bad_row_refuses_the_file_and_all_bad_rows_come_back_and_no_row_is_published() throws IOException {
        Claim claim = claim("First name,Email\nAnn,a@shop.ca\n-,\nBob,b@shop.ca\n,nobody\n", ALL_OR_NOTHING);
        process(claim);
        assertThat(topic.submissions)
                .extracting(CustomerSubmission::getKind)
                .containsExactly(SubmissionKind.IMPORT_START, SubmissionKind.IMPORT_END);
        assertThat(topic.submissions.get(0).getImportSpec().getLayout()).isEqualTo("plain-en");
        assertThat(topic.submissions.get(1).getImportEnd().getRefusedCode()).isEqualTo("ROWS_REJECTED");
        assertThat(topic.submissions.get(1).getImportEnd().getRefusedMessage()).contains("2 of 4 rows");
        assertThat(topic.submissions.get(1).getImportEnd().getRead()).isEqualTo(4);
        Receipt receipt = Objects.requireNonNull(receipts.read("t1"));
        assertThat(receipt.state()).isEqualTo(Receipt.State.REFUSED);
        assertThat(Files.readString(Path.of(receipt.rejectsFile())))
                .startsWith("First name,Email,line,field,problem\n-,,3,,\"No usable")
                .contains(",nobody,5,,");
        assertThat(folders.refused().resolve(claim.importId())).exists();
    }

    @Test
    void a_file_without_a_bad_row_is_imported_and_a_mended_one_too() throws IOException {
        process(claim("First name,Email\nAnn,a@shop.ca\n-,\n", ALL_OR_NOTHING));
        topic.submissions.clear();
        Claim mended = claim("First name,Email\nAnn,a@shop.ca\nMia,\n", ALL_OR_NOTHING);
        process(mended);
        assertThat(topic.submissions).hasSize(4);
        assertThat(Objects.requireNonNull(receipts.read("t1")).state()).isEqualTo(Receipt.State.SENT);
        assertThat(folders.done().resolve(mended.importId())).exists();
        assertThat(folders.rejects().resolve(mended.importId())).doesNotExist();
    }

    @Test
    void the_folders_options_ask_for_it_too() throws IOException {
        Files.writeString(folders.inbox().resolve("import.properties"), "on-error=reject-file\n");
        process(claim("First name,Email\n-,\n", "ticket=t1\n"));
        assertThat(Objects.requireNonNull(receipts.read("t1")).refused().code()).isEqualTo("ROWS_REJECTED");
    }

    @Test
    void a_kill_in_the_middle_of_the_check_or_before_the_file_is_put_away_changes_nothing() throws IOException {
        Claim claim = claim("First name,Email\n" + "-,\n".repeat(5_000), ALL_OR_NOTHING);
        looksUntilStop = 4;
        process(claim);
        assertThat(topic.submissions).isEmpty();
        assertThat(folders.rejects().resolve(claim.importId())).isEmptyDirectory();
        assertThat(Objects.requireNonNull(receipts.read("t1")).state()).isEqualTo(Receipt.State.CHECKING);

        looksUntilStop = Integer.MAX_VALUE;
        Claim found = claims.recover(Recovered.ALL).get(0);
        try (Publisher publisher = topic.open("main", FlowControl.OFF)) {
            imports().run(found, publisher, FlowControl.OFF, new SilentListener());
        }
        assertThat(topic.submissions).hasSize(2);
        process(claims.recover(Recovered.ALL).get(0));
        assertThat(topic.submissions).hasSize(2);
        Receipt receipt = Objects.requireNonNull(receipts.read("t1"));
        assertThat(receipt.refused().code()).isEqualTo("ROWS_REJECTED");
        assertThat(Files.readAllLines(Path.of(receipt.rejectsFile()))).hasSize(5_001);
    }

    @Test
    void rows_that_are_on_their_way_are_not_checked_again() throws IOException {
        Claim claim = claim("First name,Email\n" + "Ann,a@shop.ca\n".repeat(500), ALL_OR_NOTHING);
        var stopping = new FlowControl() {
            @Override
            public int room() {
                looksUntilStop = topic.submissions.size() >= 100 ? 0 : Integer.MAX_VALUE;
                return looksUntilStop == 0 ? 0 : 50;
            }
        };
        try (var worker = new DirectoryWorker("main", shared(stopping))) {
            worker.process(claim);
        }
        assertThat(topic.progress.get("main/" + claim.sha256()).getState()).isEqualTo(ProgressState.SENDING);
        looksUntilStop = Integer.MAX_VALUE;
        process(claims.recover(Recovered.ALL).get(0));
        assertThat(topic.submissions).hasSize(502);
    }

    @Test
    void a_row_without_an_id_refuses_a_file_that_only_updates_by_id() throws IOException {
        String table = "Customer ID,First name,Email\n1,Ann,a@shop.ca\n,Bob,b@shop.ca\n";
        process(claim(table, ALL_OR_NOTHING + "mode=update-by-id\n"));
        Receipt receipt = Objects.requireNonNull(receipts.read("t1"));
        assertThat(Files.readString(Path.of(receipt.rejectsFile()))).contains(",Bob,b@shop.ca,3,,");
        process(claim(table, ALL_OR_NOTHING));
        assertThat(Objects.requireNonNull(receipts.read("t1")).state()).isEqualTo(Receipt.State.SENT);
    }

    @Test
    void a_french_file_is_told_in_french() throws IOException {
        process(claim("Prénom;Nom;Courriel\n-;;\n", ALL_OR_NOTHING));
        Receipt receipt = Objects.requireNonNull(receipts.read("t1"));
        assertThat(Files.readString(Path.of(receipt.rejectsFile()), StandardCharsets.UTF_8))
                .contains("ligne;champ;problème")
                .contains("Aucun prénom, nom, courriel ou téléphone utilisable");
    }

    private Claim claim(String content, String options) throws IOException {
        Path file = Files.writeString(folders.inbox().resolve("clients.csv"), content);
        Files.writeString(folders.inbox().resolve("clients.csv.import.properties"), options);
        return Objects.requireNonNull(claims.claim(new Drop("main", file)));
    }

    private void process(Claim claim) throws IOException {
        try (var worker = new DirectoryWorker("main", shared(FlowControl.OFF))) {
            worker.process(claim);
        }
    }

    private boolean isStopping() {
        return looksUntilStop != Integer.MAX_VALUE && --looksUntilStop <= 0;
    }

    private FileImport imports() {
        return new FileImport(
                () -> layouts, FileChecks.in(data, this::isStopping), CLOCK, IngestMetrics.NOOP, this::isStopping);
    }

    private DirectoryWorker.Shared shared(FlowControl flow) {
        return new DirectoryWorker.Shared(
                claims,
                receipts,
                new Waiting(folders),
                imports(),
                topic,
                directory -> flow,
                new Conditions(),
                new LateWrites(new Conditions(), System::nanoTime),
                IngestMetrics.NOOP,
                this::isStopping,
                ConcurrentHashMap.newKeySet());
    }
}
