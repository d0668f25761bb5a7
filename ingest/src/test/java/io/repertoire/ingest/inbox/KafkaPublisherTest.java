package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.ProgressState;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.testing.InMemoryWire;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void every_record_says_which_content_and_line_it_comes_from_and_never_the_files_name() {
        producer.initTransactions();
        try (var publisher = new KafkaPublisher(
                producer, new InMemoryWire(), "main", 0, new HashMap<>(), sent -> sent, FlowControl.OFF)) {
            publisher.begin();
            publisher.send(publisher.prepare(submission(SubmissionKind.IMPORT_START, null), "abc123"));
            publisher.send(publisher.prepare(submission(SubmissionKind.RECORD, 7L), "abc123"));
            publisher.commit(progress(), 1);
            ProducerRecord<byte[], byte[]> marker = producer.history().get(0);
            ProducerRecord<byte[], byte[]> row = producer.history().get(1);
            assertThat(header(row, RecordHeaders.ORIGIN_SOURCE)).isEqualTo("plain-fr");
            assertThat(header(row, RecordHeaders.ORIGIN_SHA256)).isEqualTo("abc123");
            assertThat(header(row, RecordHeaders.ORIGIN_LINE)).isEqualTo("7");
            assertThat(row.headers()).hasSize(3);
            assertThat(header(marker, RecordHeaders.ORIGIN_SHA256)).isEqualTo("abc123");
            assertThat(marker.headers()).hasSize(2);
        }
    }

    private static @Nullable String header(ProducerRecord<byte[], byte[]> sent, String name) {
        return RecordHeaders.get(sent.headers(), name);
    }

    private static IngestProgress progress() {
        var progress = new IngestProgress();
        progress.setDirectoryId("main");
        progress.setSha256("abc123");
        progress.setImportId("i1");
        progress.setFileName("Tremblay.csv");
        progress.setState(ProgressState.SENT);
        progress.setUpdatedAt(AT);
        return progress;
    }

    private static CustomerSubmission submission(SubmissionKind kind, @Nullable Long line) {
        var submission = new CustomerSubmission();
        submission.setKind(kind);
        submission.setDirectoryId("main");
        submission.setRecordId("abc123/" + line);
        submission.setSourceSystem("plain-fr");
        submission.setChannel(Channel.CSV);
        submission.setOperation(SubmissionOperation.UPSERT);
        submission.setObservedAt(AT);
        submission.setReceivedAt(AT);
        submission.setImportId("i1");
        submission.setLine(line);
        submission.setProblems(List.of());
        return submission;
    }
}
