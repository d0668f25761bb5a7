package io.repertoire.app.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.embedded.ServerAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs on a data folder, seen from outside: by its locks, and by what the processes that hold them say over HTTP.
 *
 * @param kafkaBootstrapServers null if none is configured and none runs; so for the other addresses
 * @param jdbcUrl of the embedded database with user and password, so that a script can connect with it
 */
public record RunningInstallation(
        @Nullable String kafkaBootstrapServers,
        @Nullable String schemaRegistryUrl,
        @Nullable String jdbcUrl,
        @Nullable String httpUrl,
        Path dataDir,
        List<Component> components) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

    /**
     * One thing that runs.
     *
     * @param state lower case; {@code running} where nobody can be asked for more
     */
    public record Component(String name, String state, String detail) {}

    public RunningInstallation {
        components = List.copyOf(components);
    }

    /** Starts nothing, changes nothing. */
    public static RunningInstallation look(Configuration configuration, DataFolder data) {
        Optional<ServerAddresses> servers = EmbeddedServers.running(data.root());
        var components = new ArrayList<Component>();
        if (servers.isPresent()) {
            Map<String, String> faults = EmbeddedServers.faults(data.root());
            embedded(components, "kafka", configuration.has(Settings.KAFKA_BOOTSTRAP_SERVERS), faults);
            embedded(components, "registry", configuration.has(Settings.SCHEMA_REGISTRY_URL), faults);
            embedded(components, "postgres", configuration.has(Settings.JDBC_URL), faults);
        }
        @Nullable String httpUrl = null;
        for (String stage : List.of(StageFactory.INGEST, StageFactory.STREAMS, StageFactory.SINK)) {
            Optional<RunningPart.Details> found = RunningPart.find(data, stage);
            if (found.isPresent()) {
                String url = found.get().httpUrl();
                components.add(url == null ? new Component(stage, "running", "") : ask(stage, url));
                httpUrl = httpUrl == null ? url : httpUrl;
            }
        }
        return new RunningInstallation(
                address(
                        configuration,
                        Settings.KAFKA_BOOTSTRAP_SERVERS,
                        servers.map(ServerAddresses::kafkaBootstrapServers)),
                address(configuration, Settings.SCHEMA_REGISTRY_URL, servers.map(ServerAddresses::schemaRegistryUrl)),
                address(configuration, Settings.JDBC_URL, servers.map(s -> withLogin(s.jdbc()))),
                httpUrl,
                data.root(),
                components);
    }

    private static void embedded(
            List<Component> components, String name, boolean configured, Map<String, String> faults) {
        if (!configured) {
            String fault = faults.get(name);
            components.add(new Component(name, fault == null ? "running" : "waiting", fault == null ? "" : fault));
        }
    }

    private static @Nullable String address(
            Configuration configuration, io.repertoire.app.config.Setting<String> setting, Optional<String> running) {
        if (configuration.has(setting)) {
            return configuration.get(setting);
        }
        return running.filter(address -> !Servers.isPlaceholder(address)).orElse(null);
    }

    /** Whoever may read the data folder may log in to its database, so its address says how. */
    private static String withLogin(JdbcAddress database) {
        String url = database.url();
        if (Servers.isPlaceholder(url) || database.user() == null) {
            return url;
        }
        return url + (url.contains("?") ? '&' : '?') + "user=" + database.user()
                + (database.password() == null ? "" : "&password=" + database.password());
    }

    private static Component ask(String stage, String url) {
        var client = HttpClient.newBuilder().connectTimeout(ASK_LIMIT).build();
        var request = HttpRequest.newBuilder(URI.create(url + "/health/ready"))
                .timeout(ASK_LIMIT)
                .build();
        try {
            JsonNode health = JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("components")
                    .path(stage);
            return new Component(
                    stage,
                    health.path("state").asText("running").toLowerCase(Locale.ROOT),
                    health.path("detail").asText(""));
        } catch (IOException | RuntimeException noAnswer) {
            return new Component(stage, "running", "its process does not answer");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Component(stage, "running", "");
        }
    }
}
