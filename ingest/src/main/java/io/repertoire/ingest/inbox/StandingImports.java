package io.repertoire.ingest.inbox;

import io.repertoire.customers.ImportEnds;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import io.repertoire.schemas.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Which import of some content still stands. Streams alone knows what was undone, and says so on {@code imports.v1}, which is read
 * anew whenever content comes that was sent to its end before: seldom, and then nothing older will do.
 */
final class StandingImports {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Wire wire;
    private final Properties consumer;
    private final String directoryId;
    private final TopicPartition partition;

    /** @param consumer settings, {@code read_committed} among them */
    StandingImports(Wire wire, Properties consumer, String directoryId, int partitions) {
        this.wire = wire;
        this.consumer = consumer;
        this.directoryId = directoryId;
        this.partition = new TopicPartition(Topics.IMPORTS.name(), Partitioning.partitionOf(directoryId, partitions));
    }

    /** What counts of it: an import that was undone completed nothing, one of the same content before it may have. */
    IngestProgress of(IngestProgress sent) {
        if (sent.getCompletedImportId() == null) {
            return sent;
        }
        return counting(sent, read(sent.getSha256()));
    }

    /** @param imports of this content, by id */
    static IngestProgress counting(IngestProgress sent, Map<String, ImportSummary> imports) {
        ImportSummary completed = imports.get(sent.getCompletedImportId());
        if (completed == null || completed.getStatus() != ImportStatus.UNDONE) {
            return sent;
        }
        return IngestProgress.newBuilder(sent)
                .setCompletedImportId(latest(imports))
                .build();
    }

    private static @Nullable String latest(Map<String, ImportSummary> imports) {
        ImportSummary latest = null;
        for (ImportSummary summary : imports.values()) {
            boolean stands = summary.getStatus() == ImportStatus.PROCESSED
                    && !ImportEnds.isCancelled(summary.getRefusedCode())
                    && summary.getSpec() != null
                    && !summary.getSpec().getDryRun();
            if (stands && (latest == null || summary.getStartedAt().isAfter(latest.getStartedAt()))) {
                latest = summary;
            }
        }
        return latest == null ? null : latest.getImportId();
    }

    private Map<String, ImportSummary> read(String sha256) {
        Map<String, ImportSummary> imports = new HashMap<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (var reader = new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer());
                var decoder = wire.deserializer(Topics.IMPORTS)) {
            reader.assign(List.of(partition));
            long end = reader.endOffsets(List.of(partition), LIMIT).getOrDefault(partition, 0L);
            reader.seekToBeginning(List.of(partition));
            while (reader.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    ImportSummary summary = summary(decoder, record);
                    if (summary != null
                            && summary.getDirectoryId().equals(directoryId)
                            && summary.getSpec() != null
                            && summary.getSpec().getSha256().equals(sha256)) {
                        imports.put(summary.getImportId(), summary);
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("what became of earlier imports could not be read in time");
                }
            }
        }
        return imports;
    }

    /** One that cannot be read says of nothing that it was undone. */
    private static @Nullable ImportSummary summary(
            Deserializer<ImportSummary> decoder, ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null ? null : decoder.deserialize(record.topic(), record.value());
        } catch (UndecodableException e) {
            return null;
        }
    }
}
