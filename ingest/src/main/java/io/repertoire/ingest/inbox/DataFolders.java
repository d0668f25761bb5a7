package io.repertoire.ingest.inbox;

import io.repertoire.ingest.layout.LayoutLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Where the files of one installation are. All on one file system, since moving a file from one to another is the commit. */
public record DataFolders(Path data) {

    /** The directory of the inbox itself; those of the others are folders in it. */
    static final String MAIN = "main";

    static final String CLAIM = "claim.properties";

    public Path inbox() {
        return data.resolve("inbox");
    }

    /** Where files for a directory are dropped. */
    public Path inbox(String directoryId) {
        return directoryId.equals(MAIN) ? inbox() : inbox().resolve(directoryId);
    }

    Path processing() {
        return data.resolve("processing");
    }

    Path done() {
        return data.resolve("done");
    }

    Path refused() {
        return data.resolve("refused");
    }

    /** A folder for each import that has rejected rows. */
    public Path rejects() {
        return data.resolve("rejects");
    }

    Path receipts() {
        return data.resolve("receipts");
    }

    /** Layout files of the user's own. */
    Path layouts() {
        return data.resolve(LayoutLibrary.FOLDER);
    }

    Path lock() {
        return data.resolve("run").resolve("ingest.lock");
    }

    /** @throws IOException one of them cannot be made or written */
    void prepare() throws IOException {
        for (Path folder : List.of(
                inbox(), processing(), done(), refused(), rejects(), receipts(), layouts(), data.resolve("run"))) {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new java.nio.file.AccessDeniedException(folder.toString(), null, "cannot be written");
            }
        }
    }

    boolean isTaken(String importId) {
        return Files.exists(processing().resolve(importId))
                || Files.exists(done().resolve(importId))
                || Files.exists(refused().resolve(importId));
    }

    /** A reader sees the old content or the new, never half of it, a crash included. */
    static void replace(Path file, String content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try (var channel = java.nio.channels.FileChannel.open(
                temporary,
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.TRUNCATE_EXISTING,
                java.nio.file.StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
