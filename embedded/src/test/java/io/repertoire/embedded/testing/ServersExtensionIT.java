package io.repertoire.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
class ServersExtensionIT {

    private final Servers servers;

    ServersExtensionIT(Servers servers) {
        this.servers = servers;
    }

    @Test
    void the_catalogue_is_created_once_and_verifies() {
        try (var topics = new TopicAdmin(
                Admin.create(Map.of("bootstrap.servers", servers.kafkaBootstrapServers())),
                TopicAdmin.Settings.of(4))) {
            assertThat(topics.create()).hasSize(Topics.ALL.size());
            assertThat(topics.create()).isEmpty();
            assertThat(topics.verify()).isEmpty();
        }
    }

    @Test
    void every_schema_is_registered() {
        try (var wire = Wire.open(WireConfig.of(servers.schemaRegistryUrl()))) {
            wire.registerAll();
            assertThat(wire.serializer(Topics.COMMAND_RESULTS)).isNotNull();
            assertThat(CommandResult.getClassSchema()).isNotNull();
        }
    }

    @Test
    void a_new_database_is_empty_and_its_own() throws Exception {
        var one = servers.newDatabase();
        var two = servers.newDatabase();
        assertThat(one.url()).isNotEqualTo(two.url());
        try (var connection = DriverManager.getConnection(one.url(), one.user(), one.password());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (a int)");
        }
        try (var connection = DriverManager.getConnection(two.url(), two.user(), two.password());
                var tables = connection.getMetaData().getTables(null, "public", "%", null)) {
            assertThat(tables.next()).isFalse();
        }
    }
}
