package io.repertoire.ingest.inbox;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Over one transactional producer, which belongs to one directory and so to one partition. */
final class KafkaPublisher implements Publisher {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final Producer<byte[], byte[]> producer;
    private final Map<String, IngestProgress> progress;
    private final UnaryOperator<IngestProgress> standing;
    private final FlowControl flow;
    private final int partition;
    private final byte[] key;
    private final Serializer<CustomerSubmission> submissions;
    private final Serializer<IngestProgress> progressRecords;

    private Offsets offsets = new Offsets();
    private boolean open;

    /** Where the records of one transaction went; written by the producer's thread, read after the commit. */
    private static final class Offsets implements Callback {
        private volatile long first = -1;
        private volatile long last = -1;

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
            if (exception == null && metadata != null && metadata.hasOffset()) {
                if (first < 0) {
                    first = metadata.offset();
                }
                last = metadata.offset();
            }
        }
    }

    /**
     * @param producer with its transactions initialised; closed with this
     * @param standing what counts of progress to the end of a file: imports are undone elsewhere
     */
    KafkaPublisher(
            Producer<byte[], byte[]> producer,
            Wire wire,
            String directoryId,
            int partition,
            Map<String, IngestProgress> progress,
            UnaryOperator<IngestProgress> standing,
            FlowControl flow) {
        this.producer = producer;
        this.progress = progress;
        this.standing = standing;
        this.flow = flow;
        this.partition = partition;
        this.key = directoryId.getBytes(StandardCharsets.UTF_8);
        this.submissions = wire.serializer(Topics.SUBMISSIONS);
        this.progressRecords = wire.serializer(Topics.INGEST_PROGRESS);
    }

    @Override
    public @Nullable IngestProgress progress(String progressKey) {
        IngestProgress sent = progress.get(progressKey);
        return sent == null || sent.getCompletedImportId() == null ? sent : standing.apply(sent);
    }

    @Override
    public void begin() {
        producer.beginTransaction();
        open = true;
        offsets = new Offsets();
    }

    private record Encoded(ProducerRecord<byte[], byte[]> record) implements Prepared {
        @Override
        public int bytes() {
            return record.value().length;
        }
    }

    @Override
    public Prepared prepare(CustomerSubmission submission, String sha256) {
        byte[] value = submissions.serialize(Topics.SUBMISSIONS.name(), submission);
        var record = new ProducerRecord<>(Topics.SUBMISSIONS.name(), partition, key, value);
        stamp(record.headers(), submission, sha256);
        return new Encoded(record);
    }

    /** Origin, for whoever finds the bytes in a dead-letter topic. Never the file's name, which may be a person's. */
    private static void stamp(Headers headers, CustomerSubmission submission, String sha256) {
        headers.add(RecordHeaders.ORIGIN_SOURCE, utf8(submission.getSourceSystem()));
        headers.add(RecordHeaders.ORIGIN_SHA256, utf8(sha256));
        if (submission.getLine() != null) {
            headers.add(RecordHeaders.ORIGIN_LINE, utf8(Long.toString(submission.getLine())));
        }
    }

    @Override
    public void send(Prepared prepared) {
        // Whatever goes wrong with it, the commit throws.
        var unused = producer.send(((Encoded) prepared).record(), offsets);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void commit(IngestProgress now, int rows) {
        String progressKey = Claim.progressKey(now.getSha256(), now.getDryRun());
        String recordKey = Keys.of(now.getDirectoryId(), progressKey);
        var unused = producer.send(new ProducerRecord<>(
                Topics.INGEST_PROGRESS.name(),
                partition,
                utf8(recordKey),
                progressRecords.serialize(Topics.INGEST_PROGRESS.name(), now)));
        producer.commitTransaction();
        open = false;
        progress.put(progressKey, now);
        if (rows > 0) {
            flow.published(rows, offsets.first, offsets.last);
        }
    }

    @Override
    public void close() {
        try {
            if (open) {
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            // The next publisher of this directory fences this one, which takes the transaction back as well.
        } finally {
            producer.close(CLOSE_LIMIT);
        }
    }
}
