package io.repertoire.sink;

import io.repertoire.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code sink.dlq.v1}: raw bytes, the record's own headers, and KIP-1034's. Records are there before the progress moves on; a crash in
 * between sends them twice. Connects when first needed. Used by one thread.
 */
final class DeadLetters implements Transactions.Outlet, AutoCloseable {

    private final Map<String, Object> settings;
    private final Clock clock;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    DeadLetters(SinkConfig config, String clientId, Clock clock) {
        this.clock = clock;
        settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        settings.putAll(config.producer());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    }

    /**
     * Returns once the broker has them all.
     *
     * @throws KafkaException if it cannot take them now
     */
    @Override
    public void send(List<SetAside> letters) {
        if (letters.isEmpty()) {
            return;
        }
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>(letters.size());
        for (SetAside letter : letters) {
            var source = letter.source().raw();
            sent.add(producer.send(letter.why().recordFor(Topics.SINK_DLQ, source, clock.instant())));
        }
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new KafkaException("sink.dlq.v1 does not take records", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
            producer = null;
        }
    }
}
