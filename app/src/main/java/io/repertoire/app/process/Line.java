package io.repertoire.app.process;

import com.zaxxer.hikari.HikariDataSource;
import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.schemas.Wire;
import io.repertoire.sink.Databases;
import io.repertoire.sink.DirectoryQueries;
import io.repertoire.sink.Migrations;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one job needs to be carried out and seen in the database: the servers, the topics, the tables and the stages that
 * nobody else runs. Starts what is missing and stops it again when it is closed.
 */
public final class Line implements AutoCloseable {

    private final Cleanup cleanup;
    private final Servers servers;
    private final Connections connections;
    private final Wire wire;
    private final DirectoryQueries queries;
    private final StageSet stages;
    private final DataFolder data;
    private final Terminal terminal;
    private final Shutdown shutdown;
    private boolean saidAway;

    private Line(
            Cleanup cleanup,
            Servers servers,
            Connections connections,
            Wire wire,
            DirectoryQueries queries,
            StageSet stages,
            DataFolder data,
            Terminal terminal,
            Shutdown shutdown) {
        this.cleanup = cleanup;
        this.servers = servers;
        this.connections = connections;
        this.wire = wire;
        this.queries = queries;
        this.stages = stages;
        this.data = data;
        this.terminal = terminal;
        this.shutdown = shutdown;
    }

    /**
     * @param name what the database calls its connections
     * @param needed stages, such as {@link StageSet#WHOLE_LINE}
     */
    public static Line open(
            Configuration configuration,
            DataFolder data,
            String name,
            List<String> needed,
            Terminal terminal,
            Shutdown shutdown,
            Clock clock) {
        var cleanup = new Cleanup();
        boolean open = false;
        try {
            Servers servers = cleanup.add(
                    "servers", Servers.visit(configuration, data, EnumSet.allOf(Need.class), terminal, shutdown));
            var connections = new Connections(configuration, servers.addresses());
            Wire wire = cleanup.add("wire", connections.wire());
            StageSet.prepare(connections, wire, terminal, shutdown);
            HikariDataSource database = cleanup.add("database", Databases.pool(connections.database(), name, 2));
            Migrations.migrate(database);
            boolean ownKafka = !configuration.has(Settings.KAFKA_BOOTSTRAP_SERVERS);
            var stages =
                    cleanup.add("stages", new StageSet(needed, connections, data, wire, ownKafka, terminal, clock));
            var queries = new DirectoryQueries(database);
            var line = new Line(cleanup, servers, connections, wire, queries, stages, data, terminal, shutdown);
            line.look();
            open = true;
            return line;
        } finally {
            if (!open) {
                cleanup.close();
            }
        }
    }

    public Connections connections() {
        return connections;
    }

    public Wire wire() {
        return wire;
    }

    public DirectoryQueries queries() {
        return queries;
    }

    /**
     * To be called from time to time while somebody waits for the job: starts what nobody runs any more, and says what waits,
     * fails or is well again. While the process that ran the servers is away nothing is started: its next start would find the
     * stages taken.
     *
     * @throws Failure if it cannot go on by itself
     */
    public void look() {
        if (servers.ownerIsAway()) {
            if (!saidAway) {
                saidAway = true;
                terminal.say(
                        "The servers on " + data.root() + " have stopped with the process that ran them; waiting for"
                                + " it to be started again. What was sent is kept: whoever stops waiting loses nothing.");
            }
            return;
        }
        saidAway = false;
        stages.startMissing();
        Optional<String> broken = servers.lost().or(stages::broken);
        if (broken.isPresent()) {
            throw Failure.failed(broken.get());
        }
        stages.look();
    }

    /** The job is done: others that use what was started here are waited for. */
    public void awaitGuests() {
        servers.awaitGuests(stages.runsAny(), terminal, shutdown);
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
