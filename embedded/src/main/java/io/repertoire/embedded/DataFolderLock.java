package io.repertoire.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a data folder's servers: gone with the process that held it, however that ended.
 *
 * <p>POSIX gives up a process's lock as soon as that process closes <em>any</em> descriptor of the file, so one that this JVM
 * holds must never be opened again; hence the set of the paths held.
 */
final class DataFolderLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 25;

    private final Path file;
    private final FileChannel channel;

    private DataFolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The lock, or {@code null} if somebody holds it. Tries for half a second: who only looks holds it for an instant. */
    static @Nullable DataFolderLock take(Path file) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var lock = attempt(file, false);
            if (lock != null || attempt == ATTEMPTS) {
                return lock;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Whether somebody holds it, this process included. */
    static boolean isHeld(Path file) throws IOException {
        if (HELD_HERE.contains(canonical(file))) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        try (var lock = attempt(file, true)) {
            return lock == null;
        }
    }

    private static @Nullable DataFolderLock attempt(Path file, boolean shared) throws IOException {
        var path = canonical(file);
        if (!HELD_HERE.add(path)) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(0, Long.MAX_VALUE, shared) != null) {
                return new DataFolderLock(path, channel);
            }
        } catch (OverlappingFileLockException e) {
            // Held by another class loader of this JVM.
        } catch (IOException e) {
            HELD_HERE.remove(path);
            throw e;
        }
        HELD_HERE.remove(path);
        if (channel != null) {
            channel.close();
        }
        return null;
    }

    private static Path canonical(Path file) throws IOException {
        var parent = file.toAbsolutePath().getParent();
        return parent != null && Files.exists(parent)
                ? parent.toRealPath().resolve(String.valueOf(file.getFileName()))
                : file.toAbsolutePath();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
