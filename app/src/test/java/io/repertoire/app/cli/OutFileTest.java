package io.repertoire.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.app.process.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFileTest {

    @TempDir
    Path folder;

    @Test
    void a_file_is_replaced_whole_or_stays_as_it_was() throws Exception {
        Path file = Files.writeString(folder.resolve("customers.csv"), "old");

        assertThatThrownBy(() -> OutFile.of(folder, Path.of("customers.csv")).write(out -> {
                    out.write("half".getBytes(UTF_8));
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("old");
        OutFile.of(folder, Path.of("customers.csv")).write(out -> out.write("new".getBytes(UTF_8)));

        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void a_folder_is_never_replaced_not_even_an_empty_one() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("exports"));

        assertThatThrownBy(() -> OutFile.of(folder, Path.of("exports")))
                .isInstanceOf(Failure.class)
                .hasMessage("exports is a folder; name a file in it.");
        assertThat(empty).isDirectory();
    }

    @Test
    void a_folder_that_is_not_there_is_named_and_not_the_file() {
        assertThatThrownBy(() -> OutFile.of(folder, Path.of("exprts", "customers.csv")))
                .isInstanceOf(Failure.class)
                .hasMessage("There is no folder " + folder.resolve("exprts") + ".");
    }

    @Test
    void a_link_stays_a_link_to_what_is_written() throws Exception {
        Path file = Files.writeString(folder.resolve("january.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest.csv"), file);

        OutFile.of(folder, link).write(out -> out.write("new".getBytes(UTF_8)));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void what_is_no_file_is_written_to_and_stays_what_it_is() throws Exception {
        Path device = Path.of("/dev/null");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(device) && !Files.isRegularFile(device));

        OutFile.of(folder, device).write(out -> out.write("text".getBytes(UTF_8)));

        assertThat(Files.isRegularFile(device)).isFalse();
        assertThat(Files.exists(Path.of("/dev/null.part"))).isFalse();
    }
}
