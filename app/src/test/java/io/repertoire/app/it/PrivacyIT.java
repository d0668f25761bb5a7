package io.repertoire.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.repertoire.embedded.EmbeddedConfig;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.ServerAddresses;
import io.repertoire.examples.mailinglist.MailingList;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mailing list kept by the example consumer through grant, merge, revoke and erasure; and everything there is searched for an erased
 * person, before and after the time by which nothing may be left. The broker looks every second where it otherwise looks every few
 * minutes.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrivacyIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration LAG = Duration.ofSeconds(10);
    private static final Duration RETENTION = Duration.ofSeconds(30);

    /** Words that nothing else says. */
    private static final List<String> PERSON =
            List.of("Quartzbourg", "xylo.quartz@shop.ca", "xylo.other@shop.ca", "5142884177", "porcelaine");

    @TempDir
    static Path folder;

    private static EmbeddedServers servers;
    private static ServerAddresses addresses;
    private static Installation installation;
    private static Wire wire;
    private static String httpUrl = "";
    private static int events;

    @BeforeAll
    static void start() throws Exception {
        servers = new EmbeddedServers(EmbeddedConfig.in(folder.resolve("servers"))
                .withSettings(
                        Map.of(
                                "log.retention.check.interval.ms", "1000",
                                "log.initial.task.delay.ms", "1000",
                                "log.cleaner.backoff.ms", "1000",
                                "log.segment.delete.delay.ms", "1000"),
                        Map.of()));
        addresses = servers.start();
        wire = Wire.open(WireConfig.of(addresses.schemaRegistryUrl()).withAutoRegister(false));
        installation = new Installation(Files.createDirectories(folder.resolve("user")));
        Files.writeString(
                folder.resolve("user/repertoire.properties"),
                String.join(
                        "\n",
                        "kafka.bootstrap.servers=" + addresses.kafkaBootstrapServers(),
                        "schema.registry.url=" + addresses.schemaRegistryUrl(),
                        "jdbc.url=" + addresses.jdbc().url(),
                        "jdbc.user=" + addresses.jdbc().user(),
                        "jdbc.password=" + addresses.jdbc().password(),
                        "topics.partitions=1",
                        "topics.compaction.lag.ms=" + LAG.toMillis(),
                        "topics.retention.ms=" + RETENTION.toMillis(),
                        "ingest.archive.retention.ms=" + RETENTION.toMillis(),
                        "directory.main.suppression.secret=a-secret-of-this-test-only",
                        ""));
        installation.succeed("db", "migrate");
        Installation.Running up = installation.start("up");
        up.awaitReady();
        await().atMost(LONG)
                .until(() -> !(httpUrl = installation.status().path("httpUrl").asText("")).isEmpty());
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
        wire.close();
        servers.close();
    }

    private static void post(String operation, String customer) throws Exception {
        String key = Files.readString(folder.resolve("user/data/api-key")).strip();
        String body = """
                {"event_id": "e%d", "source_system": "shop", "operation": "%s", "observed_at": "%s", "region": "CA",
                 "customer": %s}""".formatted(++events, operation, Instant.now(), customer);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(httpUrl + "/v1/customers"))
                                .header("Authorization", "Bearer " + key)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    private static String email(String address, String status) {
        return """
                {"given_name": "Xylo", "family_name": "Quartzbourg", "email": "%s", "phone": "514 288-4177",
                 "consent": {"channel": "EMAIL", "status": "%s"}}""".formatted(address, status);
    }

    private static void command(CommandType type, String customerId) throws Exception {
        var command = new CustomerCommand();
        command.setCommandId("command-" + type);
        command.setDirectoryId("main");
        command.setType(type);
        command.setActor("tester");
        command.setCustomerId(customerId);
        command.setIssuedAt(Instant.now());
        command.setRecordIds(new ArrayList<>());
        command.setArguments(new HashMap<>());
        Map<String, Object> settings = Map.of("bootstrap.servers", addresses.kafkaBootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), wire.serializer(Topics.COMMANDS))) {
            producer.send(new ProducerRecord<>(Topics.COMMANDS.name(), "main", command))
                    .get();
        }
    }

    /** Reads the list anew each time, as after a restart. */
    private static void awaitList(String... addressesOnIt) {
        Path file = folder.resolve("list.tsv");
        await().atMost(LONG).untilAsserted(() -> {
            try (var list = new MailingList(file, addresses.kafkaBootstrapServers(), wire)) {
                for (int quiet = 0; quiet < 3; ) {
                    quiet = list.poll(Duration.ofMillis(300)) == 0 ? quiet + 1 : 0;
                }
            }
            var found = new TreeSet<String>();
            if (Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> found.add(line.split("\t")[2]));
            }
            assertThat(found).containsExactlyInAnyOrder(addressesOnIt);
        });
    }

    private static Connection database() throws SQLException {
        return DriverManager.getConnection(
                addresses.jdbc().url(),
                addresses.jdbc().user(),
                addresses.jdbc().password());
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private static List<String> inDatabase() throws SQLException {
        var found = new ArrayList<String>();
        try (Connection connection = database()) {
            var tables = new ArrayList<String>();
            try (ResultSet names = connection.getMetaData().getTables(null, "repertoire", "%", null)) {
                while (names.next()) {
                    if (List.of("TABLE", "VIEW").contains(names.getString("TABLE_TYPE"))) {
                        tables.add(names.getString("TABLE_NAME"));
                    }
                }
            }
            assertThat(tables).contains("customer", "consent_ledger", "row_outcome", "reject", "customer_email");
            for (String table : tables) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT t::text FROM repertoire." + table + " t")) {
                    while (rows.next()) {
                        note(found, table, rows.getString(1));
                    }
                }
            }
        }
        return found;
    }

    private static void note(List<String> found, String where, String text) {
        for (String word : PERSON) {
            if (text != null && text.contains(word) && !found.contains(where)) {
                found.add(where);
            }
        }
    }

    /**
     * Names of topics, changelogs too, that hold any of it: keys, values and headers, uncommitted records as well. A deletion in the
     * table of identifiers names what it deletes.
     */
    private static List<String> inTopics() throws Exception {
        var found = new ArrayList<String>();
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", addresses.kafkaBootstrapServers());
        try (var admin = Admin.create(settings);
                var consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = new ArrayList<TopicPartition>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) ->
                            topic.partitions().forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    note(found, record.topic(), text(record.key()));
                    note(found, record.topic(), text(record.value()));
                    record.headers().forEach(header -> note(found, record.topic(), text(header.value())));
                }
            }
        }
        return found;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Files of the user's data folder, the logs among them; the stores' own files are binary and packed. */
    private static List<String> inFiles() throws IOException {
        var found = new ArrayList<String>();
        Path root = folder.resolve("user");
        // What a command answered its user is in files beside it only because this is a test.
        try (var files = Files.walk(root.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!name.startsWith("data/streams")) {
                    note(found, name, Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return found;
    }

    @Test
    @Order(1)
    void the_example_keeps_its_list_in_step_through_grant_merge_and_revoke() throws Exception {
        post("UPSERT", "{\"given_name\": \"Luc\", \"family_name\": \"Autre\", \"email\": \"luc@shop.ca\"}");
        awaitList();
        post("CONSENT", email("xylo.quartz@shop.ca", "GRANTED"));
        awaitList("xylo.quartz@shop.ca");
        post(
                "CONSENT",
                "{\"given_name\": \"Luc\", \"family_name\": \"Autre\", \"email\": \"luc@shop.ca\","
                        + " \"consent\": {\"channel\": \"EMAIL\", \"status\": \"GRANTED\"}}");
        awaitList("luc@shop.ca", "xylo.quartz@shop.ca");

        // The same name and phone: one customer, whose new address nobody consented for.
        post("UPSERT", """
                {"given_name": "Xylo", "family_name": "Quartzbourg", "email": "xylo.other@shop.ca", "phone": "514 288-4177"}""");
        await().atMost(LONG)
                .until(() ->
                        count("SELECT count(*) FROM repertoire.customer_email" + " WHERE value LIKE 'xylo%'") == 2);
        awaitList("luc@shop.ca", "xylo.quartz@shop.ca");

        post("CONSENT", email("xylo.quartz@shop.ca", "DENIED"));
        awaitList("luc@shop.ca");
        post("CONSENT", email("xylo.other@shop.ca", "GRANTED"));
        awaitList("luc@shop.ca", "xylo.other@shop.ca");
        assertThat(count("SELECT count(*) FROM repertoire.consent_ledger")).isEqualTo(4);
    }

    @Test
    @Order(2)
    void p41_p45_an_erased_person_is_gone_at_once_from_everything_that_answers_and_in_time_from_everything()
            throws Exception {
        Path file = folder.resolve("user/people.csv");
        Files.writeString(file, """
                First name,Last name,Email,Notes
                Xylo,Quartzbourg,xylo.quartz@shop.ca,porcelaine
                ,,not an address of Quartzbourg,
                """);
        installation.succeed("import", file.toString(), "--json");
        Files.delete(file);

        assertThat(inDatabase()).contains("customer", "consent_ledger", "customer_email", "customer_search");
        assertThat(inTopics())
                .contains(
                        Topics.DIRECTORY.name(),
                        Topics.MARKETING.name(),
                        Topics.CHANGES.name(),
                        Topics.SUBMISSIONS.name(),
                        "repertoire-streams-source-records-changelog",
                        "repertoire-streams-identifiers-changelog");
        assertThat(inFiles())
                .anyMatch(name -> name.startsWith("data/done/"))
                .anyMatch(name -> name.contains("rejects"));

        String id = installation
                .succeed("customers", "search", "xylo.quartz", "--json")
                .json()
                .get(0)
                .get("customerId")
                .asText();
        command(CommandType.ERASE, id);

        await().atMost(LONG).untilAsserted(() -> assertThat(inDatabase()).isEmpty());
        awaitList("luc@shop.ca");
        assertThat(installation.run("customers", "show", id).exitCode()).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM repertoire.erasure_register WHERE customer_id = '" + id
                        + "' AND actor = 'tester' AND source_records > 1"))
                .isEqualTo(1);

        Instant erased = Instant.now();
        var lastSeen = new TreeMap<String, Long>();
        await().atMost(RETENTION.multipliedBy(6))
                .pollInterval(Duration.ofSeconds(3))
                .untilAsserted(() -> {
                    List<String> found = inTopics();
                    found.forEach(topic -> lastSeen.put(
                            topic, Duration.between(erased, Instant.now()).toSeconds()));
                    assertThat(found).isEmpty();
                    assertThat(inFiles()).isEmpty();
                });
        System.out.println("Last seen, seconds after the erasure: " + lastSeen);
        System.out.println(
                "Nothing was left " + Duration.between(erased, Instant.now()).toSeconds()
                        + " s after the erasure, with a lag of " + LAG.toSeconds() + " s and a retention of "
                        + RETENTION.toSeconds() + " s");
    }

    @Test
    @Order(3)
    void p41_the_next_file_does_not_bring_the_person_back() throws Exception {
        Path file = folder.resolve("user/again.csv");
        Files.writeString(
                file, "First name,Last name,Email\nXylo,Quartzbourg,xylo.quartz@shop.ca\nNina,Neuve,nina@shop.ca\n");
        var result =
                installation.succeed("import", file.toString(), "--json").json().get(0);
        assertThat(result.get("suppressed").asLong()).isEqualTo(1);
        assertThat(result.get("created").asLong()).isEqualTo(1);
        assertThat(inDatabase()).isEmpty();
        assertThat(inTopics())
                .as("nothing of it goes on from where it came in")
                .allMatch(topic -> topic.equals(Topics.SUBMISSIONS.name()));
    }
}
