package io.repertoire.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.embedded.testing.SharedPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {

    @TempDir
    Path data;

    @TempDir
    Path other;

    @Test
    void what_was_stored_is_there_again_after_a_restart_at_the_same_addresses_and_no_transaction_hangs()
            throws Exception {
        ServerAddresses before;
        try (var servers = servers(data)) {
            before = servers.start();
            new Traces(before).leave("one");
            new LostTransaction(before).leave();
            assertThat(servers.check()).allMatch(ServerState::up);
            assertThat(EmbeddedServers.running(data)).contains(before);
        }
        assertThat(EmbeddedServers.running(data)).isEmpty();
        assertThat(processes(data)).isEmpty();
        try (var servers = servers(data)) {
            assertThat(servers.start()).isEqualTo(before);
            new Traces(before).leave("two");
            new Traces(before).assertFound("one", "two");
            new LostTransaction(before).assertEnds();
        }
    }

    @Test
    void after_a_kill_the_next_start_clears_up_and_finds_everything() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldServers.class.getName(),
                        data.toString(),
                        SharedPrograms.folder().toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("holder.log").toFile())
                .start();
        try {
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> EmbeddedServers.running(data)
                    .isPresent());
            var held = EmbeddedServers.running(data).orElseThrow();
            new Traces(held).leave("one");

            try (var second = servers(data)) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(DataFolderInUseException.class)
                        .hasMessageContaining(data.toString())
                        .hasMessageContaining("process " + process.pid());
            }
            assertThat(EmbeddedServers.running(data))
                    .as("the second one left it alone")
                    .contains(held);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(processes(data)).as("PostgreSQL and registry outlive a kill").hasSize(2);
        assertThat(EmbeddedServers.running(data)).as("the lock does not").isEmpty();

        try (var servers = servers(data)) {
            var addresses = servers.start();
            new Traces(addresses).leave("two");
            new Traces(addresses).assertFound("one", "two");
            assertThat(processes(data)).hasSize(2);
        }
        assertThat(processes(data)).isEmpty();
    }

    @Test
    void a_registry_and_a_postgres_that_die_are_started_again_where_they_were() throws Exception {
        try (var servers = new EmbeddedServers(EmbeddedConfig.in(data).withPrograms(SharedPrograms.folder()))) {
            var addresses = servers.start();
            new Traces(addresses).leave("one");
            var killed = processes(data);
            assertThat(killed).hasSize(2);
            killed.forEach(ProcessHandle::destroyForcibly);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> EmbeddedServers.faults(data).size() == 2);
            assertThat(servers.check())
                    .filteredOn(server -> !server.up())
                    .allMatch(ServerState::recovers)
                    .extracting(ServerState::name)
                    .containsExactly("registry", "postgres");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> servers.check().stream()
                    .allMatch(ServerState::up));
            new Traces(addresses).leave("two");
            new Traces(addresses).assertFound("one", "two");
            assertThat(processes(data)).hasSize(2).doesNotContainAnyElementsOf(killed);
        }
        assertThat(processes(data)).isEmpty();
    }

    @Test
    void two_data_folders_run_side_by_side() throws Exception {
        try (var one = servers(data);
                var two = servers(other)) {
            var first = new Traces(one.start());
            var second = new Traces(two.start());
            first.leave("one");
            second.leave("two");
            first.assertFound("one");
            second.assertFound("two");
        }
    }

    @Test
    void half_a_data_directory_of_a_kill_during_the_first_start_is_thrown_away() throws Exception {
        Files.createDirectories(data.resolve(".kafka.new-1"));
        Files.writeString(data.resolve(".kafka.new-1").resolve("meta.properties"), "half");
        Files.createDirectories(data.resolve("postgres/.data.new-1/base"));
        Files.writeString(data.resolve("postgres/.data.new-1/PG_VERSION"), "18");
        try (var servers = servers(data)) {
            servers.start();
            assertThat(data.resolve(".kafka.new-1")).doesNotExist();
            assertThat(data.resolve("postgres/.data.new-1")).doesNotExist();
        }
    }

    @Test
    void the_products_postgres_is_durable_and_asks_for_a_password() throws Exception {
        try (var servers = new EmbeddedServers(EmbeddedConfig.in(data)
                .withPrograms(SharedPrograms.folder())
                .using("configured:9092", "http://configured", null))) {
            var addresses = servers.start();
            assertThat(addresses.kafkaBootstrapServers()).isEqualTo("configured:9092");
            assertThat(addresses.schemaRegistryUrl()).isEqualTo("http://configured");
            assertThat(data.resolve("kafka")).doesNotExist();
            var jdbc = addresses.jdbc();
            try (var connection = DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password());
                    var statement = connection.createStatement()) {
                for (var expected : Map.of(
                                "fsync", "on",
                                "full_page_writes", "on",
                                "synchronous_commit", "on",
                                "shared_buffers", "192MB",
                                "max_wal_size", "2GB",
                                "server_encoding", "UTF8",
                                "listen_addresses", "127.0.0.1")
                        .entrySet()) {
                    try (var row = statement.executeQuery("SHOW " + expected.getKey())) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getString(1)).as(expected.getKey()).isEqualTo(expected.getValue());
                    }
                }
            }
            assertThatThrownBy(() -> DriverManager.getConnection(jdbc.url(), jdbc.user(), "guess"))
                    .hasMessageContaining("password");
        }
    }

    private static EmbeddedServers servers(Path data) {
        return new EmbeddedServers(EmbeddedConfig.in(data).forTests(SharedPrograms.folder()));
    }

    /** The servers' own processes for this folder, without PostgreSQL's workers. */
    private static List<ProcessHandle> processes(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().arguments().map(arguments -> List.of(arguments)).orElse(List.of()).stream()
                                .anyMatch(argument ->
                                        argument.equals("-Drepertoire.registry.folder=" + data.resolve("registry"))
                                                || argument.equals(data.resolve("postgres/data")
                                                        .toString())))
                .toList();
    }
}
