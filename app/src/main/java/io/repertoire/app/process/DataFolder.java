package io.repertoire.app.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are under {@code --data}.
 *
 * @param root absolute
 */
public record DataFolder(Path root) {

    /** Whether anything was ever started here. */
    public boolean isMade() {
        return Files.isDirectory(run());
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** What erased people are remembered by, where no other secret is configured. Whoever loses it lets them come back. */
    public Path suppressionSecret() {
        return root.resolve("suppression-secret");
    }

    /** What keys of source records are hashed with, where no other secret is configured. */
    public Path sourceKeySecret() {
        return root.resolve("source-key-secret");
    }

    public Path apiKey() {
        return root.resolve("api-key");
    }

    /** State of the streams stage. */
    public Path streams() {
        return root.resolve("streams");
    }

    /** Makes it, and says so in words if it cannot be made or written to. */
    public void prepare() {
        try {
            Files.createDirectories(run());
            Files.createDirectories(logs());
            Files.delete(Files.createTempFile(run(), "write", ".test"));
        } catch (IOException notWritable) {
            String why = String.valueOf(notWritable.getMessage()).contains("No space left")
                    ? " cannot be written to: the disk is full."
                    : " cannot be written to.";
            throw Failure.failed("The data folder " + root + why, notWritable);
        }
    }
}
