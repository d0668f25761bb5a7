package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnLayoutsTest {

    private static final String GOOD = """
            {"name": "tillmaster", "version": 1, "language": "fr", "includes": ["plain-fr"],
             "recognised_by": [["Matricule", "Surnom"]], "template_delimiter": ";",
             "columns": {"source_customer_id": ["Matricule"], "attribute": ["Surnom"]},
             "template": {"fr": ["Matricule", "Nom", "Surnom", "Courriel"]}}
            """;

    @TempDir
    Path data;

    private Path folder;
    private LayoutLibrary library;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectories(data.resolve(LayoutLibrary.FOLDER));
        library = new LayoutLibrary(data);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void a_file_more_is_a_layout_more_from_the_next_file_on() throws IOException {
        assertThat(library.current().names()).doesNotContain("tillmaster");
        write("tillmaster.json", GOOD);

        Layouts layouts = library.current();
        assertThat(layouts.complaints()).isEmpty();
        assertThat(layouts.map(List.of("Courriel", "surnom", "MATRICULE"), null))
                .isInstanceOfSatisfying(Mapping.class, mapping -> {
                    assertThat(mapping.layoutName()).isEqualTo("tillmaster");
                    assertThat(mapping.field(2)).isEqualTo(Field.SOURCE_CUSTOMER_ID);
                });
        assertThat(new Templates(layouts).text("tillmaster", "fr")).startsWith("Matricule;Nom;Surnom;Courriel\r\n");
        assertThat(library.current()).isSameAs(layouts);

        Files.delete(folder.resolve("tillmaster.json"));
        assertThat(library.current().names()).doesNotContain("tillmaster");
    }

    @Test
    void every_layout_is_the_same_after_it_was_written_down_and_read_again() throws IOException {
        for (LayoutFile file : LayoutFolder.read().values()) {
            assertThat(LayoutFile.JSON.readValue(LayoutFile.JSON.writeValueAsString(file), LayoutFile.class))
                    .isEqualTo(file);
        }
        write("tillmaster.json", GOOD);
        Layouts kept = Layouts.ofText(library.current().ownAsText());
        assertThat(kept.source("tillmaster")).isEqualTo(library.current().source("tillmaster"));
        assertThat(kept.names()).isEqualTo(library.current().names());
        assertThat(Layouts.ofText(new Layouts().ownAsText()).names()).isEqualTo(new Layouts().names());
        for (String broken : List.of("", "[", "{}", "[null]", "[{\"name\": \"a\"}]")) {
            assertThatThrownBy(() -> Layouts.ofText(broken)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_bad_file_is_told_by_name_and_reason_and_stops_no_other() throws IOException {
        write("tillmaster.json", GOOD);
        write("a-broken.json", "{\"name\": \"a-broken\", \"columns\": {");
        write("b-other.json", GOOD);
        write("c-field.json", GOOD.replace("tillmaster", "c-field").replace("\"attribute\"", "\"shoe_size\""));
        write("d-key.json", GOOD.replace("tillmaster", "d-key").replace("\"version\"", "\"vresion\""));
        write("e-include.json", GOOD.replace("tillmaster", "e-include").replace("plain-fr", "plain-de"));
        write("f-template.json", GOOD.replace("tillmaster", "f-template").replace("\"Nom\", \"Surnom\"", "\"Nom\""));
        write("moneris.json", GOOD.replace("tillmaster", "moneris"));
        write("Gross.json", GOOD.replace("tillmaster", "Gross"));
        write("h-includes-f.json", GOOD.replace("tillmaster", "h-includes-f").replace("plain-fr", "f-template"));
        write("i-empty.json", "null");
        write(
                "j-language.json",
                GOOD.replace("tillmaster", "j-language").replace("\"language\": \"fr\"", "\"language\": \"de\""));
        write(
                "k-form.json",
                GOOD.replace("tillmaster", "k-form")
                        .replace("\"columns\"", "\"values\": {\"email\": {\"form\": \"X\"}}, \"columns\""));

        Layouts layouts = library.current();
        assertThat(layouts.names()).contains("tillmaster", "moneris").doesNotContain("f-template", "h-includes-f");
        assertThat(layouts.complaints())
                .hasSize(12)
                .allMatch(complaint -> complaint.matches("The layout file [A-Za-z-]+\\.json is not used: .*"))
                .noneMatch(complaint -> complaint.contains("io.repertoire"))
                .anyMatch(complaint -> complaint.contains("a-broken.json is not used: line 1"))
                .anyMatch(complaint -> complaint.contains("b-other.json is not used: it calls itself \"tillmaster\""))
                .anyMatch(complaint -> complaint.contains("c-field.json is not used: there is no field \"shoe_size\""))
                .anyMatch(complaint -> complaint.contains("d-key.json") && complaint.contains("vresion"))
                .anyMatch(complaint -> complaint.contains("e-include.json") && complaint.contains("plain-de"))
                .anyMatch(complaint -> complaint.contains("f-template.json") && complaint.contains("recognised"))
                .anyMatch(complaint -> complaint.contains("moneris.json") && complaint.contains("already"))
                .anyMatch(complaint -> complaint.contains("h-includes-f.json") && complaint.contains("f-template"));
        assertThat(layouts.map(List.of("Email"), "c-field"))
                .isInstanceOfSatisfying(MappingResult.Refused.class, refused -> assertThat(refused.message())
                        .contains("The layout file c-field.json is not used: there is no field"));
    }

    @Test
    void links_to_nowhere_as_editors_leave_them_hide_no_change_of_another_file() throws IOException {
        links("a");
        assertThat(library.current().complaints()).isEmpty();
        write("tillmaster.json", GOOD);
        links("z");
        assertThat(library.current().names()).contains("tillmaster");
        Files.delete(folder.resolve("tillmaster.json"));
        assertThat(library.current().names()).doesNotContain("tillmaster");
    }

    private void links(String name) throws IOException {
        for (int i = 0; i < 10; i++) {
            Files.createSymbolicLink(folder.resolve(".#" + name + i + ".json"), data.resolve("nobody"));
        }
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        Path elsewhere = data.resolve("elsewhere.json");
        Files.writeString(elsewhere, GOOD);
        Files.createSymbolicLink(folder.resolve("tillmaster.json"), elsewhere);
        assertThat(library.current().complaints()).singleElement().asString().contains("no ordinary file");
    }
}
