package io.repertoire.ingest.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether a program still waits for what becomes of the files it dropped: a lock on a file that it names in their sidecars, which goes
 * with the program however that ends.
 */
public final class Waiting {

    private final Path folder;

    public Waiting(DataFolders folders) {
        this.folder = folders.receipts();
    }

    /** The sign of one that waits. Closed, it is taken away. */
    public static final class Shown implements AutoCloseable {
        private final Path file;
        private final FolderLock lock;

        private Shown(Path file, FolderLock lock) {
            this.file = file;
            this.lock = lock;
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Without the lock it says the same.
            } finally {
                lock.close();
            }
        }
    }

    /** @param name of letters, digits, dots and hyphens; nobody else's */
    public Shown show(String name) throws IOException {
        Files.createDirectories(folder);
        FolderLock lock = FolderLock.tryLock(file(name));
        if (lock == null) {
            throw new IOException("somebody else waits as " + name);
        }
        return new Shown(file(name), lock);
    }

    /** True if there was somebody, who is gone. */
    boolean isOver(@Nullable String name) throws IOException {
        if (name == null) {
            return false;
        }
        if (!Files.exists(file(name))) {
            return true;
        }
        FolderLock lock = FolderLock.tryLock(file(name));
        if (lock == null) {
            return false;
        }
        lock.close();
        return true;
    }

    private Path file(String name) {
        return folder.resolve(name + ".waiting");
    }
}
