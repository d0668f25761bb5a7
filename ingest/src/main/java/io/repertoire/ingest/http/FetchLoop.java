package io.repertoire.ingest.http;

import io.repertoire.ingest.vendor.CloverClient;
import io.repertoire.ingest.vendor.RecordFetcher;
import io.repertoire.schemas.Blame;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import io.repertoire.schemas.Wire;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from {@code ingest.progress.v1} what vendors named and nobody fetched yet, and has it fetched. Several processes may do so
 * at once: what is fetched twice has no further effect.
 */
final class FetchLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FetchLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int STEPS_BETWEEN_POLLS = 10;

    /** Beyond, no more is read until some of it was fetched. */
    private static final int MOST_HELD = 100_000;

    private final WebhookSettings settings;
    private final Wire wire;
    private final FetchWork work;
    private final Thread thread;
    private volatile boolean closed;

    FetchLoop(WebhookSettings settings, Wire wire, EventPublisher publisher, VendorSender sender, Clock clock) {
        this.settings = settings;
        this.wire = wire;
        Map<String, RecordFetcher> fetchers = new HashMap<>();
        settings.directories().forEach((directoryId, webhooks) -> {
            String token = webhooks.cloverToken();
            if (token != null) {
                fetchers.put(directoryId, new CloverClient(webhooks.cloverUrl(), token));
            }
        });
        this.work = new FetchWork(fetchers, sender, publisher, clock);
        this.thread = new Thread(this::run, "http-fetch");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        String told = "";
        while (!closed) {
            try {
                work.clear();
                read();
            } catch (InterruptedException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                String what = Blame.place(e);
                if (!what.equals(told)) {
                    LOG.warn("what is to be fetched cannot be read, trying again: {}", what);
                    told = what;
                }
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private void read() throws InterruptedException {
        var properties = new Properties();
        properties.putAll(settings.consumer());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "repertoire-http-fetch");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
                Deserializer<IngestProgress> decoder = wire.deserializer(Topics.INGEST_PROGRESS)) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.INGEST_PROGRESS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                if (work.size() >= MOST_HELD) {
                    consumer.pause(partitions);
                } else {
                    consumer.resume(partitions);
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    take(record, decoder);
                }
                for (int i = 0; i < STEPS_BETWEEN_POLLS && !closed && work.step(); i++) {
                    // One after the other: a vendor does not like to be asked by many at once.
                }
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, Deserializer<IngestProgress> decoder) {
        String directoryId = Keys.directoryOf(record.key());
        String key = Keys.idOf(record.key());
        if (record.value() == null) {
            work.remove(directoryId, key);
            return;
        }
        try {
            IngestProgress progress = decoder.deserialize(record.topic(), record.value());
            if (progress.getFetch() != null) {
                work.add(directoryId, key, progress.getFetch());
            }
        } catch (UndecodableException e) {
            // Whoever reads how far files were sent stops at it and says so; here it only must not hold up the rest.
            LOG.warn("a record of {} cannot be read", record.topic());
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            // A consumer that is interrupted does not leave in good order; a vendor that does not answer is not waited
            // for.
            thread.join(POLL.toMillis() * 3);
            thread.interrupt();
            thread.join(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
