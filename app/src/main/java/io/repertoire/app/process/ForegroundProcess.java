package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.app.http.HealthReport;
import io.repertoire.app.http.HttpServer;
import io.repertoire.app.metrics.Metrics;
import io.repertoire.embedded.DataFolderInUseException;
import io.repertoire.ingest.http.HttpApi;
import io.repertoire.ingest.inbox.DataFolders;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code up}, {@code servers}, {@code ingest}, {@code streams}, {@code sink}: runs until Ctrl-C, then closes in reverse order. */
public final class ForegroundProcess {

    private final Configuration configuration;
    private final DataFolder data;
    private final Terminal terminal;
    private final Shutdown shutdown;
    private final Clock clock;

    public ForegroundProcess(
            Configuration configuration, DataFolder data, Terminal terminal, Shutdown shutdown, Clock clock) {
        this.configuration = configuration;
        this.data = data;
        this.terminal = terminal;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    /** Everything in one process tree. */
    public void up() {
        run(List.of(StageFactory.SINK, StageFactory.STREAMS, StageFactory.INGEST), true);
    }

    /** The servers alone. */
    public void servers() {
        run(List.of(), true);
    }

    /** One stage alone. */
    public void stage(String name) {
        run(List.of(name), false);
    }

    private void run(List<String> stages, boolean ownServers) {
        try (var cleanup = new Cleanup()) {
            start(stages, ownServers, cleanup);
        }
    }

    private void start(List<String> stages, boolean ownServers, Cleanup cleanup) {
        List<RunningPart> claims = claim(stages, cleanup);
        if (ownServers) {
            terminal.say("Starting ...");
        }
        Servers servers = cleanup.add("servers", servers(ownServers));
        var connections = new Connections(configuration, servers.addresses());
        Wire wire = cleanup.add("wire", connections.wire());
        new Preparation(connections, terminal, shutdown).run(wire);

        Metrics metrics = cleanup.add("metrics", new Metrics().bindJvm());
        var health = new HealthReport();
        servers.check().forEach(server -> health.add(server.name(), () -> of(servers, server.name())));
        var factory = new StageFactory(connections, data, wire, metrics, clock);
        for (String name : stages) {
            Stage stage = cleanup.add(name, factory.stage(name));
            health.add(name, stage::check);
            stage.start();
        }
        @Nullable String httpUrl = stages.isEmpty() ? null : http(stages, factory, health, metrics, cleanup);
        claims.forEach(claim -> claim.publish(httpUrl));
        announce(stages, connections, httpUrl);
        new HealthWatch(health, terminal).watch(shutdown, servers::lost);
        terminal.say("Stopping ...");
    }

    private List<RunningPart> claim(List<String> stages, Cleanup cleanup) {
        var claims = new ArrayList<RunningPart>();
        for (String name : stages) {
            RunningPart claim = RunningPart.claim(data, name)
                    .orElseThrow(() -> Failure.failed("The " + name + " stage already runs on " + data.root()
                            + RunningPart.find(data, name)
                                    .map(other -> other.pid() == 0 ? "" : ", in process " + other.pid())
                                    .orElse("")
                            + ". Stop it first, or choose another folder with --data."));
            claims.add(cleanup.add("claim of " + name, claim));
        }
        return claims;
    }

    private Servers servers(boolean own) {
        if (!own) {
            return Servers.join(configuration, data, terminal, shutdown);
        }
        try {
            return Servers.start(configuration, data);
        } catch (DataFolderInUseException inUse) {
            throw Failure.failed(String.valueOf(inUse.getMessage()), inUse);
        }
    }

    private static Health of(Servers servers, String name) {
        return servers.check().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .map(server -> server.up()
                        ? Health.up()
                        : Health.of(server.recovers() ? Health.State.WAITING : Health.State.FAILED, server.detail()))
                .orElseGet(() -> Health.of(Health.State.CLOSED, ""));
    }

    private String http(
            List<String> stages, StageFactory factory, HealthReport health, Metrics metrics, Cleanup cleanup) {
        var server = new HttpServer(configuration.get(Settings.HTTP_HOST), health, metrics::scrape);
        int port = configuration.get(Settings.HTTP_PORT);
        boolean insist = configuration.isSet(Settings.HTTP_PORT);
        if (!stages.contains(StageFactory.INGEST)) {
            cleanup.add("http", server);
            return server.start(port, insist, routes -> {});
        }
        ApiKeyFile.ApiKeys keys = new ApiKeyFile(data).keys(configuration);
        if (keys.made() != null) {
            terminal.say("An API key for the directory main was made: " + keys.made());
        }
        HttpApi api = cleanup.add("http events", factory.http(keys.byKey()));
        health.add("http", api::check);
        api.start();
        cleanup.add("http", server);
        return server.start(port, insist, api::addTo);
    }

    private void announce(List<String> stages, Connections connections, @Nullable String httpUrl) {
        terminal.say("Kafka            " + connections.servers().kafkaBootstrapServers());
        terminal.say("Schema registry  " + connections.servers().schemaRegistryUrl());
        terminal.say("PostgreSQL       " + connections.servers().jdbc());
        if (httpUrl != null) {
            terminal.say("HTTP             " + httpUrl);
        }
        if (stages.contains(StageFactory.INGEST)) {
            terminal.say("Inbox            " + new DataFolders(data.root()).inbox());
            terminal.say("API key          "
                    + (configuration.directories().stream().allMatch(name -> configuration
                                    .get(name, Settings.API_KEYS)
                                    .isEmpty())
                            ? data.apiKey().toString()
                            : "as configured"));
        }
        terminal.say("Logs             " + data.logs());
        terminal.say("Ready; Ctrl-C stops.");
    }
}
