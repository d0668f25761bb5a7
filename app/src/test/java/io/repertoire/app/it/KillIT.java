package io.repertoire.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of an import, twice: the same command goes on, and every row is accounted for exactly once. */
class KillIT {

    private static final int ROWS = 100_000;
    private static final int EVERY_BAD = 1_000;
    private static final int EVERY_AGAIN = 4;
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    void every_row_is_accounted_for_exactly_once() throws Exception {
        Path file = generate();
        try (var installation = new Installation(folder)) {
            killOnceSent(installation, file, 5_000);
            killOnceSent(installation, file, 40_000);

            JsonNode result = installation
                    .succeed("import", file.toString(), "--json")
                    .json()
                    .get(0);

            assertThat(result.get("read").asLong()).isEqualTo(ROWS);
            assertThat(Installation.sumOfOutcomes(result)).isEqualTo(ROWS);
            assertThat(result.get("rejected").asLong()).isEqualTo(ROWS / EVERY_BAD);
            assertThat(result.get("unchanged").asLong())
                    .as("the same said again in capitals, at the same time")
                    .isEqualTo(ROWS / EVERY_AGAIN - ROWS / EVERY_BAD);
            assertThat(result.has("duplicateOf")).as("it was cut off, not done").isFalse();

            Installation.Running up = installation.start("up");
            up.awaitReady();
            assertThat(installation.count("SELECT count(*) FROM repertoire.import WHERE status = 'COMPLETE'"))
                    .isEqualTo(1);
            assertThat(installation.count("SELECT count(*) FROM repertoire.row_outcome"))
                    .isEqualTo(ROWS);
            assertThat(installation.count("SELECT count(DISTINCT line) FROM repertoire.row_outcome"))
                    .isEqualTo(ROWS);
            assertThat(installation.count("SELECT min(line) FROM repertoire.row_outcome"))
                    .isEqualTo(2);
            assertThat(installation.count("SELECT max(line) FROM repertoire.row_outcome"))
                    .isEqualTo(ROWS + 1);
            for (String outcome :
                    List.of("created", "updated", "unchanged", "merged", "review", "rejected", "suppressed")) {
                assertThat(installation.count(
                                "SELECT count(*) FROM repertoire.row_outcome WHERE lower(outcome) = '" + outcome + "'"))
                        .as(outcome)
                        .isEqualTo(result.get(outcome).asLong());
            }
            assertThat(installation.count("SELECT count(*) FROM repertoire.customer WHERE status = 'ACTIVE'"))
                    .as("one customer for each address of the file")
                    .isEqualTo(result.get("created").asLong())
                    .isEqualTo(people());
            assertThat(installation.count("SELECT count(*) FROM repertoire.reject"))
                    .isEqualTo(ROWS / EVERY_BAD);
            try (Stream<String> rejects =
                    Files.lines(Path.of(result.get("rejectsFile").asText()))) {
                assertThat(rejects.count()).isEqualTo(ROWS / EVERY_BAD + 1);
            }
        }
    }

    /** Starts the import and kills it once ingest has sent so many rows; the children of the process stay behind. */
    private void killOnceSent(Installation installation, Path file, long rows) throws Exception {
        Installation.Running running = installation.start("import", file.toString(), "--json");
        await().atMost(LONG).pollInterval(Duration.ofMillis(20)).until(() -> {
            assertThat(running.process().isAlive())
                    .as("killed before it was done: %s", running.said())
                    .isTrue();
            return sent() >= rows;
        });
        running.kill();
        assertThat(Files.readString(running.out())).isEmpty();
    }

    /** The most rows that any receipt tells of. */
    private long sent() throws IOException {
        Path receipts = folder.resolve("data/receipts");
        if (!Files.isDirectory(receipts)) {
            return 0;
        }
        long most = 0;
        try (Stream<Path> files = Files.list(receipts)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                most = Math.max(
                        most,
                        new ObjectMapper()
                                .readTree(Files.readString(file))
                                .path("rowsSent")
                                .asLong());
            }
        }
        return most;
    }

    /** Every fourth row says again, in capitals, what the row three before it said; every thousandth says nothing at all. */
    private Path generate() throws IOException {
        Path file = folder.resolve("customers.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("First name,Last name,Email,City,Note\n");
            for (int row = 1; row <= ROWS; row++) {
                if (row % EVERY_BAD == 0) {
                    out.write(",,,Québec,nobody\n");
                } else if (row % EVERY_AGAIN == 0) {
                    out.write("ZOÉ,BÉLANGER,PERSON." + (row - 3) + "@EXAMPLE.ORG,\"Saint-Jérôme, QC\",\n");
                } else {
                    out.write("Zoé,Bélanger,person." + row
                            + "@example.org,\"Saint-Jérôme, QC\",\"said \"\"hello\"\"\"\n");
                }
            }
        }
        return file;
    }

    private static long people() {
        return ROWS - ROWS / EVERY_AGAIN;
    }
}
