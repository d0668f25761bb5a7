package io.repertoire.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People decide, from the command line, on imported customers, while {@code up} runs on the data folder. */
class CommandsIT {

    @TempDir
    static Path folder;

    private static Installation installation;

    @BeforeAll
    static void open() throws Exception {
        installation = new Installation(folder);
        Path file = folder.resolve("shop.csv");
        Files.writeString(file, """
                customer id,first name,last name,email,phone
                1,Luc,Roy,luc@shop.example.ca,514 842-1001
                2,Zoé,Gagnon,zoe@shop.example.ca,514 842-1002
                3,Anne,Cole,anne@shop.example.ca,514 842-1003
                4,A,Cole,,514 842-1003
                5,Max,Roy,max@shop.example.ca,514 842-1005
                6,Max,Roy,max@shop.example.ca,514 842-1006
                7,Eve,Hall,eve@shop.example.ca,514 842-1007
                8,E,Hall,,514 842-1007
                """);
        installation.start("up").awaitReady();
        installation.succeed("import", file.toString());
    }

    @AfterAll
    static void close() throws Exception {
        installation.close();
    }

    private static JsonNode customer(String id) throws Exception {
        return installation.succeed("customers", "show", id, "--json").json().get(0);
    }

    private static JsonNode done(String... arguments) throws Exception {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.add("--json");
        JsonNode answer =
                installation.succeed(all.toArray(new String[0])).json().get(0);
        assertThat(answer.get("status").asText()).isEqualTo("DONE");
        return answer;
    }

    private static Installation.Answer refused(String... arguments) throws Exception {
        Installation.Answer answer = installation.run(arguments);
        assertThat(answer.exitCode()).as(String.join(" ", arguments)).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        return answer;
    }

    private static String codeOf(String text) throws Exception {
        return installation
                .succeed("customers", "search", text, "--json")
                .json()
                .get(0)
                .get("code")
                .asText();
    }

    /** What a merge and its way back must leave as it was. */
    private static String said(JsonNode customer) {
        return List.of("code", "status", "given_name", "family_name", "emails", "phones", "merged_ids").stream()
                .map(name -> String.valueOf(customer.get(name)))
                .toList()
                .toString();
    }

