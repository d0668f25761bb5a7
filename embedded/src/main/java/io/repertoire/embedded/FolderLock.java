package io.repertoire.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operating system's lock on a file of a data folder: gone with the process that held it, however that ended, so that nothing
 * has to be cleaned up after a kill.
 *
 * <p>POSIX gives up a process's lock as soon as that process closes <em>any</em> descriptor of the file, so one that this JVM
 * holds must never be opened again; hence the set of the paths held. Every method throws {@link UncheckedIOException} if the file
 * cannot be opened.
 */
public final class FolderLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 25;

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The lock for one holder only; empty if somebody has it, this process included. */
    public static Optional<FolderLock> tryExclusive(Path file) {
        return attempt(file, false);
    }

    /** A lock that many processes may hold at a time, but not beside an exclusive one; empty if this one has it already. */
    public static Optional<FolderLock> tryShared(Path file) {
        return attempt(file, true);
    }

    /** As {@link #tryExclusive}, but tries for half a second: who only looks holds it for an instant. */
    static Optional<FolderLock> takeExclusive(Path file) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var lock = tryExclusive(file);
            if (lock.isPresent() || attempt == ATTEMPTS) {
                return lock;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Whether somebody holds it exclusively, or this process holds it in any way. */
    public static boolean isHeld(Path file) {
        if (HELD_HERE.contains(canonical(file))) {
            return true;
        }
        if (!Files.exists(file)) {
            return false;
        }
        var lock = tryShared(file);
        lock.ifPresent(FolderLock::close);
        return lock.isEmpty();
    }

    private static Optional<FolderLock> attempt(Path file, boolean shared) {
        var path = canonical(file);
        if (!HELD_HERE.add(path)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            locked = channel.tryLock(0, Long.MAX_VALUE, shared) != null;
            return locked ? Optional.of(new FolderLock(path, channel)) : Optional.empty();
        } catch (OverlappingFileLockException heldByAnotherClassLoader) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!locked) {
                if (channel != null) {
                    closeQuietly(channel);
                }
                HELD_HERE.remove(path);
            }
        }
    }

    private static Path canonical(Path file) {
        var parent = file.toAbsolutePath().getParent();
        try {
            return parent != null && Files.exists(parent)
                    ? parent.toRealPath().resolve(String.valueOf(file.getFileName()))
                    : file.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The operating system gives the lock up with the process at the latest.
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
        HELD_HERE.remove(file);
    }
}
