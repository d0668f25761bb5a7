package io.repertoire.app.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.embedded.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one process to run one part ({@code ingest}, {@code streams}, {@code sink}) on a data folder, and what others may
 * know of it. The lock is the truth; the file beside it only tells where its HTTP interface is.
 */
public final class RunningPart implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FolderLock lock;
    private final Path details;

    private RunningPart(FolderLock lock, Path details) {
        this.lock = lock;
        this.details = details;
    }

    /**
     * What is known of a part that runs.
     *
     * @param httpUrl null if its process serves no HTTP
     */
    public record Details(long pid, @Nullable String httpUrl) {}

    /** Empty if another process runs this part here. */
    public static Optional<RunningPart> claim(DataFolder data, String part) {
        return FolderLock.tryExclusive(lockFile(data, part))
                .map(lock -> new RunningPart(lock, data.run().resolve(part + ".json")));
    }

    /** Empty if nobody runs it here. Not to be asked by the process that does. */
    public static Optional<Details> find(DataFolder data, String part) {
        if (!Files.isDirectory(data.run()) || !FolderLock.isHeld(lockFile(data, part))) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(Files.readString(data.run().resolve(part + ".json")));
            return Optional.of(
                    new Details(node.path("pid").asLong(), node.path("httpUrl").textValue()));
        } catch (IOException notWrittenYet) {
            return Optional.of(new Details(0, null));
        }
    }

    /** Tells the others. */
    public void publish(@Nullable String httpUrl) {
        var node = JSON.createObjectNode()
                .put("pid", ProcessHandle.current().pid())
                .put("httpUrl", httpUrl);
        Path half = details.resolveSibling(details.getFileName() + ".half");
        try {
            Files.writeString(half, node.toString(), StandardCharsets.UTF_8);
            Files.move(half, details, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Not the name of a lock that the part itself takes: closing one of two channels would give up both (POSIX). */
    private static Path lockFile(DataFolder data, String part) {
        return data.run().resolve(part + ".process.lock");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(details);
        } catch (IOException harmless) {
            // Without the lock nobody reads it.
        }
        lock.close();
    }
}
