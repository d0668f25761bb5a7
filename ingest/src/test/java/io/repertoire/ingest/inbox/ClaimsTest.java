package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final String CONTENT = "Email\nzoe@example.org\n";

    @TempDir
    Path data;

    private DataFolders folders;
    private Claims claims;

    @BeforeEach
    void prepare() throws IOException {
        folders = new DataFolders(data);
        folders.prepare();
        claims = new Claims(folders, CLOCK);
    }

    @Test
    void a_file_whose_name_is_bytes_of_another_encoding_is_claimed_and_never_lost() throws Exception {
        Path file = dropped("clients-\\351t\\351.csv");
        Claim claim = Objects.requireNonNull(claims.claim(new Drop("main", file)));
        assertThat(claim.fileName()).startsWith("clients-").endsWith(".csv");
        assertThat(claim.file()).hasContent(CONTENT);
        assertThat(file).doesNotExist();
    }

    @Test
    void control_characters_in_a_name_reach_no_table_and_no_terminal() throws IOException {
        Path file = Files.writeString(folders.inbox().resolve("a\nb\u001b[31m.csv"), CONTENT);
        assertThat(Objects.requireNonNull(claims.claim(new Drop("main", file))).fileName())
                .isEqualTo("a_b_[31m.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim.properties", "origin.properties", "rejects.written", "taken.file"})
    void a_file_called_like_one_of_ours_does_not_take_its_place(String name) throws IOException {
        Path file = Files.writeString(folders.inbox().resolve(name), CONTENT);

        Claim claim = Objects.requireNonNull(claims.claim(new Drop("main", file)));

        assertThat(claim.file()).hasContent(CONTENT);
        assertThat(claim.fileName()).isNotEqualTo("rejects.written");
        assertThat(claims.recover(Recovered.ALL)).extracting(Claim::importId).containsExactly(claim.importId());
    }

    @Test
    void a_name_as_long_as_there_can_be_is_claimed() throws IOException {
        Path file = Files.writeString(folders.inbox().resolve("a".repeat(251) + ".csv"), CONTENT);

        assertThat(Objects.requireNonNull(claims.claim(new Drop("main", file))).file())
                .hasContent(CONTENT);
    }

    @Test
    void a_claim_that_cannot_be_gone_on_with_keeps_no_other_waiting() throws IOException {
        // It cannot be read.
        Files.createDirectories(folders.processing().resolve(".new-1").resolve("origin.properties"));
        Path whole = Files.createDirectory(folders.processing().resolve(".new-2"));
        Files.writeString(
                whole.resolve("origin.properties"),
                "directory=main\ninbox.file=b.csv\nclaimed.at=2026-01-02T03\\:04\\:05Z\n");
        Files.writeString(whole.resolve("taken.file"), CONTENT);
        List<IOException> stuck = new ArrayList<>();

        assertThat(claims.recover(stuck::add)).extracting(Claim::fileName).containsExactly("b.csv");
        assertThat(stuck).hasSize(1);
    }

    @Test
    void what_is_put_away_may_be_put_away_again() throws IOException {
        Path file = Files.writeString(folders.inbox().resolve("a.csv"), CONTENT);
        Claim claim = Objects.requireNonNull(claims.claim(new Drop("main", file)));

        Claim done = claims.done(claim);

        assertThat(claims.done(claim)).isEqualTo(done);
        assertThat(done.file()).hasContent(CONTENT);
    }

    @Test
    void options_that_are_no_properties_file_refuse_their_file_and_keep_no_other_waiting() throws IOException {
        Path file = Files.writeString(folders.inbox().resolve("a.csv"), CONTENT);
        Files.writeString(folders.inbox().resolve("a.csv.import.properties"), "\\u00zz=1\n");
        Claim claim = Objects.requireNonNull(claims.claim(new Drop("main", file)));
        assertThat(Objects.requireNonNull(claim.options().fault()).code()).isEqualTo(ImportOptions.BAD_OPTION);
        assertThat(claims.recover(Recovered.ALL)).hasSize(1);
    }

    @Test
    void the_options_beside_a_file_come_with_it() throws IOException {
        Path file = Files.writeString(folders.inbox().resolve("a.csv"), CONTENT);
        Files.writeString(folders.inbox().resolve("a.csv.import.properties"), "group=VIP\n");
        assertThat(Objects.requireNonNull(claims.claim(new Drop("main", file)))
                        .options()
                        .group())
                .isEqualTo("VIP");
        assertThat(folders.inbox()).isEmptyDirectory();
    }

    @Test
    void a_claim_begun_is_tidied_away_only_while_it_holds_nothing_of_the_users() throws IOException {
        Path begun = Files.createDirectory(folders.processing().resolve(".new-1"));
        Files.writeString(
                begun.resolve("origin.properties"),
                "directory=main\ninbox.file=gone.csv\nclaimed.at=2026-01-02T03\\:04\\:05Z\n");
        Path theirs = Files.writeString(begun.resolve("theirs.csv"), CONTENT);
        List<IOException> stays = new ArrayList<>();
        claims.recoverHalf(stays::add);
        assertThat(theirs).hasContent(CONTENT);
    }

    /** Java cannot write such a name: the shell does. */
    private Path dropped(String octalName) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "cat > \"$(printf '" + octalName + "')\"")
                .directory(folders.inbox().toFile())
                .start();
        try (var in = shell.getOutputStream()) {
            in.write(CONTENT.getBytes(StandardCharsets.UTF_8));
        }
        Assumptions.assumeTrue(shell.waitFor(10, TimeUnit.SECONDS) && shell.exitValue() == 0, "no such shell");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folders.inbox())) {
            return files.iterator().next();
        }
    }
}
