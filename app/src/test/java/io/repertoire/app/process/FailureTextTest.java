package io.repertoire.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.embedded.EmbeddedServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void a_full_disk_is_found_however_deep_down_it_is() {
        var full = new EmbeddedServerException(
                "The servers of data cannot be started",
                new UncheckedIOException(new FileSystemException("data/run/x", null, "No space left on device")));

        assertThat(FailureText.isDiskFull(full)).isTrue();
        assertThat(FailureText.isDiskFull(new IOException("No route to host"))).isFalse();
        assertThat(FailureText.of(new IOException("No space left on device"))).isEqualTo("The disk is full.");
    }

    @Test
    void what_the_system_says_of_a_file_is_passed_on() {
        assertThat(FailureText.of(new FileSystemException("out/a.csv", null, "Read-only file system")))
                .isEqualTo("out/a.csv cannot be used: Read-only file system.");
    }
}
