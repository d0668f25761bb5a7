package io.repertoire.app.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxDropTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path inbox;

    @Test
    void half_a_copy_that_a_killed_import_left_goes_after_a_day_and_nothing_else_does() throws IOException {
        Path old = file("." + InboxDrop.ticket(NOW.minus(Duration.ofHours(25)), 17, 0) + ".tmp");
        Path fresh = file("." + InboxDrop.ticket(NOW.minus(Duration.ofHours(23)), 17, 0) + ".tmp");
        Path whole = file(InboxDrop.ticket(NOW.minus(Duration.ofDays(9)), 17, 0) + ".csv");
        Path theirs = file(".import-customers.tmp");

        InboxDrop.tidy(inbox, NOW);

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(whole).exists();
        assertThat(theirs).exists();
        InboxDrop.tidy(inbox.resolve("none"), NOW);
    }

    private Path file(String name) throws IOException {
        return Files.writeString(inbox.resolve(name), "Email\n");
    }
}
