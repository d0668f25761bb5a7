package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void p49_a_file_is_taken_only_after_it_rested() throws IOException {
        Inbox inbox = inbox();
        Path file = Files.writeString(folder.resolve("a.csv"), "x");
        assertThat(inbox.scan()).isEmpty();
        pass(1_900);
        assertThat(inbox.scan()).isEmpty();
        Files.writeString(file, "y", StandardOpenOption.APPEND);
        pass(200);
        assertThat(inbox.scan()).isEmpty();
        pass(2_000);
        assertThat(inbox.scan()).containsExactly(new Drop("main", file));
    }

    @Test
    void an_ok_file_or_a_ticket_says_it_is_complete() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), "x");
        Path ticketed = Files.writeString(folder.resolve("t-1.csv"), "x");
        Files.writeString(folder.resolve("a.csv.ok"), "");
        Files.writeString(folder.resolve("t-1.csv.import.properties"), "ticket=t-1\n");
        Files.writeString(folder.resolve("b.csv"), "x");
        Files.writeString(folder.resolve("b.csv.import.properties"), "layout=square\n");
        assertThat(inbox().scan()).containsExactly(new Drop("main", file), new Drop("main", ticketed));
    }

    @Test
    void p49_names_of_files_that_are_still_being_written_are_never_taken() throws IOException {
        for (String name : new String[] {
            "a.tmp", "a.csv.part", "b.filepart", "~$c.csv", ".d.csv", "import.properties", "e.crdownload"
        }) {
            Files.writeString(folder.resolve(name), "x");
        }
        Inbox inbox = inbox();
        inbox.scan();
        pass(10_000);
        assertThat(inbox.scan()).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_read_keeps_no_other_waiting_and_is_told() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.createDirectory(folder.resolve("open"));
        Path file = Files.writeString(folder.resolve("open/a.csv"), "x");
        assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "root reads everything");
        Inbox inbox = inbox();
        inbox.scan();
        pass(2_000);
        assertThat(inbox.scan()).containsExactly(new Drop("open", file));
        assertThat(inbox.complaints()).singleElement().asString().startsWith("The folder inbox/closed cannot be read");
        assertThat(closed.toFile().setReadable(true)).isTrue();
    }

    @Test
    void a_thousand_complaints_are_not_all_told() throws IOException {
        for (int i = 0; i < 1_000; i++) {
            Files.createSymbolicLink(folder.resolve("link" + i + ".csv"), Path.of("nowhere"));
        }
        Inbox inbox = inbox();
        inbox.scan();
        assertThat(inbox.complaints()).hasSize(21).last().isEqualTo("And 980 more.");
    }

    @Test
    void folders_are_directories_and_links_are_not_followed() throws IOException {
        Files.createDirectory(folder.resolve("shop-2"));
        Files.createDirectory(folder.resolve("Not A Name"));
        Path file = Files.writeString(folder.resolve("shop-2/a.csv"), "x");
        Files.createSymbolicLink(folder.resolve("link.csv"), file);
        Files.createDirectory(folder.resolve("shop-2/folder.csv"));
        Inbox inbox = inbox();
        inbox.scan();
        pass(2_000);
        assertThat(inbox.scan()).containsExactly(new Drop("shop-2", file));
        assertThat(inbox.complaints())
                .hasSize(3)
                .anyMatch(c -> c.contains("link.csv"))
                .anyMatch(c -> c.contains("folder.csv"));
    }

    private Inbox inbox() {
        return new Inbox(folder, Duration.ofSeconds(2), nanos::get);
    }

    private void pass(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }
}
