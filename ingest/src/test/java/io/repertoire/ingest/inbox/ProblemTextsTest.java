package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.ProblemCode;
import io.repertoire.ingest.csv.RowFault;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever gets rows back is told why in their own language, the file's. */
class ProblemTextsTest {

    @Test
    void every_code_has_words_of_its_own_in_either_language() {
        var english = new ArrayList<String>();
        var french = new ArrayList<String>();
        for (ProblemCode code : ProblemCode.values()) {
            if (code == ProblemCode.UNREADABLE) {
                // Of a file's row the reader's own words are said.
                continue;
            }
            check(code.problem("emails[0]", null), code.english(), code.french());
            english.add(code.english());
            french.add(code.french());
        }
        for (RowFault fault : RowFault.values()) {
            var problem = new Problem(null, null, fault.name(), fault.english(), null, Severity.ERROR);
            check(problem, fault.english(), fault.french());
            english.add(fault.english());
            french.add(fault.french());
        }
        assertThat(english).doesNotHaveDuplicates();
        assertThat(french).doesNotHaveDuplicates().doesNotContainAnyElementsOf(english);
    }

    @Test
    void a_problem_says_which_field_it_is_about_also_where_no_column_is_named() {
        List<Problem> problems = List.of(
                ProblemCode.FIELD_REQUIRED.problem("family_name", null),
                ProblemCode.EMAIL_INVALID.problem("emails[0]", null));
        assertThat(ProblemTexts.field(problems, "en")).isEqualTo("Last name");
        assertThat(ProblemTexts.field(problems, "fr")).isEqualTo("Nom");
        assertThat(ProblemTexts.text(problems, null, "fr"))
                .endsWith(" Courriel: " + ProblemCode.EMAIL_INVALID.french());
        assertThat(ProblemTexts.text(problems, null, "en")).endsWith(" Email: " + ProblemCode.EMAIL_INVALID.english());
    }

    private static void check(Problem problem, String english, String french) {
        assertThat(english).as(problem.getCode()).matches("(?s)\\p{Lu}.*\\.");
        assertThat(french).as(problem.getCode()).matches("(?s)\\p{Lu}.*\\.");
        assertThat(ProblemTexts.text(List.of(problem), null, "en")).endsWith(english);
        assertThat(ProblemTexts.text(List.of(problem), null, "fr")).endsWith(french);
    }
}
