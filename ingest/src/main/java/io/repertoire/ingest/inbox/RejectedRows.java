package io.repertoire.ingest.inbox;

import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import io.repertoire.schemas.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Finds the rejected rows of an import on {@code customers.rejected.v1}. One thread. */
final class RejectedRows {

    private static final Duration POLL = Duration.ofMillis(200);

    /** How much earlier than the import its rejects are looked for: clocks of several machines differ. */
    private static final long MARGIN_MILLIS = 60_000;

    private final KafkaPublishers clients;
    private final Wire wire;
    private final BooleanSupplier stopping;

    RejectedRows(KafkaPublishers clients, Wire wire, BooleanSupplier stopping) {
        this.clients = clients;
        this.wire = wire;
        this.stopping = stopping;
    }

    /** Each begins the file anew. */
    interface Attempts {
        RejectsFile begin() throws IOException;
    }

    /**
     * Writes a file with as many rejected rows as the summary counts.
     *
     * @throws IOException if fewer are to be found, or the file cannot be written
     */
    void write(ImportSummary summary, Attempts attempts) throws IOException {
        if (!writeSince(summary.getStartedAt().toEpochMilli(), summary, attempts)
                && !writeSince(null, summary, attempts)) {
            throw new IOException("not every rejected row of import " + summary.getImportId() + " was found");
        }
    }

    /** @return false if fewer were found */
    private boolean writeSince(@Nullable Long since, ImportSummary summary, Attempts attempts) throws IOException {
        long expected = summary.getCounts().getRejected();
        var partition = new TopicPartition(
                Topics.REJECTED.name(), Partitioning.partitionOf(summary.getDirectoryId(), clients.partitions()));
        try (var consumer = clients.consumer();
                var decoder = wire.deserializer(Topics.REJECTED);
                var file = attempts.begin()) {
            consumer.assign(List.of(partition));
            seek(consumer, partition, since);
            while (file.rows() < expected && !stopping.getAsBoolean()) {
                // Asked before the poll: what is committed by now is below it.
                long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    RejectedRecord rejected = rejected(decoder, record);
                    if (rejected != null && summary.getImportId().equals(rejected.getImportId())) {
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
}
