package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/** What {@code --out} names. A file is written whole or not at all; what is no file, such as a pipe or a device, is written to. */
final class OutFile {

    private final Path file;

    private OutFile(Path file) {
        this.file = file;
    }

    /** What goes into it. */
    interface Content {
        void writeTo(OutputStream out) throws IOException, SQLException;
    }

    /** Checks the name before anything long is begun. */
    static OutFile of(Path folder, Path named) throws IOException {
        Path file = folder.resolve(named).toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw Failure.failed(named + " is a folder; name a file in it.");
        }
        Path parent = file.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw Failure.failed("There is no folder " + parent + '.');
        }
        if (!Files.isWritable(Files.exists(file) ? file : parent)) {
            throw Failure.failed("There is no permission to write " + named + '.');
        }
        // Through a link, so that what it leads to is written and the link stays.
        return new OutFile(Files.exists(file) ? file.toRealPath() : file);
    }

    void write(Content content) throws IOException, SQLException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            write(file, content);
            return;
        }
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try {
            write(half, content);
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | SQLException | RuntimeException failed) {
            Files.deleteIfExists(half);
            throw failed;
        }
    }

    private static void write(Path to, Content content) throws IOException, SQLException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(to))) {
            content.writeTo(out);
        }
    }
}
