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
    private final Terminal terminal;
    private final Shutdown shutdown;

    private Line(
            Cleanup cleanup,
            Configuration configuration,
            DataFolder data,
            String name,
            List<String> needed,
            Terminal terminal,
            Shutdown shutdown,
            Clock clock) {
        this.cleanup = cleanup;
        this.terminal = terminal;
        this.shutdown = shutdown;
        servers = cleanup.add(
                "servers", Servers.visit(configuration, data, EnumSet.allOf(Need.class), terminal, shutdown));
        connections = new Connections(configuration, servers.addresses());
        wire = cleanup.add("wire", connections.wire());
        StageSet.prepare(connections, wire, terminal, shutdown);
        HikariDataSource database = cleanup.add("database", Databases.pool(connections.database(), name, 2));
        Migrations.migrate(database);
        queries = new DirectoryQueries(database);
        boolean ownKafka = !configuration.has(Settings.KAFKA_BOOTSTRAP_SERVERS);
        stages = cleanup.add("stages", new StageSet(needed, connections, data, wire, ownKafka, terminal, clock));
        stages.startMissing();
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
            var line = new Line(cleanup, configuration, data, name, needed, terminal, shutdown, clock);
            open = true;
            return line;
        } finally {
            if (!open) {
                cleanup.close();
            }
        }
    }

    public Servers servers() {
        return servers;
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

    public StageSet stages() {
        return stages;
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
