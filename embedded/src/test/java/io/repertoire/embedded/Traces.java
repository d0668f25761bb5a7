package io.repertoire.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Leaves something in each of the three servers, and finds it again: a record on Kafka, its schema's id, a row. */
final class Traces {

    private final ServerAddresses servers;

    Traces(ServerAddresses servers) {
        this.servers = servers;
    }

    void leave(String word) throws Exception {
        try (var topics = new TopicAdmin(
                Admin.create(Map.of("bootstrap.servers", servers.kafkaBootstrapServers())),
                TopicAdmin.Settings.of(2))) {
            topics.create();
        }
        try (var wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()));
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", servers.kafkaBootstrapServers()),
                        new StringSerializer(),
                        wire.serializer(Topics.COMMAND_RESULTS))) {
            producer.send(new ProducerRecord<>(Topics.COMMAND_RESULTS.name(), 0, "main/" + word, result(word)))
                    .get(30, TimeUnit.SECONDS);
        }
        try (var connection = DriverManager.getConnection(
                        servers.jdbc().url(),
                        servers.jdbc().user(),
                        servers.jdbc().password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS trace (word text)");
            statement.execute("INSERT INTO trace VALUES ('" + word + "')");
        }
    }

    void assertFound(String... words) throws SQLException {
        assertThat(onKafka()).as("records, decoded by their schema's id").containsExactly(words);
        assertThat(inPostgres()).as("rows").containsExactly(words);
    }

    private List<String> onKafka() {
        try (var wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()));
                var consumer = new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", servers.kafkaBootstrapServers()),
                        new StringDeserializer(),
                        wire.deserializer(Topics.COMMAND_RESULTS))) {
            var partition = new TopicPartition(Topics.COMMAND_RESULTS.name(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            var found = new java.util.ArrayList<String>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> found.add(record.value().getMessage()));
            }
            return found;
        }
    }

    private List<String> inPostgres() throws SQLException {
        try (var connection = DriverManager.getConnection(
                        servers.jdbc().url(),
                        servers.jdbc().user(),
                        servers.jdbc().password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT word FROM trace")) {
            var found = new java.util.ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static CommandResult result(String word) {
        var result = new CommandResult();
        result.setCommandId(word);
        result.setDirectoryId("main");
        result.setType(CommandType.EDIT);
        result.setStatus(CommandStatus.DONE);
        result.setMessage(word);
        result.setCustomerIds(List.of());
        result.setCompletedAt(Instant.EPOCH);
        return result;
    }
}
