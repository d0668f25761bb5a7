package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.Input;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an import rejects row by row, for a reason that needs no state, is what refuses the same file where it is to be imported as a
 * whole: the same lines, with the same words.
 */
class FileCheckAgreementTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);
    private static final String UNKNOWN_ID = "UNKNOWN_ID";

    @TempDir
    Path data;

    private final CustomerNormaliser normaliser = CustomerNormaliser.standard();
    private final Layouts layouts = new Layouts();
    private DataFolders folders;
    private int refused;

    @BeforeEach
    void prepare() throws IOException {
        folders = new DataFolders(data);
        folders.prepare();
    }

    @Test
    void files_full_of_bad_rows_are_refused_for_the_very_rows_that_would_come_back() throws IOException {
        var random = new Random(20260304);
        for (int i = 0; i < 30; i++) {
            byte[] file = badFile(random).getBytes(StandardCharsets.UTF_8);
            agree("generated " + i, file, "upsert");
            agree("generated " + i, file, "update-by-id");
        }
        assertThat(refused).isGreaterThan(30);
    }

    @Test
    void the_shared_corpora_too() throws IOException {
        Path shared = shared();
        Assumptions.assumeTrue(shared != null, "the folder of shared files is not there");
        List<Path> files;
        try (Stream<Path> all = Files.walk(shared)) {
            files = all.filter(Files::isRegularFile)
                    .filter(FileCheckAgreementTest::isSmall)
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            agree(file.getFileName().toString(), Files.readAllBytes(file), "upsert");
        }
        assertThat(refused).isPositive();
    }

    private static boolean isSmall(Path file) {
        try {
            return Files.size(file) < 200_000;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Path shared() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("shared/data"))) {
                return up.resolve("shared/data");
            }
        }
        return null;
    }

    private static String badFile(Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "Customer ID," : "Number,")
                .append("First name,Last name,Email,Phone\n");
        List<String> cells = List.of(
                "",
                "-",
                "N/A",
                "Ann",
                "ann@shop.ca",
                "noemail@x.ca",
                "514 842-1234",
                "5.14E+09",
                "0000000000",
                "jean@sample.repertoire.example",
                "4111111111111111",
                "\"open",
                "\"a\"b",
                "x".repeat(300),
                "\"a,b\"");
        for (int row = 0; row < 40; row++) {
            int columns = random.nextInt(20) == 0 ? 7 : 5;
            var line = new ArrayList<String>();
            for (int i = 0; i < columns; i++) {
                line.add(random.nextInt(3) == 0 ? cells.get(random.nextInt(cells.size())) : "");
            }
            text.append(String.join(",", line)).append('\n');
        }
        return text.toString();
    }

    private void agree(String name, byte[] content, String mode) throws IOException {
        var rowByRow = new FakeTopic();
        Receipt first = process(content, "mode=" + mode, rowByRow);
        var whole = new FakeTopic();
        Receipt second = process(content, "on-error=reject-file\nmode=" + mode, whole);
        if (first.refused() != null) {
            assertThat(Objects.requireNonNull(second.refused()).code())
                    .as(name)
                    .isEqualTo(first.refused().code());
            return;
        }
        var rejected = new TreeSet<Long>();
        var named = new TreeSet<Long>();
        for (RowOutcome outcome : decide(rowByRow.submissions)) {
            if (outcome.getOutcome() == RowOutcomeKind.REJECTED) {
                (isOnlyUnknown(outcome.getProblems()) ? named : rejected).add(outcome.getLine());
            }
        }
        if (second.refused() == null) {
            assertThat(rejected).as(name).isEmpty();
            assertThat(whole.submissions).hasSameSizeAs(rowByRow.submissions);
            return;
        }
        refused++;
        assertThat(second.refused().code()).as(name).isEqualTo(FileCheck.ROWS_REJECTED);
        assertThat(whole.submissions).as(name).hasSize(2);
        var found = new TreeSet<>(checked(rowByRow.submissions, mode));
        assertThat(found).as(name).containsAll(rejected);
        // An unknown id may be known to a directory that holds something; a row without any cannot be.
        found.removeAll(rejected);
        assertThat(named).as(name).containsAll(found);
    }

    private List<Long> checked(List<CustomerSubmission> rows, String mode) {
        var bad = new ArrayList<Long>();
        var imported = mode.equals("upsert")
                ? io.repertoire.schemas.ImportMode.UPSERT
                : io.repertoire.schemas.ImportMode.UPDATE_BY_ID;
        for (CustomerSubmission row : rows) {
            if (row.getLine() != null && !FileChecks.RULES.errors(row, imported).isEmpty()) {
                bad.add(row.getLine());
            }
        }
        return bad;
    }

    private static boolean isOnlyUnknown(List<Problem> problems) {
        return problems.stream().filter(p -> p.getSeverity() == Severity.ERROR).allMatch(p -> p.getCode()
                .equals(UNKNOWN_ID));
    }

    private List<RowOutcome> decide(List<CustomerSubmission> submissions) {
        var directory = new InMemoryDirectory(DirectoryMachine.create(normaliser, id -> DirectoryPolicy.defaults()));
        submissions.forEach(submission -> directory.apply(new Input.Submission(submission)));
        return directory.sent(Topics.ROW_OUTCOMES);
    }

    private Receipt process(byte[] content, String options, FakeTopic topic) throws IOException {
        var claims = new Claims(folders, CLOCK);
        var receipts = new Receipts(folders);
        Path file = Files.write(folders.inbox().resolve("clients.csv"), content);
        Files.writeString(
                folders.inbox().resolve("clients.csv.import.properties"), options + "\nticket=t1\nforce=true\n");
        Claim claim = Objects.requireNonNull(claims.claim(new Drop("main", file)));
        var imports =
                new FileImport(() -> layouts, FileChecks.in(data, () -> false), CLOCK, IngestMetrics.NOOP, () -> false);
        var shared = new DirectoryWorker.Shared(
                claims,
                receipts,
                new Waiting(folders),
                imports,
                topic,
                directory -> FlowControl.OFF,
                new Conditions(),
                new LateWrites(new Conditions(), System::nanoTime),
                IngestMetrics.NOOP,
                () -> false,
                ConcurrentHashMap.newKeySet());
        try (var worker = new DirectoryWorker("main", shared)) {
            worker.process(claim);
        }
        Receipt receipt = Objects.requireNonNull(receipts.read("t1"));
        if (receipt.refused() != null && receipt.rejectsFile() != null) {
            assertThat(Path.of(receipt.rejectsFile())).isNotEmptyFile();
        }
        return receipt;
    }
}
