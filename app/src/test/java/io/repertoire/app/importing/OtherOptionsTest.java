package io.repertoire.app.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same content again, asked for otherwise than an earlier import of it was: the user is told what he has. */
class OtherOptionsTest {

    private static ImportOptions asked(String mode, @Nullable String group, @Nullable String layout) {
        return new ImportOptions("main", layout, null, mode, "reject-rows", group, null, false, false);
    }

    private static OtherOptions of(ImportOptions asked) {
        return OtherOptions.of(asked, ImportResultTest.COMPLETE, ImportResultTest.AT.plusSeconds(60));
    }

    @Test
    void the_same_options_are_nothing_to_tell() {
        assertThat(of(asked("upsert", null, null)).isNone()).isTrue();
        assertThat(of(asked("upsert", null, "plain")).afterwards("i1", true)).isNull();
    }

    @Test
    void other_options_are_told_with_the_way_to_what_was_asked() {
        OtherOptions other = of(asked("create-only", "Regulars", "square"));
        assertThat(other.afterwards("i1", false))
                .contains("cut off", "mode upsert", "no group", "layout plain", "--force", "imports undo i1");
        assertThat(other.afterwards("i1", true)).contains("imported before", "mode upsert");
        assertThat(other.whileItRuns("i1")).contains("goes on first", "imports cancel i1");
        ObjectNode json = new ObjectMapper().createObjectNode();
        other.addTo(json);
        assertThat(json.toString()).isEqualTo("{\"mode\":\"upsert\",\"group\":null,\"layout\":\"plain\"}");
    }

    @Test
    void an_import_of_this_very_command_has_what_its_folder_says_besides() {
        assertThat(OtherOptions.of(asked("upsert", "Regulars", null), ImportResultTest.COMPLETE, ImportResultTest.AT)
                        .isNone())
                .isTrue();
    }
}
