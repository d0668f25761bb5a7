package io.repertoire.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class KafkaFiguresTest {

    @Test
    void of_a_consumers_many_figures_a_few_are_shown_and_none_of_them_once_it_is_closed() {
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", "reader");
        try (var metrics = new Metrics();
                var consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Runnable unbind = metrics.sink().reads(consumer);
            assertThat(consumer.metrics()).hasSizeGreaterThan(50);
            assertThat(kafkaLines(metrics)).isBetween(3L, 12L);
            assertThat(metrics.scrape())
                    .contains("kafka_consumer_fetch_manager_records_lag_max{client_id=\"reader\"}")
                    .doesNotContain("kafka_version");
            unbind.run();
            assertThat(kafkaLines(metrics)).isZero();
        }
    }

    private static long kafkaLines(Metrics metrics) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("kafka_"))
                .count();
    }
}
