package io.repertoire.ingest.inbox;

import io.repertoire.schemas.Blame;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import io.repertoire.schemas.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what becomes of imports: reads all summaries, from the beginning at every start, and has done what follows from them. Being
 * the thread that always reads, it also notices when Kafka is away. One thread.
 */
final class SummaryWatcher implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SummaryWatcher.class);

    /** Names in the stage's condition. */
    private static final String KAFKA = "kafka";

    private static final String PART = "imports";
    private static final String DRY_RUNS = "dry-runs";

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PAUSE_MILLIS = 1_000;

    /** A consumer that waits for records does not notice that nobody answers. */
    private static final long ASK_NANOS = 5_000_000_000L;

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(4);

    private final KafkaPublishers clients;
    private final Wire wire;
    private final DueRejects rejects;
    private final AbortedDryRuns aborted;
    private final Conditions conditions;
    private final BooleanSupplier stopping;

    SummaryWatcher(
            KafkaPublishers clients,
            Wire wire,
            DueRejects rejects,
            AbortedDryRuns aborted,
            Conditions conditions,
            BooleanSupplier stopping) {
        this.clients = clients;
        this.wire = wire;
        this.rejects = rejects;
        this.aborted = aborted;
        this.conditions = conditions;
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
        List<TopicPartition> all = new ArrayList<>();
        int partitions = clients.partitions();
        for (int i = 0; i < partitions; i++) {
            all.add(new TopicPartition(Topics.IMPORTS.name(), i));
        }
        try (var consumer = clients.consumer();
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
                    conditions.clear(PART);
                    askedAt = System.nanoTime();
                }
                rejects.write();
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
            rejects.note(summary);
        } catch (UndecodableException e) {
            LOG.warn("A record of {} at offset {} is none: {}", record.topic(), record.offset(), e.code());
        }
    }

    private void sendAgain() {
        try {
            aborted.sendAgain();
            conditions.clear(DRY_RUNS);
        } catch (IOException e) {
            LOG.warn("A dry run cannot begin again: {}", DirectoryWorker.reason(e));
            conditions.set(DRY_RUNS, Health.of(Health.State.DEGRADED, DirectoryWorker.reason(e)));
        }
    }
}
