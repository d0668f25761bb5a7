package io.repertoire.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job with nothing running before: every command starts what it needs and stops it again. One data folder throughout. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportIT {

    private static final Path EXAMPLE =
            Path.of("..", "examples", "customers.csv").toAbsolutePath().normalize();

    @TempDir
    static Path folder;

    private static Installation installation;
    private static String first = "";

    @BeforeAll
    static void open() {
        installation = new Installation(folder);
    }

    @AfterAll
    static void close() throws Exception {
        installation.close();
    }

    @Test
    @Order(1)
    void every_row_of_the_example_has_one_outcome_and_the_bad_one_comes_back() throws Exception {
        JsonNode result = installation
                .succeed("import", EXAMPLE.toString(), "--json")
                .json()
                .get(0);

        assertThat(result.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "file",
                        "sha256",
                        "importId",
                        "layout",
                        "encoding",
                        "delimiter",
                        "read",
                        "created",
                        "updated",
                        "unchanged",
                        "merged",
                        "review",
                        "rejected",
                        "suppressed",
                        "rejectsFile",
                        "seconds");
        assertThat(result.get("read").asLong()).isEqualTo(10);
        assertThat(Installation.sumOfOutcomes(result)).isEqualTo(10);
        assertThat(result.get("created").asLong()).isEqualTo(7);
        assertThat(result.get("rejected").asLong()).isEqualTo(1);
        assertThat(Path.of(result.get("rejectsFile").asText())).content().contains("Nobody: this row is rejected");
        assertThat(EXAMPLE).as("the user's own file stays").exists();
        first = result.get("importId").asText();
    }

    @Test
    @Order(2)
    void the_same_file_again_changes_nothing_and_names_the_import_it_was() throws Exception {
        JsonNode again = installation
                .succeed("import", EXAMPLE.toString(), "--json")
                .json()
                .get(0);

        assertThat(again.get("duplicateOf").asText()).isEqualTo(first);
        assertThat(again.get("created").asLong()).isEqualTo(7);
        assertThat(installation.succeed("imports", "list", "--json").json()).hasSize(1);
    }

    @Test
    @Order(3)
    void forced_again_every_row_that_was_stored_is_unchanged() throws Exception {
        JsonNode forced = installation
                .succeed("import", EXAMPLE.toString(), "--json", "--force")
                .json()
                .get(0);

        assertThat(forced.has("duplicateOf")).isFalse();
        assertThat(forced.get("importId").asText()).isNotEqualTo(first);
        assertThat(forced.get("unchanged").asLong()).isEqualTo(9);
        assertThat(forced.get("rejected").asLong()).isEqualTo(1);
        assertThat(Installation.sumOfOutcomes(forced)).isEqualTo(10);
    }

    @Test
    @Order(4)
    void an_export_imported_again_changes_nothing() throws Exception {
        Path export = folder.resolve("export.csv");
        installation.succeed("export", "--out", export.toString());

        JsonNode result = installation
                .succeed("import", export.toString(), "--json")
                .json()
                .get(0);

        assertThat(result.get("read").asLong()).isEqualTo(7);
        assertThat(result.get("unchanged").asLong()).isEqualTo(7);
    }

    @Test
    @Order(5)
    void each_row_names_its_line_and_its_customer() throws Exception {
        List<String> rows = installation.rows(first);

        assertThat(rows).hasSize(10);
        assertThat(rows.get(0)).startsWith("2,created,cus_");
        assertThat(rows.get(7)).startsWith("9,rejected,,");
        String person = rows.get(0).split(",", -1)[2];
        assertThat(rows.get(1).split(",", -1)[2])
                .as("the same person in other letters")
                .isEqualTo(person);
        assertThat(installation.succeed("imports", "rejects", first).out()).contains("Nobody: this row is rejected");
        assertThat(installation
                        .succeed("customers", "show", person, "--json")
                        .json()
                        .get(0)
                        .get("family_name")
                        .asText())
                .isEqualTo("Lefrançois");
        assertThat(installation.succeed("customers", "search", "lefrancois").out())
                .contains("helene.lefrancois@example.org");
    }

    @Test
    @Order(6)
    void of_several_files_the_good_are_imported_and_the_refused_one_decides_the_exit_code() throws Exception {
        Path good = Files.writeString(folder.resolve("good.csv"), "Email\nnew.person@example.org\n");
        Path empty = Files.writeString(folder.resolve("empty.csv"), "");

        Installation.Answer answer = installation.run("import", empty.toString(), good.toString(), "--json");

        assertThat(answer.exitCode()).isEqualTo(1);
        JsonNode refused = answer.json().get(0);
        assertThat(refused.get("refused").get("code").asText()).isNotBlank();
        assertThat(refused.get("refused").get("message").asText()).isNotBlank();
        assertThat(refused.has("created")).isFalse();
        assertThat(answer.json().get(1).get("created").asLong()).isEqualTo(1);
    }

    @Test
    @Order(7)
    void a_file_that_is_not_there_is_named_before_anything_starts() throws Exception {
        Installation.Answer answer = installation.run("import", "missing.csv", "also-missing.csv");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("There is no file missing.csv.", "There is no file also-missing.csv.");
    }

    @Test
    @Order(8)
    void nothing_runs_after_the_commands() throws Exception {
        assertThat(installation.status().get("components")).isEmpty();
    }
}
