package io.repertoire.embedded.testing;

import io.repertoire.embedded.EmbeddedConfig;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.embedded.ServerAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** The embedded servers in a temporary folder, tuned to start and stop quickly. */
final class LocalServers implements Servers {

    private final Path folder;
    private final EmbeddedServers servers;
    private final ServerAddresses addresses;
    private final NewDatabases databases;

    private LocalServers(Path folder, EmbeddedServers servers, ServerAddresses addresses) {
        this.folder = folder;
        this.servers = servers;
        this.addresses = addresses;
        this.databases = new NewDatabases(addresses.jdbc());
    }

    static LocalServers start() {
        try {
            var folder = Files.createTempDirectory("repertoire-it");
            var servers = new EmbeddedServers(EmbeddedConfig.in(folder)
                    .forTests(SharedPrograms.folder())
                    .withSettings(Map.of("log.segment.bytes", "16777216"), Map.of("shared_buffers", "64MB")));
            return new LocalServers(folder, servers, servers.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kafkaBootstrapServers() {
        return addresses.kafkaBootstrapServers();
    }

    @Override
    public String schemaRegistryUrl() {
        return addresses.schemaRegistryUrl();
    }

    @Override
    public JdbcAddress jdbc() {
        return addresses.jdbc();
    }

    @Override
    public JdbcAddress newDatabase() {
        return databases.create();
    }

    @Override
    public void close() {
        servers.close();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A temporary folder; the system tidies it.
        }
    }
}
