package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    /** Tries for a lock that another process holds, or not: exit code 3 or 0. */
    static final class Other {
        public static void main(String[] args) throws IOException {
            try (var channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                System.exit(channel.tryLock() == null ? 3 : 0);
            } catch (OverlappingFileLockException e) {
                System.exit(4);
            }
        }
    }

    @Test
    void who_asks_again_in_this_process_is_refused_and_takes_the_lock_from_nobody() throws Exception {
        Path file = folder.resolve("lock");
        try (FolderLock held = FolderLock.tryLock(file)) {
            assertThat(held).isNotNull();
            assertThat(FolderLock.tryLock(file)).isNull();
            assertThat(othersGet(file)).isFalse();
        }
        assertThat(othersGet(file)).isTrue();
        try (FolderLock again = FolderLock.tryLock(file)) {
            assertThat(again).isNotNull();
        }
    }

    private static boolean othersGet(Path file) throws Exception {
        Path output = Files.createTempFile(file.getParent(), "other", ".txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        Other.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isIn(0, 3);
        return process.exitValue() == 0;
    }
}
