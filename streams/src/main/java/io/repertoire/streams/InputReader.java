package io.repertoire.streams;

import io.repertoire.customers.Input;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.DeadLetter;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the public contract of the input topics (anybody may write to them) and decodes. One per stream task; not thread-safe.
 */
final class InputReader {

    /** Either what the record says, or why it cannot be read. */
    sealed interface Reading {
        record Good(Input input) implements Reading {}

        record Bad(DeadLetter why) implements Reading {}
    }

    /** Its key is missing, is not a directory id, or is not the one its value names. */
    static final String WRONG_KEY = "WRONG_KEY";

    /** It lies on another partition than murmur2 of its key: following it would give its directory a second writer. */
    static final String WRONG_PARTITION = "WRONG_PARTITION";

    /** It has no value; an input topic has no use for a tombstone. */
    static final String NULL_VALUE = "NULL_VALUE";

    private final Deserializer<CustomerSubmission> submissions;
    private final Deserializer<SaleEvent> sales;
    private final Deserializer<CustomerCommand> commands;
    private final int partitions;
    // The key of the record before: nearly always the same directory again.
    private byte @Nullable [] lastKey;
    private String lastDirectory = "";
    private int lastPartition = -1;

    InputReader(Wire wire, int partitions) {
        this.submissions = wire.deserializer(Topics.SUBMISSIONS);
        this.sales = wire.deserializer(Topics.SALE_EVENTS);
        this.commands = wire.deserializer(Topics.COMMANDS);
        this.partitions = partitions;
    }

    /**
     * @param arrivedAt when, epoch ms
     * @throws RegistryUnavailableException if this record has to be read again later
     */
    Reading read(String topic, int partition, byte @Nullable [] key, byte @Nullable [] value, long arrivedAt) {
        if (key == null) {
            return bad(WRONG_KEY, "no key; it must be the directory id");
        }
        if (!Arrays.equals(key, lastKey)) {
            var text = new String(key, StandardCharsets.UTF_8);
            if (!Keys.isDirectoryId(text)) {
                return bad(WRONG_KEY, "the key is not a directory id");
            }
            lastDirectory = text;
            lastPartition = Partitioning.partitionOf(text, partitions);
            lastKey = key;
        }
        if (lastPartition != partition) {
            return bad(
                    WRONG_PARTITION,
                    "directory " + lastDirectory + " belongs on partition " + lastPartition + " of " + partitions
                            + " (murmur2 of the key), not on " + partition);
        }
        if (value == null) {
            return bad(NULL_VALUE, "no value");
        }
        Input input;
        try {
            input = decode(topic, value, arrivedAt);
        } catch (SerializationException e) {
            return giveUp(DeadLetter.of(StreamsStage.NAME, e));
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            return giveUp(DeadLetter.of(StreamsStage.NAME, e));
        }
        if (!input.directoryId().equals(lastDirectory)) {
            return bad(WRONG_KEY, "the value names another directory than the key");
        }
        return new Reading.Good(input);
    }

    private Input decode(String topic, byte[] value, long arrivedAt) {
        if (topic.equals(Topics.SUBMISSIONS.name())) {
            return new Input.Submission(submissions.deserialize(topic, value));
        }
        if (topic.equals(Topics.SALE_EVENTS.name())) {
            return new Input.Sale(sales.deserialize(topic, value));
        }
        if (topic.equals(Topics.COMMANDS.name())) {
            return new Input.Command(commands.deserialize(topic, value), Instant.ofEpochMilli(arrivedAt));
        }
        throw new IllegalArgumentException("no source reads topic " + topic);
    }

    private static Reading bad(String code, String message) {
        return giveUp(DeadLetter.of(StreamsStage.NAME, code, message));
    }

    private static Reading giveUp(DeadLetter why) {
        return new Reading.Bad(why);
    }
}
