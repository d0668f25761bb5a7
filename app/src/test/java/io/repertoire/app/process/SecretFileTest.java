package io.repertoire.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @TempDir
    Path folder;

    @Test
    void p42_a_secret_is_drawn_once_and_only_its_owner_may_read_it() throws IOException {
        Path path = folder.resolve("suppression-secret");
        var file = new SecretFile(path, 32);
        assertThat(file.makeIfMissing()).isTrue();
        String secret = file.read();
        assertThat(secret).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(new SecretFile(path, 32).makeIfMissing()).isFalse();
        assertThat(file.read()).isEqualTo(secret);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }
}
