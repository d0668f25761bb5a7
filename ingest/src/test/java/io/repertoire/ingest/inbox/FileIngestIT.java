package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.embedded.testing.ServersExtension;
import io.repertoire.ingest.Ingest;
import io.repertoire.ingest.IngestConfig;
import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.OutcomeCounts;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.ProblemStage;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files to a real topic; what the streams stage would do is played by the test. */
@ExtendWith(ServersExtension.class)
class FileIngestIT {

    private static final int PARTITIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Servers servers;
    private final Wire wire;
    private final Map<String, String> kafka;
    private final String directory = "d" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path data;

    private DataFolders folders;

    FileIngestIT(Servers servers) {
        this.servers = servers;
        this.wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()));
        this.kafka = Map.of("bootstrap.servers", servers.kafkaBootstrapServers());
    }

    @BeforeEach
    void prepare() throws IOException {
        try (var topics = new TopicAdmin(admin(), TopicAdmin.Settings.of(PARTITIONS))) {
            topics.create();
        }
        folders = new DataFolders(data);
        folders.prepare();
        Files.createDirectories(folders.inbox().resolve(directory));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void after_a_kill_in_the_middle_the_zombie_is_fenced_and_every_row_is_on_the_topic_once() throws Exception {
        int rows = 20_000;
        Path file = Files.writeString(folders.inbox().resolve(directory).resolve("a.csv"), rows(rows));
        Claim claim = Objects.requireNonNull(new Claims(folders, Clock.systemUTC()).claim(new Drop(directory, file)));
        var clients = new KafkaPublishers(config(), wire);
        var zombie = new Zombie(clients.open(directory, FlowControl.OFF), 7_777);
        var imports = new FileImport(
                Layouts::new, FileChecks.in(data, () -> false), Clock.systemUTC(), IngestMetrics.NOOP, () -> false);
        try {
            imports.run(claim, zombie, smallTransactions(), new SilentListener());
        } catch (Killed e) {
            // As a kill -9 would, it leaves a transaction open and nobody to end it.
        }
        assertThat(zombie.rowsSent).isGreaterThan(1_000);

        try (Ingest ingest = started(config())) {
            await().atMost(LIMIT).until(() -> Files.exists(folders.done().resolve(claim.importId())));
            assertThat(ingest.check().state()).isEqualTo(Health.State.UP);
        }
        assertThat(zombie.stillWorks(claim)).isFalse();
        zombie.inner.close();
        clients.close();

        List<CustomerSubmission> sent = submissions();
        assertThat(sent.get(0).getKind()).isEqualTo(SubmissionKind.IMPORT_START);
        assertThat(sent.get(sent.size() - 1).getImportEnd().getRead()).isEqualTo(rows);
        assertThat(sent.subList(1, sent.size() - 1).stream().mapToLong(CustomerSubmission::getLine))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, rows + 1).boxed().toList());
    }

    @Test
    void with_nobody_processing_it_stops_at_the_window_says_so_and_goes_on_when_somebody_does() throws Exception {
        String group = "group-" + directory;
        int rows = 6_000;
        try (Ingest ingest = started(flowControlled().withStreamsGroup(group))) {
            drop("t1", rows(rows));
            await().atMost(LIMIT).until(() -> ingest.check().detail().contains("streams"));
            assertThat(ingest.check().state()).isEqualTo(Health.State.WAITING);
            assertThat(submissions().size()).isBetween(500, 2_001);

            var partition =
                    new TopicPartition(Topics.SUBMISSIONS.name(), Partitioning.partitionOf(directory, PARTITIONS));
            try (Admin admin = admin()) {
                await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
                    long end = submissionsEnd(partition);
                    admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(end)))
                            .all()
                            .get();
                    return state("t1") == Receipt.State.SENT;
                });
            }
            assertThat(submissions()).hasSize(rows + 2);
            await().atMost(LIMIT).until(() -> ingest.check().state() == Health.State.UP);
        }
    }

    @Test
    void rejected_rows_come_back_in_a_file_and_the_receipt_says_where_also_after_a_restart() throws Exception {
        String importId;
        try (Ingest ingest = started(config())) {
            drop("t2", "First name,Email\n-,\nAnn,a@example.org\n\"Bob,b@example.org\n");
            await().atMost(LIMIT).until(() -> state("t2") == Receipt.State.SENT);
            importId = Objects.requireNonNull(new Receipts(folders).read("t2")).importId();
            assertThat(ingest.name()).isEqualTo("ingest");
        }
        playStreams(importId, 2, 4);
        try (Ingest ingest = started(config())) {
            await().atMost(LIMIT).until(() -> new Receipts(folders).read("t2").rejectsFile() != null);
            assertThat(ingest.check().ready()).isTrue();
        }
        Path rejects = folders.rejects().resolve(importId).resolve("t2.rejects.csv");
        assertThat(Files.readString(rejects))
                .isEqualTo("First name,Email,line,field,problem\n-,,2,,wrong\n\"Bob,b@example.org,4,,wrong\n");
    }

    private void playStreams(String importId, long... lines) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>copyOf(kafka), new StringSerializer(), new ByteArraySerializer())) {
            for (long line : lines) {
                var rejected = new RejectedRecord();
                rejected.setDirectoryId(directory);
                rejected.setRecordId("r/" + line);
                rejected.setSourceSystem("plain-en");
                rejected.setImportId(importId);
                rejected.setLine(line);
                rejected.setStage(ProblemStage.VALIDATE);
                rejected.setErrors(List.of(new Problem(null, null, "X", "wrong", null, Severity.ERROR)));
                rejected.setFirstSeen(Instant.now());
                send(producer, Topics.REJECTED, importId, rejected);
            }
            var summary = new ImportSummary();
            summary.setDirectoryId(directory);
            summary.setImportId(importId);
            summary.setStatus(ImportStatus.PROCESSED);
            var counts = new OutcomeCounts();
            counts.setRead(3L);
            counts.setRejected((long) lines.length);
            summary.setCounts(counts);
            summary.setStartedAt(Instant.now());
            send(producer, Topics.IMPORTS, importId, summary);
        }
    }

    private <T extends SpecificRecord> void send(
            KafkaProducer<String, byte[]> producer, Topic<T> topic, String importId, T value) throws Exception {
        producer.send(new ProducerRecord<>(
                        topic.name(),
                        Partitioning.partitionOf(directory, PARTITIONS),
                        Keys.of(directory, importId),
                        wire.serializer(topic).serialize(topic.name(), value)))
                .get();
    }

    private IngestConfig config() {
        return flowControlled().withoutFlowControl();
    }

    private IngestConfig flowControlled() {
        return IngestConfig.of(data, kafka).withTimes(Duration.ofMillis(100), Duration.ofMillis(300));
    }

    private Ingest started(IngestConfig config) {
        var ingest = new Ingest(config, wire, FileChecks.RULES, Clock.systemUTC(), IngestMetrics.NOOP);
        ingest.start();
        return ingest;
    }

    private Receipt.State state(String ticket) throws IOException {
        Receipt receipt = new Receipts(folders).read(ticket);
        return receipt == null ? null : receipt.state();
    }

    private void drop(String ticket, String content) throws IOException {
        Path folder = folders.inbox().resolve(directory);
        Files.writeString(folder.resolve(ticket + ".csv.import.properties"), "ticket=" + ticket + "\n");
        Path temporary = Files.writeString(folder.resolve("." + ticket + ".tmp"), content);
        Files.move(temporary, folder.resolve(ticket + ".csv"));
    }

    private static String rows(int n) {
        var text = new StringBuilder("First name,Email\n");
        for (int i = 0; i < n; i++) {
            text.append("Ann,a").append(i).append("@example.org\n");
        }
        return text.toString();
    }

    private Admin admin() {
        return Admin.create(Map.copyOf(kafka));
    }

    private long submissionsEnd(TopicPartition partition) {
        try (var consumer = consumer()) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    /** Of this test's directory, committed. */
    private List<CustomerSubmission> submissions() {
        var partition = new TopicPartition(Topics.SUBMISSIONS.name(), Partitioning.partitionOf(directory, PARTITIONS));
        List<CustomerSubmission> all = new ArrayList<>();
        try (var consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, CustomerSubmission> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(directory)) {
                        all.add(record.value());
                    }
                }
            }
        }
        return all;
    }

    private KafkaConsumer<String, CustomerSubmission> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers.kafkaBootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                wire.deserializer(Topics.SUBMISSIONS));
    }

    private static FlowControl smallTransactions() {
        return new FlowControl() {
            @Override
            public int transactionRows() {
                return 1_000;
            }
        };
    }

    /** Thrown where the process would be gone. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Dies after so many rows and is never closed. */
    private static final class Zombie implements Publisher {
        private final Publisher inner;
        private final int diesAfter;
        private int rowsSent;

        Zombie(Publisher inner, int diesAfter) {
            this.inner = inner;
            this.diesAfter = diesAfter;
        }

        @Override
        public IngestProgress progress(String sha256) {
            return inner.progress(sha256);
        }

        @Override
        public Prepared prepare(CustomerSubmission submission, String sha256) {
            return inner.prepare(submission, sha256);
        }

        @Override
        public void begin() {
            inner.begin();
        }

        @Override
        public void send(Prepared prepared) {
            if (++rowsSent > diesAfter) {
                throw new Killed();
            }
            inner.send(prepared);
        }

        @Override
        public void commit(IngestProgress progress, int rows) {
            inner.commit(progress, rows);
        }

        /** What it would do if it were only slow and came back to life. */
        boolean stillWorks(Claim claim) {
            try {
                var progress = new Markers(claim, null, Clock.systemUTC())
                        .progress(io.repertoire.schemas.ProgressState.SENDING, 1, 1);
                inner.commit(progress, 0);
                return true;
            } catch (KafkaException e) {
                return false;
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
