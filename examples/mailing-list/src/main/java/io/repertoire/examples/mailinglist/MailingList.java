package io.repertoire.examples.mailinglist;

import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.MarketingContact;
import io.repertoire.schemas.MarketingContactPoint;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Keeps a mailing list in step with {@code customers.marketing.v1}: every address on it may be written to, and one that may no longer
 * be is gone from it as soon as the topic says so.
 *
 * <p>Kafka keeps a tombstone for a day. Whoever was away for longer may have missed one and would go on writing to somebody who said
 * no, so a list that was not written for half a day is begun anew.
 *
 * <p>Four things make that so simple. The topic is compacted: a record replaces the one of the same key, a record without a value (a
 * tombstone) removes it, and whoever starts at the beginning has the whole list. All rules were applied before: what is here has
 * consent, has not lapsed, and can be reached. The file holds the offsets with the list. And {@code read_committed} shows only what
 * the directory has made final.
 */
public final class MailingList implements AutoCloseable {

    private static final Duration KEPT = Duration.ofHours(12);

    private final KafkaConsumer<String, MarketingContact> consumer;
    private final ListFile list;

    /**
     * @param file made if it is not there
     * @param bootstrapServers of Kafka
     * @param wire of the schema registry; not closed by this
     */
    public MailingList(Path file, String bootstrapServers, Wire wire) throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        list = ListFile.open(file, Instant.now().minus(KEPT));
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), wire.deserializer(Topics.MARKETING));
        begin();
    }

    private void begin() {
        var partitions = new ArrayList<TopicPartition>();
        for (PartitionInfo partition : consumer.partitionsFor(Topics.MARKETING.name())) {
            partitions.add(new TopicPartition(partition.topic(), partition.partition()));
        }
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            Long next = list.offsets().get(partition.partition());
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
    }

    /**
     * Takes in what has come, at most so long waiting for it.
     *
     * @return records taken in
     * @throws OffsetOutOfRangeException if the topic was made anew: delete the file and start again
     */
    public int poll(Duration wait) throws IOException {
        ConsumerRecords<String, MarketingContact> records = consumer.poll(wait);
        for (ConsumerRecord<String, MarketingContact> record : records) {
            if (record.value() == null) {
                list.remove(record.key());
            } else {
                list.put(record.key(), rows(record.value()));
            }
        }
        for (TopicPartition partition : records.partitions()) {
            list.readUpTo(partition.partition(), consumer.position(partition));
        }
        if (!records.isEmpty()) {
            list.save();
        }
        return records.count();
    }

    private static List<List<String>> rows(MarketingContact contact) {
        var rows = new ArrayList<List<String>>();
        for (MarketingContactPoint point : contact.getContactPoints()) {
            if (point.getChannel() == ConsentChannel.EMAIL) {
                rows.add(List.of(
                        point.getChannel().name(),
                        point.getValue(),
                        Objects.requireNonNullElse(contact.getGivenName(), ""),
                        Objects.requireNonNullElse(contact.getFamilyName(), "")));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** {@code BOOTSTRAP_SERVERS REGISTRY_URL FILE}: runs until it is stopped. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: MailingList BOOTSTRAP_SERVERS REGISTRY_URL FILE");
        }
        try (Wire wire = Wire.open(WireConfig.of(arguments[1]).withAutoRegister(false));
                var list = new MailingList(Path.of(arguments[2]), arguments[0], wire)) {
            while (!Thread.currentThread().isInterrupted()) {
                list.poll(Duration.ofSeconds(1));
            }
        }
    }
}
