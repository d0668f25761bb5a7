package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.SubmissionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a directory's worker have in common: from the inbox to a topic, with everything but Kafka real. */
abstract class WorkerRig {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC);

    @TempDir
    Path data;

    final FakeTopic topic = new FakeTopic();
    final Set<String> resumed = ConcurrentHashMap.newKeySet();
    DataFolders folders;
    Claims claims;
    final Conditions conditions = new Conditions();
    final LateWrites lateWrites = new LateWrites(conditions, System::nanoTime);
    Receipts receipts;
    Supplier<Layouts> library = Layouts::new;
    boolean stopping;

    @BeforeEach
    void prepare() throws IOException {
        folders = new DataFolders(data);
        folders.prepare();
        claims = new Claims(folders, CLOCK);
        receipts = new Receipts(folders);
    }

    /** A file of a thousand rows that the stage stops in the midst of. */
    Claim cutOff(String options) throws IOException {
        Claim claim = Objects.requireNonNull(claims.claim(drop("a.csv", rows(1_000), null, options)));
        try (DirectoryWorker worker = worker(stopsAfter(300))) {
            worker.process(claim);
        }
        return claim;
    }

    /** As after a restart. */
    void goOn(FlowControl flow) throws IOException {
        stopping = false;
        try (DirectoryWorker worker = worker(flow)) {
            worker.process(new Claims(folders, CLOCK).recover(Recovered.ALL).get(0));
        }
    }

    CustomerSubmission last() {
        return topic.submissions.get(topic.submissions.size() - 1);
    }

    IngestProgress progress(Claim claim) {
        return Objects.requireNonNull(topic.progress.get("main/" + claim.sha256()));
    }

    void assertOnce(int rows) {
        assertThat(topic.submissions).hasSize(rows + 2);
        assertThat(topic.submissions.get(0).getKind()).isEqualTo(SubmissionKind.IMPORT_START);
        assertThat(topic.submissions.subList(1, rows + 1).stream().mapToLong(CustomerSubmission::getLine))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, rows + 1).boxed().toList());
        assertThat(last().getImportEnd().getRead()).isEqualTo(rows);
    }

    /** Lets rows pass in transactions of a hundred until there were this many, then asks the stage to stop. */
    FlowControl stopsAfter(int rows) {
        return new FlowControl() {
            @Override
            public int room() {
                stopping = topic.submissions.size() >= rows;
                return stopping ? 0 : 100;
            }
        };
    }

    DirectoryWorker worker(FlowControl flow) {
        return new DirectoryWorker("main", shared(flow));
    }

    DirectoryWorker.Shared shared(FlowControl flow) {
        return new DirectoryWorker.Shared(
                claims,
                receipts,
                new Waiting(folders),
                new FileImport(
                        () -> library.get(),
                        FileChecks.in(data, () -> stopping),
                        CLOCK,
                        IngestMetrics.NOOP,
                        () -> stopping),
                topic,
                directory -> flow,
                conditions,
                lateWrites,
                IngestMetrics.NOOP,
                () -> stopping,
                resumed);
    }

    Claim dropAndProcess(String name, String content, String ticket, String options) throws IOException {
        Claim claim = Objects.requireNonNull(claims.claim(drop(name, content, ticket, options)));
        try (DirectoryWorker worker = worker(FlowControl.OFF)) {
            worker.process(claim);
        }
        return claim;
    }

    Drop drop(String name, String content, String ticket, String options) throws IOException {
        Path file = Files.writeString(folders.inbox().resolve(name), content);
        String all = options + (ticket == null ? "" : "ticket=" + ticket + "\n");
        if (!all.isEmpty()) {
            Files.writeString(folders.inbox().resolve(name + ".import.properties"), all);
        }
        return new Drop("main", file);
    }

    static String rows(int n) {
        var text = new StringBuilder("First name,Email\n");
        for (int i = 0; i < n; i++) {
            text.append("Ann,a").append(i).append("@example.org\n");
        }
        return text.toString();
    }
}
