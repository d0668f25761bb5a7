package io.repertoire.app.cli;

import com.zaxxer.hikari.HikariDataSource;
import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.app.process.Cleanup;
import io.repertoire.app.process.Connections;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.app.process.Shutdown;
import io.repertoire.sink.Databases;
import io.repertoire.sink.Migrations;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a command that only asks or sets something works with; what it had to start stops with it. */
final class Visit implements AutoCloseable {

    private final Repertoire root;
    private final Configuration configuration;
    private final DataFolder data;
    private final Shutdown shutdown;
    private final Servers servers;
    private final Cleanup cleanup = new Cleanup();

    private Visit(Repertoire root, Configuration configuration, DataFolder data, Shutdown shutdown, Servers servers) {
        this.root = root;
        this.configuration = configuration;
        this.data = data;
        this.shutdown = shutdown;
        this.servers = cleanup.add("servers", servers);
    }

    static Visit open(Repertoire root, Need... needs) {
        Set<Need> all = EnumSet.copyOf(List.of(needs));
        Configuration configuration = root.prepareExisting("commands", all);
        var data = new DataFolder(configuration.dataDir());
        var shutdown = root.shutdown();
        return new Visit(
                root,
                configuration,
                data,
                shutdown,
                Servers.visit(configuration, data, all, root.terminal(), shutdown));
    }

    Connections connections() {
        return new Connections(configuration, servers.addresses());
    }

    DataFolder data() {
        return data;
    }

    /** Without any care for whether the tables are there; closed with this. */
    HikariDataSource rawDatabase() {
        return cleanup.add("database", Databases.pool(connections().database(), "repertoire-commands", 2));
    }

    /** With the tables as this version needs them: those of an embedded database are brought up to date. */
    HikariDataSource database() {
        HikariDataSource database = rawDatabase();
        if (!Migrations.current(database)) {
            if (configuration.has(Settings.JDBC_URL)) {
                throw Failure.failed("The tables of the database are not up to date: run \"repertoire db migrate\".");
            }
            Migrations.migrate(database);
        }
        return database;
    }

    @Override
    public void close() {
        servers.awaitGuests(false, root.terminal(), shutdown);
        cleanup.close();
    }
}
