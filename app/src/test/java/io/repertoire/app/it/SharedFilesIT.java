package io.repertoire.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files made by others, where they are at hand. */
class SharedFilesIT {

    @TempDir
    Path folder;

    private Path shared = Path.of("");
    private @Nullable Installation installation;

    @BeforeEach
    void find() {
        @Nullable Path found = shared();
        Assumptions.assumeTrue(found != null, "the folder of shared files is not there");
        shared = found;
        installation = new Installation(folder);
    }

    @AfterEach
    void close() throws Exception {
        if (installation != null) {
            installation.close();
        }
    }

    private static @Nullable Path shared() {
        String named = System.getenv("REPERTOIRE_SHARED");
        if (named != null) {
            return Files.isDirectory(Path.of(named)) ? Path.of(named) : null;
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("shared").resolve("data"))) {
                return up.resolve("shared");
            }
        }
        return null;
    }

    @Test
    void of_a_thousand_people_no_two_are_confused_and_most_are_found_again_by_email() throws Exception {
        Path file = shared.resolve("data/er/splink_datasets/data/fake_1000.csv");

        JsonNode result =
                installation.succeed("import", file.toString(), "--json").json().get(0);

        assertThat(result.get("read").asLong()).isEqualTo(1000);
        assertThat(Installation.sumOfOutcomes(result)).isEqualTo(1000);
        Map<Long, String> customers = new HashMap<>();
        for (String row : installation.rows(result.get("importId").asText())) {
            String[] cells = row.split(",", -1);
            customers.put(Long.parseLong(cells[0]), cells[2]);
        }
        assertThat(customers).hasSize(1000);

        List<CSVRecord> people = new ArrayList<>();
        try (CSVParser parser = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(file))) {
            people.addAll(parser.getRecords());
        }
        int falsePairs = 0;
        int emailPairs = 0;
        int found = 0;
        for (int i = 0; i < people.size(); i++) {
            for (int j = i + 1; j < people.size(); j++) {
                String one = customers.get(i + 2L);
                boolean together = !one.isEmpty() && one.equals(customers.get(j + 2L));
                boolean same = people.get(i).get("cluster").equals(people.get(j).get("cluster"));
                String email = people.get(i).get("email").toLowerCase(Locale.ROOT);
                boolean sameEmail = same
                        && !email.isEmpty()
                        && email.equals(people.get(j).get("email").toLowerCase(Locale.ROOT));
                falsePairs += together && !same ? 1 : 0;
                emailPairs += sameEmail ? 1 : 0;
                found += sameEmail && together ? 1 : 0;
            }
        }
        assertThat(emailPairs).isEqualTo(682);
        assertThat(falsePairs).isZero();
        assertThat(found).isGreaterThanOrEqualTo(665);
    }

    @Test
    void exports_of_other_systems_are_recognised_balance_and_change_nothing_the_second_time() throws Exception {
        List<String> files = new ArrayList<>();
        for (String name : List.of(
                "samples/shopify_customers_export.csv",
                "samples/shopify_customers_dupes_crlf.csv",
                "samples/excel_fr_generic_semicolon_utf8.csv",
                "samples/excel_fr_bom_semicolon_blank_lines.csv",
                "header-only/square_export_us.csv")) {
            files.add(shared.resolve("data/pos-csv").resolve(name).toString());
        }
        var command = new ArrayList<>(List.of("import", "--json"));
        command.addAll(files);

        List<JsonNode> results =
                installation.succeed(command.toArray(String[]::new)).json();

        assertThat(results).hasSize(files.size());
        for (JsonNode result : results) {
            assertThat(Installation.sumOfOutcomes(result))
                    .as(result.toString())
                    .isEqualTo(result.get("read").asLong());
        }
        assertThat(results.get(0).get("layout").asText()).isEqualTo("shopify");
        assertThat(results.get(4).get("layout").asText()).isEqualTo("square");

        command.add("--force");
        for (JsonNode forced :
                installation.succeed(command.toArray(String[]::new)).json()) {
            assertThat(forced.get("unchanged").asLong()
                            + forced.get("rejected").asLong()
                            + forced.get("review").asLong())
                    .as(forced.toString())
                    .isEqualTo(forced.get("read").asLong());
            assertThat(forced.get("review").asLong()).as(forced.toString()).isZero();
        }
    }
}
