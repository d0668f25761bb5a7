package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.ingest.layout.LayoutLibrary;
import io.repertoire.schemas.SubmissionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A file goes by the layouts it was begun with. */
class ClaimedLayoutsTest extends WorkerRig {

    @Test
    void whatever_becomes_of_a_layout_while_an_import_is_cut_off_its_other_rows_are_read_by_what_it_was()
            throws IOException {
        Path layout = folders.layouts().resolve("mine.json");
        Files.writeString(layout, layoutWithGivenName("mine", "First name"));
        library = new LayoutLibrary(data)::current;
        cutOff("layout=mine\n");

        Files.writeString(layout, layoutWithGivenName("mine", "Called"));
        goOn(stopsAfter(300));
        Files.delete(layout);
        goOn(FlowControl.OFF);
        assertOnce(1_000);
        assertThat(topic.submissions.subList(1, 1_001))
                .allMatch(row -> row.getCustomer().getGivenName().equals("Ann"));

        Files.writeString(layout, layoutWithGivenName("mine", "Called"));
        Claim next = dropAndProcess("b.csv", rows(1), null, "layout=mine\nforce=true\n");
        assertThat(next.importId()).isEqualTo(last().getImportId());
        assertThat(topic.submissions
                        .get(topic.submissions.size() - 2)
                        .getCustomer()
                        .getGivenName())
                .as("a file that begins later goes by what it is then")
                .isNull();
    }

    @Test
    void a_layout_that_is_added_while_an_import_is_cut_off_does_not_take_its_other_rows() throws IOException {
        library = new LayoutLibrary(data)::current;
        cutOff("");
        Files.writeString(
                folders.layouts().resolve("mine.json"),
                layoutWithGivenName("mine", "First name")
                        .replace("\"columns\"", "\"recognised_by\": [[\"First name\", \"Email\"]], \"columns\""));
        goOn(FlowControl.OFF);
        assertOnce(1_000);
        assertThat(topic.submissions).allMatch(s -> s.getSourceSystem().equals("plain-en"));
        dropAndProcess("b.csv", rows(1), null, "");
        assertThat(last().getSourceSystem()).isEqualTo("mine");
    }

    @Test
    void a_file_of_which_rows_were_sent_and_that_cannot_be_read_as_it_was_waits_and_is_not_refused()
            throws IOException {
        Path layout = folders.layouts().resolve("mine.json");
        Files.writeString(layout, layoutWithGivenName("mine", "First name"));
        library = new LayoutLibrary(data)::current;
        cutOff("layout=mine\n");
        Files.delete(layout);
        Files.delete(claims.recover(Recovered.ALL).get(0).folder().resolve(".layouts.json"));
        assertThatThrownBy(() -> goOn(FlowControl.OFF))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UNKNOWN_LAYOUT");
        assertThat(last().getKind()).isEqualTo(SubmissionKind.RECORD);
        assertThat(folders.refused()).isEmptyDirectory();

        Files.writeString(layout, layoutWithGivenName("mine", "First name"));
        goOn(FlowControl.OFF);
        assertOnce(1_000);
    }

    private static String layoutWithGivenName(String name, String column) {
        return "{\"name\": \"" + name + "\", \"version\": 1, \"language\": \"en\","
                + " \"columns\": {\"email\": [\"Email\"], \"given_name\": [\"" + column + "\"]}}";
    }
}
