package io.repertoire.examples.mailinglist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListFileTest {

    @TempDir
    Path folder;

    @Test
    void what_was_saved_is_there_after_a_restart_with_how_far_it_had_read() throws IOException {
        Path file = folder.resolve("list.tsv");
        var list = ListFile.open(file, Instant.EPOCH);
        list.put("main/a", List.of(List.of("EMAIL", "a@x.ca", "Zoé", "Roy"), List.of("EMAIL", "b@x.ca", "Zoé", "Roy")));
        list.put("main/b", List.of(List.of("EMAIL", "c@x.ca", "Tab\there", "")));
        list.readUpTo(0, 7);
        list.save();

        var again = ListFile.open(file, Instant.EPOCH);
        assertThat(again.offsets()).containsEntry(0, 7L);
        again.remove("main/a");
        again.save();
        assertThat(Files.readAllLines(file)).containsExactly("#offset\t0\t7", "main/b\tEMAIL\tc@x.ca\tTab here\t");
    }

    @Test
    void a_customer_is_replaced_whole() throws IOException {
        Path file = folder.resolve("list.tsv");
        var list = ListFile.open(file, Instant.EPOCH);
        list.put("main/a", List.of(List.of("EMAIL", "a@x.ca"), List.of("EMAIL", "b@x.ca")));
        list.put("main/a", List.of(List.of("EMAIL", "b@x.ca")));
        list.save();
        assertThat(Files.readAllLines(file)).containsExactly("main/a\tEMAIL\tb@x.ca");
    }

    @Test
    void a_list_that_may_have_missed_a_tombstone_begins_anew() throws IOException {
        Path file = folder.resolve("list.tsv");
        var list = ListFile.open(file, Instant.EPOCH);
        list.put("main/a", List.of(List.of("EMAIL", "a@x.ca")));
        list.readUpTo(0, 7);
        list.save();
        assertThat(ListFile.open(file, Instant.MAX).offsets()).isEmpty();
    }
}
