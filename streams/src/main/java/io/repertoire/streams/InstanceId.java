package io.repertoire.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Who this instance is to its consumer group: an id that lives beside the state. After a kill the next start takes its
 * predecessor's place at once, where a newcomer would wait for it to time out.
 */
final class InstanceId {

    private static final String FILE = "instance-id";

    private InstanceId() {}

    /** The folder's id; made at first use. */
    static String of(Path stateDirectory) throws IOException {
        Files.createDirectories(stateDirectory);
        var file = stateDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            var half = Files.createTempFile(stateDirectory, FILE, ".tmp");
            Files.writeString(half, UUID.randomUUID().toString());
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }
}
