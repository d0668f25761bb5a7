package io.repertoire.ingest.inbox;

import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads how far each file of a directory was sent. */
final class ProgressReader {

    /** Longer than any transaction of another directory can stay open. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Wire wire;
    private final Properties consumer;

    /** @param consumer settings, {@code read_committed} among them */
    ProgressReader(Wire wire, Properties consumer) {
        this.wire = wire;
        this.consumer = consumer;
    }

    /**
     * By sha256. Everything committed before the call is in it: it reads up to the end of the log as it is now, not just to where
     * another directory's open transaction on the same partition would let a reader see.
     */
    Map<String, IngestProgress> read(Admin admin, String directoryId, int partitions) {
        var partition =
                new TopicPartition(Topics.INGEST_PROGRESS.name(), Partitioning.partitionOf(directoryId, partitions));
        long end = end(admin, partition);
        Map<String, IngestProgress> progress = new HashMap<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (var reader = new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer());
                var decoder = wire.deserializer(Topics.INGEST_PROGRESS)) {
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            while (reader.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(Duration.ofMillis(200))) {
                    if (Keys.directoryOf(record.key()).equals(directoryId) && record.value() != null) {
                        IngestProgress read = decoder.deserialize(record.topic(), record.value());
                        if (read.getFetch() == null) {
                            progress.put(Keys.idOf(record.key()), read);
                        }
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("the progress of earlier imports could not be read in time");
                }
            }
        }
        return progress;
    }

    private static long end(Admin admin, TopicPartition partition) {
        try {
            return admin.listOffsets(
                            Map.of(partition, OffsetSpec.latest()),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .partitionResult(partition)
                    .get(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .offset();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new KafkaException("the end of " + partition + " could not be asked for", e);
        }
    }
}
