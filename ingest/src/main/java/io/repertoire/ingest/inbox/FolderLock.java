package io.repertoire.ingest.inbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One stage watches a data folder. It is the operating system's lock: it goes with the process, however that ends.
 *
 * <p>POSIX gives up a process's lock as soon as that process closes <em>any</em> descriptor of the file, so one that is held here must
 * never be opened again; hence the set of the files held.
 */
final class FolderLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Null if somebody else has it, in this process too.
     *
     * @param file in a folder that exists
     */
    static @Nullable FolderLock tryLock(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a lock is a file in a folder");
        Path real = folder.toRealPath().resolve(file.getFileName());
        if (!HELD_HERE.add(real)) {
            return null;
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            return locked ? new FolderLock(real, channel) : null;
        } finally {
            if (!locked) {
                HELD_HERE.remove(real);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
