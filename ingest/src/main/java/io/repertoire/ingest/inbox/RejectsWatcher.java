package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.Blame;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import io.repertoire.schemas.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a rejects file for every import of this data folder that ended with rejected rows, and has dry runs that were aborted
 * sent again. It reads all summaries from the beginning at every start, so a file that a crash kept from being written is written
 * then. Being the thread that always reads, it also notices when Kafka is away. One thread.
 */
final class RejectsWatcher implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RejectsWatcher.class);
    private static final String PART = "rejects";
    private static final String KAFKA = "kafka";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PAUSE_MILLIS = 1_000;

    /** A consumer that waits for records does not notice that nobody answers. */
    private static final long ASK_NANOS = 5_000_000_000L;

    /** After a rejects file could not be written. */
    private static final long RETRY_NANOS = 2_000_000_000L;

    /** In the folder of an import that is over: its rejects file was written once. What became of it is its reader's business. */
    private static final String WRITTEN = "rejects.written";

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

    /** How much earlier than the import its rejects are looked for: clocks of several machines differ. */
    private static final long MARGIN_MILLIS = 60_000;

    private final KafkaPublishers clients;
    private final Wire wire;
    private final DataFolders folders;
    private final Receipts receipts;
    private final Supplier<Layouts> library;
    private final AbortedDryRuns aborted;
    private final Conditions conditions;
    private final IngestMetrics metrics;
    private final BooleanSupplier stopping;

    /** Ended with rejects and not written yet, by import id. */
    private final Map<String, ImportSummary> due = new TreeMap<>();

    /** Of those in {@link #due}: when writing one failed, {@link System#nanoTime}. */
    private final Map<String, Long> failedAt = new HashMap<>();

    RejectsWatcher(
            KafkaPublishers clients,
            Wire wire,
            DataFolders folders,
            Receipts receipts,
            Supplier<Layouts> library,
            AbortedDryRuns aborted,
            Conditions conditions,
            IngestMetrics metrics,
            BooleanSupplier stopping) {
        this.clients = clients;
        this.wire = wire;
        this.folders = folders;
        this.receipts = receipts;
        this.library = library;
        this.aborted = aborted;
        this.conditions = conditions;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            while (!stopping.getAsBoolean()) {
                try {
                    follow();
                } catch (KafkaException e) {
                    LOG.warn("Rejects files wait: {}", e.toString());
                    conditions.set(KAFKA, Health.of(Health.State.WAITING, Outage.of(e)));
                } catch (RuntimeException e) {
                    LOG.error("BUG: rejects files: {}", Blame.place(e));
                    conditions.set(
                            PART,
                            Health.of(
                                    Health.State.DEGRADED,
                                    "Rejects files: " + e.getClass().getSimpleName()));
                }
                if (!stopping.getAsBoolean()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws InterruptedException {
        int partitions = clients.partitions();
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(Topics.IMPORTS.name(), i));
        }
        try (var consumer = consumer();
                var decoder = wire.deserializer(Topics.IMPORTS)) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long askedAt = System.nanoTime() - ASK_NANOS;
            while (!stopping.getAsBoolean()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    note(decoder, record);
                }
                if (System.nanoTime() - askedAt >= ASK_NANOS) {
                    consumer.endOffsets(all.subList(0, 1), ANSWER_LIMIT);
                    conditions.clear(KAFKA);
                    askedAt = System.nanoTime();
                }
                writeDue(partitions);
                sendAgain();
            }
        }
    }

    private void note(Deserializer<ImportSummary> decoder, ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        try {
            ImportSummary summary = decoder.deserialize(record.topic(), record.value());
            aborted.note(summary);
            boolean rejects = summary.getStatus() == ImportStatus.PROCESSED
                    && summary.getCounts().getRejected() > 0;
            if (rejects) {
                due.put(summary.getImportId(), summary);
            } else {
                due.remove(summary.getImportId());
            }
        } catch (UndecodableException e) {
            LOG.warn("A record of {} at offset {} is none: {}", record.topic(), record.offset(), e.code());
        }
    }

    private void sendAgain() {
        try {
            aborted.sendAgain();
        } catch (IOException e) {
            LOG.warn("A dry run cannot begin again: {}", DirectoryWorker.reason(e));
            conditions.set(PART, Health.of(Health.State.DEGRADED, DirectoryWorker.reason(e)));
        }
    }

    private void writeDue(int partitions) {
        Iterator<ImportSummary> summaries = due.values().iterator();
        while (summaries.hasNext()) {
            ImportSummary summary = summaries.next();
            Long failed = failedAt.get(summary.getImportId());
            if (failed != null && System.nanoTime() - failed < RETRY_NANOS) {
                continue;
            }
            try {
                Claim claim = Claim.load(folders.done().resolve(summary.getImportId()));
                boolean ours = claim != null && claim.directoryId().equals(summary.getDirectoryId());
                if (ours && claim != null) {
                    write(claim, summary, partitions);
                }
                // Its folder may still be on its way to done/.
                if (ours || !Files.exists(folders.processing().resolve(summary.getImportId()))) {
                    summaries.remove();
                }
                failedAt.remove(summary.getImportId());
                conditions.clear(PART);
            } catch (IOException e) {
                failedAt.put(summary.getImportId(), System.nanoTime());
                LOG.warn("The rejects file of import {} waits: {}", summary.getImportId(), DirectoryWorker.reason(e));
                conditions.set(PART, Health.of(Health.State.DEGRADED, DirectoryWorker.reason(e)));
            }
        }
    }

    private void write(Claim claim, ImportSummary summary, int partitions) throws IOException {
        Path target = RejectsFile.of(claim, folders);
        Path written = folders.done().resolve(claim.importId()).resolve(WRITTEN);
        if (Files.exists(written)) {
            return;
        }
        if (!Files.exists(target)) {
            long expected = summary.getCounts().getRejected();
            boolean complete =
                    write(claim, target, expected, summary.getStartedAt().toEpochMilli(), partitions)
                            || write(claim, target, expected, null, partitions);
            if (!complete) {
                throw new IOException("not every rejected row of import " + claim.importId() + " was found");
            }
            metrics.rejectsFileWritten(expected);
        }
        Receipt receipt = receipts.read(claim.ticket());
        if (receipt != null && receipt.rejectsFile() == null) {
            receipts.write(claim.ticket(), receipt.withRejects(target.toString()));
        }
        // Last, so that whatever a crash kept from being done is done at the next start.
        Files.writeString(written, "");
    }

    /** False if fewer were found. */
    private boolean write(Claim claim, Path target, long expected, @Nullable Long since, int partitions)
            throws IOException {
        var partition =
                new TopicPartition(Topics.REJECTED.name(), Partitioning.partitionOf(claim.directoryId(), partitions));
        try (var consumer = consumer();
                var decoder = wire.deserializer(Topics.REJECTED);
                var file = RejectsFile.begin(claim, library.get(), target)) {
            consumer.assign(List.of(partition));
            seek(consumer, partition, since);
            while (file.rows() < expected && !stopping.getAsBoolean()) {
                // Asked before the poll: what is committed by now is below it.
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    RejectedRecord rejected = rejected(decoder, record);
                    if (rejected != null && claim.importId().equals(rejected.getImportId())) {
                        file.add(rejected);
                    }
                }
                if (file.rows() < expected && consumer.position(partition) >= end) {
                    return false;
                }
            }
            if (file.rows() < expected) {
                return false;
            }
            file.finish();
            return true;
        }
    }

    private static void seek(KafkaConsumer<String, byte[]> consumer, TopicPartition partition, @Nullable Long since) {
        OffsetAndTimestamp from = since == null
                ? null
                : consumer.offsetsForTimes(Map.of(partition, since - MARGIN_MILLIS))
                        .get(partition);
        if (from == null) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, from.offset());
        }
    }

    private static @Nullable RejectedRecord rejected(
            Deserializer<RejectedRecord> decoder, ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() == null ? null : decoder.deserialize(record.topic(), record.value());
        } catch (UndecodableException e) {
            return null;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(clients.consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer());
    }
}
