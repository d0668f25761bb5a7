package io.repertoire.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.embedded.JdbcAddress;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SchemaRegistry;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.TopicAdmin.Mismatch;
import io.repertoire.schemas.TopicAdmin.Settings;
import io.repertoire.schemas.TopicSpec;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import io.repertoire.schemas.testing.SchemaEvolution;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Repertoire needs of its three servers, whoever provides them. */
abstract class ServersSuite {

    private final Servers servers;

    ServersSuite(Servers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void noTopics() throws Exception {
        try (var admin = admin()) {
            var there = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            var ours = Topics.ALL.stream()
                    .map(TopicSpec::name)
                    .filter(there::contains)
                    .toList();
            admin.deleteTopics(ours).all().get(10, TimeUnit.SECONDS);
            Awaitility.await().until(() -> admin.listTopics().names().get(10, TimeUnit.SECONDS).stream()
                    .noneMatch(ours::contains));
        }
    }

    @Test
    void the_catalogue_is_created_once_with_its_settings_and_verifies() {
        var settings = new Settings(3, (short) 1, Map.of(Topics.CHANGES.name(), Duration.ofDays(7)));
        try (var topics = new TopicAdmin(admin(), settings)) {
            assertThat(topics.verify()).hasSize(Topics.ALL.size()).allSatisfy(mismatch -> assertThat(mismatch.remedy())
                    .isEqualTo("run topics create"));
            assertThat(topics.create())
                    .containsExactlyElementsOf(
                            Topics.ALL.stream().map(TopicSpec::name).toList());
            assertThat(topics.create()).isEmpty();
            assertThat(topics.verify()).isEmpty();
            assertThat(topics.list()).allSatisfy(state -> {
                assertThat(state.exists()).isTrue();
                assertThat(state.partitions()).isEqualTo(3);
                assertThat(state.replicationFactor()).isEqualTo(1);
            });
            assertThat(state(topics, Topics.DIRECTORY.name()).config())
                    .isEqualTo(Map.of("cleanup.policy", "compact", "max.compaction.lag.ms", "86400000"));
            assertThat(state(topics, Topics.CHANGES.name()).config())
                    .isEqualTo(
                            Map.of("cleanup.policy", "delete", "retention.ms", "604800000", "segment.ms", "60480000"));
        }
    }

    @Test
    void every_mismatch_is_reported_at_once_with_what_to_do() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic(Topics.SUBMISSIONS.name(), 1, (short) 1),
                            new NewTopic(Topics.DIRECTORY.name(), 2, (short) 1)
                                    .configs(Map.of("cleanup.policy", "delete"))))
                    .all()
                    .get(10, TimeUnit.SECONDS);
        }
        try (var topics = new TopicAdmin(admin(), Settings.of(2))) {
            topics.create();
            assertThat(topics.verify())
                    .extracting(Mismatch::toString)
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .contains(Topics.SUBMISSIONS.name(), "has 1 partitions", "topics.partitions is 2"),
                            second -> assertThat(second)
                                    .contains(Topics.DIRECTORY.name(), "cleanup.policy=delete", "kafka-configs"));
        }
    }

    @Test
    void a_transaction_is_seen_whole_by_those_who_read_committed() {
        try (var topics = new TopicAdmin(admin(), Settings.of(1))) {
            topics.create();
        }
        var name = Topics.SUBMISSIONS.name();
        var partition = new TopicPartition(name, 0);
        try (var wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()));
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                servers.kafkaBootstrapServers(),
                                "transactional.id",
                                "suite-" + UUID.randomUUID()),
                        new StringSerializer(),
                        wire.serializer(Topics.SUBMISSIONS));
                var consumer = new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                servers.kafkaBootstrapServers(),
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        wire.deserializer(Topics.SUBMISSIONS))) {
            producer.initTransactions();
            var record = new io.repertoire.schemas.testing.RandomRecords(5).next(CustomerSubmission.class);
            producer.beginTransaction();
            var unused = producer.send(new ProducerRecord<>(name, 0, "main", record));
            producer.abortTransaction();
            producer.beginTransaction();
            unused = producer.send(new ProducerRecord<>(name, 0, "main", record));
            producer.commitTransaction();
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var found = new java.util.ArrayList<CustomerSubmission>();
            // A commit is acknowledged before its markers are written, and only those let a reader pass.
            var deadline = Instant.now().plusSeconds(30);
            while (found.isEmpty() && Instant.now().isBefore(deadline)) {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> found.add(each.value()));
            }
            assertThat(found).containsExactly(record);
        }
    }

    @Test
    void every_schema_is_registered_under_its_rule() {
        var config = WireConfig.of(servers.schemaRegistryUrl());
        try (var wire = Wire.open(config);
                var registry = SchemaRegistry.open(config)) {
            wire.registerAll();
            assertThat(SchemaEvolution.compare(registry))
                    .hasSize(Topics.AVRO.size())
                    .allMatch(SchemaEvolution.Standing::registered);
        }
    }

    @Test
    void a_new_database_is_empty_and_its_own() throws SQLException {
        var one = servers.newDatabase();
        var two = servers.newDatabase();
        assertThat(one.url()).isNotEqualTo(two.url());
        execute(one, "CREATE TABLE t (a int)");
        execute(two, "CREATE TABLE t (a text)");
    }

    private static void execute(JdbcAddress database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static TopicAdmin.State state(TopicAdmin topics, String name) {
        return topics.list().stream()
                .filter(state -> state.topic().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers.kafkaBootstrapServers()));
    }
}
