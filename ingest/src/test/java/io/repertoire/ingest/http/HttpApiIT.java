package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.javalin.Javalin;
import io.repertoire.embedded.EmbeddedConfig;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.testing.Servers;
import io.repertoire.embedded.testing.ServersExtension;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import io.repertoire.schemas.testing.InMemoryWire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ServersExtension.class)
class HttpApiIT {

    private static final int PARTITIONS = 4;
    private static final String KEY = "k";

    private final Servers servers;
    private final String directory = "d" + UUID.randomUUID().toString().substring(0, 8);

    HttpApiIT(Servers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void topics() {
        try (var topics = new TopicAdmin(admin(servers.kafkaBootstrapServers()), TopicAdmin.Settings.of(PARTITIONS))) {
            topics.create();
        }
    }

    @Test
    void an_accepted_event_is_in_kafka_with_its_key_partition_time_and_schema() throws Exception {
        try (var wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()));
                var api = new Running(wire, Duration.ofSeconds(10), servers.kafkaBootstrapServers())) {
            api.untilUp();
            assertThat(api.post("/v1/customers", "application/json", customer("1"))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(api.post("/v1/sales", "application/json", sale("2")).statusCode())
                    .isEqualTo(202);
            var batch = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                batch.append(customer("b" + i)).append('\n');
            }
            HttpResponse<String> answer = api.post("/v1/customers", "application/x-ndjson", batch.toString());
            assertThat(answer.body().lines()).hasSize(500).allMatch(line -> line.contains("\"accepted\""));

            List<ConsumerRecord<String, CustomerSubmission>> customers = read(Topics.SUBMISSIONS, wire);
            assertThat(customers).hasSize(501);
            assertThat(customers.get(0).value().getRecordId()).isEqualTo("till/1");
            for (int i = 0; i < 500; i++) {
                assertThat(customers.get(i + 1).value().getRecordId()).isEqualTo("till/b" + i);
            }
            assertThat(customers).allSatisfy(kafkaRecord -> {
                assertThat(kafkaRecord.key()).isEqualTo(directory);
                assertThat(kafkaRecord.partition()).isEqualTo(Partitioning.partitionOf(directory, PARTITIONS));
                assertThat(kafkaRecord.timestamp()).isBetween(api.started, System.currentTimeMillis());
                assertThat(RecordHeaders.get(kafkaRecord.headers(), RecordHeaders.ORIGIN_SOURCE))
                        .isEqualTo("till");
            });
            List<ConsumerRecord<String, SaleEvent>> sales = read(Topics.SALE_EVENTS, wire);
            assertThat(sales)
                    .singleElement()
                    .satisfies(sale -> assertThat(sale.value().getSaleId()).isEqualTo("S2"));
        }
    }

    @Test
    void while_the_registry_is_away_events_are_refused_and_once_it_is_back_they_are_taken() throws Exception {
        var wire = new InMemoryWire();
        wire.setRegistryAway(true);
        try (var api = new Running(wire, Duration.ofSeconds(10), servers.kafkaBootstrapServers())) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> api.http.check().detail().contains("registry"));
            HttpResponse<String> answer = api.post("/v1/customers", "application/json", customer("1"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("REGISTRY_UNAVAILABLE");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            wire.setRegistryAway(false);
            api.untilUp();
            assertThat(api.post("/v1/customers", "application/json", customer("1"))
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void when_kafka_dies_callers_are_told_within_the_time_limit_and_nothing_is_acknowledged(@TempDir Path folder)
            throws Exception {
        var embedded = new EmbeddedServers(EmbeddedConfig.in(folder)
                .using(null, servers.schemaRegistryUrl(), servers.jdbc())
                .withSettings(Map.of("log.segment.bytes", "16777216"), Map.of()));
        String kafka = embedded.start().kafkaBootstrapServers();
        try (var topics = new TopicAdmin(admin(kafka), TopicAdmin.Settings.of(PARTITIONS))) {
            topics.create();
        }
        try (embedded;
                var api = new Running(new InMemoryWire(), Duration.ofSeconds(4), kafka)) {
            api.untilUp();
            assertThat(api.post("/v1/sales", "application/json", sale("1")).statusCode())
                    .isEqualTo(202);
            embedded.close();
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                HttpResponse<String> answer = api.post("/v1/sales", "application/json", sale("2"));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(answer.body()).containsAnyOf("UNKNOWN_FATE", "KAFKA_UNAVAILABLE");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
            assertThat(api.http.check().state()).isEqualTo(Health.State.WAITING);
        }
    }

    @Test
    void what_a_vendor_only_named_is_written_down_and_fetched_by_whichever_process_may() throws Exception {
        HttpServer clover = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        clover.createContext("/v3/merchants/M1/customers/C1", exchange -> {
            byte[] shown = "{\"id\":\"C1\",\"firstName\":\"Zoé\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, shown.length);
            exchange.getResponseBody().write(shown);
            exchange.close();
        });
        clover.start();
        var url = URI.create("http://127.0.0.1:" + clover.getAddress().getPort());
        try (var wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()))) {
            try (var api = running(wire, webhooks(null, url))) {
                api.untilUp();
                HttpResponse<String> answer = api.post(
                        "/v1/webhooks/clover/" + directory,
                        "application/json",
                        "{\"merchants\":{\"M1\":[{\"objectId\":\"C:C1\",\"type\":\"UPDATE\",\"ts\":1537970958000}]}}");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).contains("to_fetch");
            }
            try (var api = running(wire, webhooks("token", url))) {
                api.untilUp();
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(read(Topics.SUBMISSIONS, wire))
                        .singleElement()
                        .satisfies(fetched -> assertThat(fetched.value().getSourceCustomerId())
                                .isEqualTo("C1")));
            }
        } finally {
            clover.stop(0);
        }
    }

    private WebhookSettings webhooks(@Nullable String token, URI url) {
        var webhooks =
                new WebhookConfig(List.of(), null, List.of(), List.of(), List.of(KEY), null, token, url, Duration.ZERO);
        return new WebhookSettings(
                Map.of(directory, webhooks), Map.of("bootstrap.servers", servers.kafkaBootstrapServers()));
    }

    private Running running(Wire wire, WebhookSettings webhooks) {
        return new Running(wire, Duration.ofSeconds(10), servers.kafkaBootstrapServers(), webhooks);
    }

    private <T extends SpecificRecord> List<ConsumerRecord<String, T>> read(Topic<T> topic, Wire wire) {
        var found = new ArrayList<ConsumerRecord<String, T>>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", servers.kafkaBootstrapServers()),
                new StringDeserializer(),
                wire.deserializer(topic))) {
            var partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (var kafkaRecord : consumer.poll(Duration.ofMillis(200))) {
                    if (kafkaRecord.key().equals(directory)) {
                        found.add(kafkaRecord);
                    }
                }
            }
        }
        return found;
    }

    private static Admin admin(String kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka));
    }

    private static String customer(String id) {
        return "{\"event_id\":\"" + id + "\",\"source_system\":\"till\",\"customer\":{\"given_name\":\"Zoé\"}}";
    }

    private static String sale(String id) {
        return "{\"event_id\":\"" + id + "\",\"source_system\":\"till\",\"sale_id\":\"S" + id + "\",\"total\":1.25}";
    }

    /** The API over the real broker. */
    private final class Running implements AutoCloseable {
        final long started = System.currentTimeMillis();
        final HttpApi http;
        private final Javalin server;

        Running(Wire wire, Duration timeLimit, String kafka) {
            this(wire, timeLimit, kafka, WebhookSettings.NONE);
        }

        Running(Wire wire, Duration timeLimit, String kafka, WebhookSettings webhooks) {
            var shipped = HttpApiConfig.of(Map.of(KEY, directory), Map.of("bootstrap.servers", kafka));
            var config = new HttpApiConfig(
                    shipped.apiKeys(),
                    shipped.producer(),
                    timeLimit,
                    shipped.maxInFlight(),
                    shipped.maxEventBytes(),
                    shipped.maxBatchBytes(),
                    shipped.maxBatchEvents(),
                    shipped.maxBodyMemoryBytes());
            http = new HttpApi(config, webhooks, wire, Clock.systemUTC(), HttpMetrics.NOOP);
            server = Javalin.create(http::addTo).start("127.0.0.1", 0);
            http.start();
        }

        void untilUp() {
            await().atMost(Duration.ofSeconds(20)).until(() -> http.check().ready());
        }

        HttpResponse<String> post(String path, String type, String body) throws Exception {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                    .header("X-Api-Key", KEY)
                                    .header("X-Clover-Auth", KEY)
                                    .header("Content-Type", type)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            server.stop();
            http.close();
        }
    }
}
