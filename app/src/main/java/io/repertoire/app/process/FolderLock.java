package io.repertoire.app.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lock of the operating system on a file of the data folder: it goes with the process that held it, however that ended, so
 * that nothing has to be cleaned up after a kill.
 */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock for one holder only; empty if somebody has it. */
    public static Optional<FolderLock> tryExclusive(Path file) {
        return attempt(file, false);
    }

    /** A lock that many may hold at a time, but not beside an exclusive one. */
    public static Optional<FolderLock> tryShared(Path file) {
        return attempt(file, true);
    }

    /** True if somebody holds it exclusively. Never asks about a file that this very process holds. */
    public static boolean isHeld(Path file) {
        Optional<FolderLock> lock = tryShared(file);
        lock.ifPresent(FolderLock::close);
        return lock.isEmpty();
    }

    private static Optional<FolderLock> attempt(Path file, boolean shared) {
        FileChannel channel = open(file);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException heldInThisProcess) {
            // The channel stays open: closing any channel of a file gives up the process's locks on it (POSIX).
            return Optional.empty();
        } catch (IOException unlockable) {
            throw new UncheckedIOException(unlockable);
        }
        var result = new FolderLock(channel);
        if (lock == null) {
            result.close();
            return Optional.empty();
        }
        return Optional.of(result);
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The operating system gives the lock up with the process at the latest.
        }
    }
}
