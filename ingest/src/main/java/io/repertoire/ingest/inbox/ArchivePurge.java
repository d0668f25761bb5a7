package io.repertoire.ingest.inbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what has been kept long enough (P45): the folders of imports in {@code done/}, {@code refused/} and {@code rejects/},
 * counted from when they came there, and receipts. What is being sent is left alone, however old it is.
 */
final class ArchivePurge {

    private static final Duration AT_MOST_EVERY = Duration.ofHours(1);

    private final DataFolders folders;
    private final Duration retention;
    private final Clock clock;
    private Instant next = Instant.MIN;

    ArchivePurge(DataFolders folders, Duration retention, Clock clock) {
        this.folders = folders;
        this.retention = retention;
        this.clock = clock;
    }

    /** @return how many imports' folders were deleted; looks only now and then */
    int runIfDue() throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return 0;
        }
        Duration pause = retention.dividedBy(10);
        next = now.plus(pause.compareTo(AT_MOST_EVERY) < 0 ? pause : AT_MOST_EVERY);
        Instant limit = now.minus(retention);
        int purged = 0;
        for (Path archive : List.of(folders.done(), folders.refused(), folders.rejects(), folders.receipts())) {
            try (var imports = Files.newDirectoryStream(archive)) {
                for (Path folder : imports) {
                    if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
                        delete(folder);
                        purged += archive.equals(folders.receipts()) ? 0 : 1;
                    }
                }
            } catch (NoSuchFileException notThereYet) {
                // Made with the first import.
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return purged;
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
