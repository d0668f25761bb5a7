package io.repertoire.sink;

import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code sink.dlq.v1}: raw bytes, the record's own headers, and KIP-1034's. Records are there before the progress moves on; a crash in
 * between sends them twice. Connects when first needed. Used by one thread.
 */
final class DeadLetters implements AutoCloseable {

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
    void send(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        }
        String topic = Topics.SINK_DLQ.name();
        int partitions = producer.partitionsFor(topic).size();
        List<Future<RecordMetadata>> sent = new ArrayList<>(letters.size());
        for (DeadLetter letter : letters) {
            var raw = letter.source().raw();
            var record =
                    new ProducerRecord<>(topic, raw.partition() % partitions, raw.key(), raw.value(), raw.headers());
            describe(letter, record.headers());
            sent.add(producer.send(record));
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

    private void describe(DeadLetter letter, Headers headers) {
        var raw = letter.source().raw();
        RecordHeaders.put(headers, RecordHeaders.ERROR_TOPIC, raw.topic());
        RecordHeaders.put(headers, RecordHeaders.ERROR_PARTITION, Integer.toString(raw.partition()));
        RecordHeaders.put(headers, RecordHeaders.ERROR_OFFSET, Long.toString(raw.offset()));
        RecordHeaders.put(headers, RecordHeaders.ERROR_EXCEPTION, letter.exception());
        RecordHeaders.put(headers, RecordHeaders.ERROR_MESSAGE, letter.message());
        RecordHeaders.put(headers, RecordHeaders.ERROR_STAGE, "sink");
        RecordHeaders.put(headers, RecordHeaders.ERROR_CODE, letter.code());
        RecordHeaders.put(headers, RecordHeaders.ERROR_AT, clock.instant().toString());
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(java.time.Duration.ofSeconds(5));
            producer = null;
        }
    }
}
