package io.repertoire.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code servers}, {@code ingest}, {@code streams} and {@code sink}, each a process of its own: the same as all in one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FourProcessesIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Path EXAMPLE =
            Path.of("..", "examples", "customers.csv").toAbsolutePath().normalize();

    @TempDir
    static Path folder;

    private static Installation installation;
    private static String httpUrl = "";
    private static Installation.Running sink;

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation(folder);
        var processes = new ArrayList<Installation.Running>();
        for (String name : new String[] {"servers", "sink", "streams", "ingest"}) {
            processes.add(installation.start(name));
        }
        sink = processes.get(1);
        for (Installation.Running process : processes) {
            process.awaitReady();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @Test
    @Order(1)
    void status_names_every_component_and_its_address() throws Exception {
        await().atMost(LONG).untilAsserted(() -> {
            JsonNode status = installation.status();
            assertThat(status.get("components").findValuesAsText("name"))
                    .containsExactlyInAnyOrder("kafka", "registry", "postgres", "ingest", "streams", "sink");
            assertThat(status.get("components").findValuesAsText("state")).allMatch(s -> s.matches("up|running"));
        });
        JsonNode status = installation.status();
        assertThat(status.get("kafkaBootstrapServers").asText()).startsWith("127.0.0.1:");
        assertThat(status.get("schemaRegistryUrl").asText()).startsWith("http://");
        assertThat(status.get("jdbcUrl").asText()).startsWith("jdbc:postgresql:");
        httpUrl = status.get("httpUrl").asText();
    }

    @Test
    @Order(2)
    void an_import_uses_the_processes_that_run() throws Exception {
        Installation.Answer answer = installation.succeed("import", EXAMPLE.toString(), "--json");

        assertThat(answer.err()).doesNotContain("Starting");
        assertThat(answer.json().get(0).get("created").asLong()).isEqualTo(7);
        assertThat(Installation.sumOfOutcomes(answer.json().get(0))).isEqualTo(10);
    }

    @Test
    @Order(3)
    void a_till_event_lands_on_the_imported_customer() throws Exception {
        assertThat(post("wrong", "1", "helene.lefrancois@example.org").statusCode())
                .isEqualTo(401);

        String key = Files.readString(folder.resolve("data/api-key")).strip();
        assertThat(post(key, "1", "HELENE.Lefrancois@example.org").statusCode()).isEqualTo(202);

        await().atMost(LONG).untilAsserted(() -> {
            JsonNode customer = installation
                    .succeed("customers", "show", "C-00001", "--json")
                    .json()
                    .get(0);
            assertThat(customer.get("given_name").asText()).isEqualTo("Hélène");
            assertThat(customer.get("source_records").findValuesAsText("system"))
                    .contains("till-7");
            assertThat(customer.get("phones").toString()).contains("+33142685300");
        });
        assertThat(installation.count("SELECT count(*) FROM repertoire.customer WHERE status = 'ACTIVE'"))
                .isEqualTo(7);
    }

    private static HttpResponse<String> post(String key, String eventId, String email) throws Exception {
        String body = """
                {"event_id": "%s", "source_system": "till-7", "region": "FR",
                 "customer": {"given_name": "Hélène", "family_name": "Lefrançois", "email": "%s", "phone": "01 42 68 53 00"}}""".formatted(eventId, email);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(httpUrl + "/v1/customers"))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(4)
    void a_file_dropped_in_the_inbox_is_imported_without_a_command() throws Exception {
        Files.writeString(folder.resolve("data/inbox/dropped.csv"), "Email\ndropped.person@example.org\n");

        await().atMost(LONG).untilAsserted(() -> assertThat(installation
                        .succeed("customers", "search", "dropped.person")
                        .out())
                .contains("dropped.person@example.org"));
    }

    @Test
    @Order(5)
    void bytes_that_nobody_can_decode_are_shown_with_where_they_came_from_and_without_what_they_hold()
            throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put(
                "bootstrap.servers",
                installation.status().get("kafkaBootstrapServers").asText());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("customers.submissions.v1", "main", "secret words".getBytes("UTF-8")))
                    .get();
        }

        await().atMost(LONG).untilAsserted(() -> {
            var records = installation.succeed("dlq", "show", "--json").json();
            assertThat(records).hasSize(1);
            assertThat(records.get(0).get("topic").asText()).isEqualTo("streams.dlq.v1");
            assertThat(records.get(0).get("code").asText()).isNotBlank();
            assertThat(records.get(0)
                            .get("headers")
                            .get("__streams.errors.topic")
                            .asText())
                    .isEqualTo("customers.submissions.v1");
        });
        assertThat(installation.succeed("dlq", "show").out()).doesNotContain("secret");
        assertThat(installation.succeed("dlq", "show", "--raw").out()).contains("736563726574");
    }

    @Test
    @Order(6)
    void health_and_metrics_are_served() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).contains("\"ingest\"", "\"UP\"");
        assertThat(get("/metrics").body()).contains("repertoire_ingest_rows_sent_total");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(httpUrl + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Order(7)
    void a_second_process_of_a_stage_is_told_who_runs_it() throws Exception {
        Installation.Answer answer = installation.run("sink");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err())
                .contains(
                        "The sink stage already runs",
                        "process " + sink.process().pid());
    }

    @Test
    @Order(8)
    void an_import_starts_the_one_stage_that_is_missing_and_stops_it_again() throws Exception {
        sink.stop();
        Path file = Files.writeString(folder.resolve("late.csv"), "Email\nlate.person@example.org\n");

        JsonNode result =
                installation.succeed("import", file.toString(), "--json").json().get(0);

        assertThat(result.get("created").asLong()).isEqualTo(1);
        assertThat(installation.status().get("components").findValuesAsText("name"))
                .containsExactlyInAnyOrder("kafka", "registry", "postgres", "ingest", "streams");
    }
}