    @Test
    void merged_and_taken_apart_again_both_customers_are_as_they_were() throws Exception {
        String luc = codeOf("luc@shop.example.ca");
        String zoe = codeOf("zoe@shop.example.ca");
        JsonNode before = customer(zoe);
        String lucBefore = said(customer(luc));
        String zoeId = before.get("customer_id").asText();

        JsonNode merged = done("customers", "merge", luc, zoe);
        assertThat(merged.get("customers").get(0).get("code").asText()).isEqualTo(luc);
        assertThat(merged.get("customers").get(1).get("status").asText()).isEqualTo("MERGED");
        assertThat(customer(zoeId).get("code").asText())
                .as("its id leads there")
                .isEqualTo(luc);
        assertThat(customer(luc).get("emails")).hasSize(2);
        assertThat(refused("customers", "merge", luc, luc).err()).contains("Both are the same customer.");
        assertThat(installation.succeed("customers", "merge", luc, zoe).out()).contains("one customer already");

        done("customers", "unmerge", zoe);
        assertThat(said(customer(zoeId))).isEqualTo(said(before));
        assertThat(said(customer(luc))).isEqualTo(lucBefore);
        assertThat(refused("customers", "unmerge", zoe).err()).contains("never merged");
        assertThat(installation.count("SELECT count(*) FROM repertoire.customer_change WHERE type = 'SPLIT'"))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_record_split_off_is_a_customer_of_its_own_and_stays_so_when_the_file_comes_again() throws Exception {
        String max = codeOf("max@shop.example.ca");
        JsonNode records = customer(max).get("source_records");
        assertThat(records).hasSize(2);
        JsonNode split =
                done("customers", "split", max, records.get(0).get("source_key").asText());
        String part = split.get("customers").get(1).get("code").asText();
        assertThat(customer(part).get("source_records")).hasSize(1);
        installation.succeed("import", folder.resolve("shop.csv").toString(), "--force");
        assertThat(customer(part).get("source_records")).hasSize(1);
        assertThat(customer(max).get("source_records")).hasSize(1);
        assertThat(refused("customers", "split", max, "nonsense").err()).contains("no source record of this name");
    }

    @Test
    void a_question_ignored_is_closed_and_the_others_are_merged_at_once() throws Exception {
        List<JsonNode> open = installation.succeed("reviews", "list", "--json").json();
        assertThat(open).hasSize(2);
        String ignored = open.get(0).get("reviewId").asText();
        installation.succeed("reviews", "ignore", ignored);
        assertThat(installation.succeed("reviews", "list").out()).doesNotContain(ignored);
        JsonNode all = done("reviews", "merge-all");
        assertThat(all.get("message").asText()).isEqualTo("1 reviews merged, 0 left as they are.");
        assertThat(installation.succeed("reviews", "list").out()).isEmpty();
        assertThat(refused("reviews", "merge", "rev_none").err()).contains("no review with this id");
        String one = open.get(0).get("customers").get(0).get("code").asText();
        String other = open.get(0).get("customers").get(1).get("code").asText();
        assertThat(installation.succeed("customers", "distinct", one, other).out())
                .contains("different already");
    }

    @Test
    void archived_edited_grouped_and_given_points_by_hand() throws Exception {
        JsonNode created =
                done("customers", "create", "given_name=Ida", "family_name=Wells", "email=ida@shop.example.ca");
        String ida = created.get("customers").get(0).get("code").asText();
        done("customers", "edit", ida, "job_title=editor", "phone=514 842-1099");
        assertThat(customer(ida).get("job_title").asText()).isEqualTo("editor");
        done("customers", "edit", ida, "job_title=");
        assertThat(customer(ida).has("job_title")).isFalse();
        assertThat(done("customers", "points", ida, "50").get("message").asText())
                .isEqualTo("The balance is 50.");
        assertThat(refused("customers", "points", ida, "-51").err()).contains("not have that many points");
        done("customers", "group", ida, "add", "VIP");
        assertThat(customer(ida).get("groups").toString()).contains("VIP");
        done("customers", "group", ida, "remove", "VIP");

        done("customers", "archive", ida);
        assertThat(installation.succeed("export").out()).doesNotContain(ida);
        assertThat(installation.succeed("export", "--status", "archived").out()).contains(ida);
        long version = customer(ida).get("version").asLong();
        assertThat(refused("customers", "unarchive", ida, "--if-version", Long.toString(version - 1))
                        .err())
                .contains("has changed since");
        done("customers", "unarchive", ida, "--if-version", Long.toString(version));
        assertThat(refused("customers", "archive", "C-99999").err()).contains("no customer with this id");
    }

    private static JsonNode imported(Path file, String... options) throws Exception {
        var all = new java.util.ArrayList<>(List.of("import", file.toString(), "--directory", "north", "--json"));
        all.addAll(List.of(options));
        return installation.run(all.toArray(new String[0])).json().get(0);
    }

    private static List<Long> counts(JsonNode result) {
        return List.of("read", "created", "updated", "unchanged", "merged", "review", "rejected", "suppressed").stream()
                .map(name -> result.get(name).asLong())
                .toList();
    }

    @Test
    void a_file_is_run_dry_imported_all_or_nothing_and_edited_and_imported_by_id() throws Exception {
        Path file = folder.resolve("north.csv");
        Files.writeString(file, """
                first name,last name,email,phone
                Léa,Morin,lea@shop.example.ca,514 842-2001
                -,,,
                Léa,Morin,lea@shop.example.ca,514 842-2002
                """);

        JsonNode dry = imported(file, "--dry-run", "--group", "VIP");
        assertThat(dry.get("dryRun").asBoolean()).isTrue();
        assertThat(dry.get("directoryChangedMeanwhile").asBoolean()).isFalse();
        assertThat(dry.get("rejectsFile").isNull()).isTrue();
        assertThat(installation.rows(dry.get("importId").asText()))
                .containsExactly("2,created,,", "3,rejected,,NO_IDENTITY", "4,updated,,");
        JsonNode refused = imported(file, "--on-error", "reject-file");
        assertThat(refused.get("refused").get("code").asText()).isEqualTo("ROWS_REJECTED");
        assertThat(Path.of(refused.get("rejectsFile").asText())).content().contains("-,,,,3,,");
        assertThat(installation.succeed("export", "--directory", "north").out().lines())
                .as("nobody yet")
                .hasSize(1);
        assertThat(counts(imported(file, "--group", "VIP"))).isEqualTo(counts(dry));

        String export = installation.succeed("export", "--directory", "north").out();
        assertThat(export).contains("VIP");
        Path edited = folder.resolve("edited.csv");
        Files.writeString(edited, export.replace("lea@shop.example.ca", "lea.morin@shop.example.ca"));
        JsonNode byId = imported(edited, "--mode", "update-by-id", "--on-error", "reject-file");
        assertThat(byId.get("updated").asLong()).isEqualTo(1);
        assertThat(installation
                        .succeed("customers", "search", "morin", "--directory", "north")
                        .out())
                .contains("lea.morin@shop.example.ca");
    }
}
