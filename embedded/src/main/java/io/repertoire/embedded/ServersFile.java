package io.repertoire.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code run/servers.json}: who runs servers in a data folder, and where they are. Only to be believed while {@link
 * FolderLock} is held. Readable by its owner only, for it holds the database's password.
 */
final class ServersFile {

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;

    ServersFile(Path file) {
        this.file = file;
    }

    /**
     * Servers of this process.
     *
     * @param addresses {@code null} until all are up
     * @param faults what has happened to some of them since, by name
     */
    void write(@Nullable ServerAddresses addresses, Map<String, String> faults) throws IOException {
        var self = ProcessHandle.current();
        var root = json.createObjectNode();
        root.put("state", addresses == null ? "STARTING" : "UP");
        root.put("pid", self.pid());
        self.info().startInstant().ifPresent(instant -> root.put("since", instant.toString()));
        if (addresses != null) {
            root.put("kafkaBootstrapServers", addresses.kafkaBootstrapServers());
            root.put("schemaRegistryUrl", addresses.schemaRegistryUrl());
            root.put("jdbcUrl", addresses.jdbc().url());
            root.put("jdbcUser", addresses.jdbc().user());
            root.put("jdbcPassword", addresses.jdbc().password());
        }
        if (!faults.isEmpty()) {
            var node = root.putObject("faults");
            faults.forEach(node::put);
        }
        replace(root);
    }

    /** The addresses, once all are up. */
    Optional<ServerAddresses> read() throws IOException {
        var root = tree();
        if (!root.path("state").asText().equals("UP")) {
            return Optional.empty();
        }
        return Optional.of(new ServerAddresses(
                root.path("kafkaBootstrapServers").asText(),
                root.path("schemaRegistryUrl").asText(),
                new JdbcAddress(
                        root.path("jdbcUrl").asText(),
                        root.path("jdbcUser").textValue(),
                        root.path("jdbcPassword").textValue())));
    }

    Map<String, String> faults() throws IOException {
        var faults = new TreeMap<String, String>();
        tree().path("faults")
                .properties()
                .forEach(fault -> faults.put(fault.getKey(), fault.getValue().asText()));
        return faults;
    }

    /** For a message to people. */
    String holder() throws IOException {
        var root = tree();
        if (!root.has("pid")) {
            return "another process";
        }
        return "process " + root.path("pid").asLong()
                + (root.has("since") ? ", running since " + root.path("since").asText() : "");
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private JsonNode tree() throws IOException {
        if (!Files.exists(file)) {
            return json.missingNode();
        }
        return json.readTree(Files.readAllBytes(file));
    }

    private void replace(ObjectNode root) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, ownerOnly());
        Files.write(temporary, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
