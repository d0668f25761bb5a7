package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivePurgeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path data;

    private Path imported(String folder, String importId, Duration age) throws IOException {
        Path path = Files.createDirectories(data.resolve(folder).resolve(importId));
        Path file = Files.writeString(path.resolve("customers.csv"), "email\na@x.ca\n");
        Files.setLastModifiedTime(path, FileTime.from(NOW.minus(age)));
        // The file keeps the time of its owner's last change, which says nothing about when it came.
        Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(900))));
        return path;
    }

    @Test
    void p45_archived_files_and_rejects_go_once_their_time_is_over_and_nothing_else_does() throws IOException {
        Path old = imported("done", "i1", Duration.ofDays(31));
        Path oldRefused = imported("refused", "i2", Duration.ofDays(31));
        Path oldRejects = imported("rejects", "i1", Duration.ofDays(31));
        Path fresh = imported("done", "i3", Duration.ofDays(29));
        Path sending = imported("processing", "i4", Duration.ofDays(99));
        Path dropped = imported("inbox", "i5", Duration.ofDays(99));
        var purge = new ArchivePurge(new DataFolders(data), Duration.ofDays(30), Clock.fixed(NOW, ZoneOffset.UTC));
        Path receipt = Files.writeString(
                Files.createDirectories(data.resolve("receipts")).resolve("t1.json"), "{}");
        Files.setLastModifiedTime(receipt, FileTime.from(NOW.minus(Duration.ofDays(31))));
        assertThat(purge.runIfDue()).isEqualTo(3);
        assertThat(receipt).doesNotExist();
        assertThat(old).doesNotExist();
        assertThat(oldRefused).doesNotExist();
        assertThat(oldRejects).doesNotExist();
        assertThat(fresh).exists();
        assertThat(sending).exists();
        assertThat(dropped).exists();
        assertThat(purge.runIfDue()).isZero();
    }

    @Test
    void an_empty_data_folder_has_nothing_to_take_away() throws IOException {
        assertThat(new ArchivePurge(new DataFolders(data), Duration.ofDays(30), Clock.fixed(NOW, ZoneOffset.UTC))
                        .runIfDue())
                .isZero();
    }
}
