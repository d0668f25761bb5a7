package io.repertoire.customers.name;

import static io.repertoire.customers.name.NameComparison.CONFLICT;
import static io.repertoire.customers.name.NameComparison.SAME;
import static io.repertoire.customers.name.NameComparison.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonNamesTest {

    private final PersonNames names = PersonNames.bySpelling();

    @ParameterizedTest(name = "{0} {1} and {2} {3}: {4}")
    @CsvSource({
        "Hélène,Tremblay,HELENE,tremblay,SAME",
        "He\u0301le\u0300ne,Tremblay,Hélène,TREMBLAY,SAME",
        "Jean-Pierre,L'Heureux,Jean Pierre,L’Heureux,SAME",
        "J.-P.,Côté,J P,Cote,SAME",
        "Mme Marie,Lœwen,Marie,Loewen,SAME",
        "M. Luc,Weiß,LUC,WEISS,SAME",
        "Tremblay,Marie,Marie,Tremblay,SAME",
        "'  Marie ',Tremblay,Marie,'Tremblay\u00a0',SAME",
        "Łukasz,Sørensen,Lukasz,Sorensen,SAME",
        "J.,Tremblay,Jean,Tremblay,UNDECIDED",
        "Alex,Roy,Alexandra,Roy,UNDECIDED",
        "Jonathan,Gagnon,Jonathon,Gagnon,UNDECIDED",
        "Marie-Claude,Roy,Claude,Roy,UNDECIDED",
        "Robert,Alan,Robert,Allen,UNDECIDED",
        "Marie,,,Tremblay,UNDECIDED",
        ",,Marie,Tremblay,UNDECIDED",
        ",,,,UNDECIDED",
        "Marie,,Marie,,UNDECIDED",
        "Tremblay,,Marie,Tremblay,UNDECIDED",
        "J,Roy,Roy,Jean,UNDECIDED",
        "Marie,Tremblay,Paul,Tremblay,CONFLICT",
        "Marie,Tremblay,Marie,Gagnon,CONFLICT",
        "Marie,,Paul,,CONFLICT",
        "J,Tremblay,M,Tremblay,CONFLICT",
        "M,Tremblay,Paul,Tremblay,CONFLICT",
        "Jo,Roy,Al,Roy,CONFLICT",
        "Marie,Tremblay,Tremblay,Paul,CONFLICT",
        "李,王,陈,王,CONFLICT",
    })
    void two_names_relate_as_the_rules_say(
            String given, String family, String given2, String family2, NameComparison expected) {
        assertThat(names.compare(given, family, given2, family2)).isEqualTo(expected);
        assertThat(names.compare(given2, family2, given, family)).isEqualTo(expected);
    }

    @Test
    void a_title_alone_is_an_initial_and_not_nothing() {
        assertThat(FoldedName.of("M.", "Roy").given()).containsExactly("m");
        assertThat(FoldedName.of("M. Mme", "Roy").given()).containsExactly("mme");
    }

    @Test
    void a_name_without_letters_is_missing() {
        assertThat(FoldedName.of(" -'. ", "♥\u200b").isEmpty()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1} | {2}")
    @CsvSource({
        "'Tremblay, Marie',marie,tremblay",
        "Marie Tremblay,marie,tremblay",
        "Mme Marie Tremblay,marie,tremblay",
        "Jean Pierre Roy,jean pierre,roy",
        "Charles de la Fontaine,charles,de la fontaine",
        "De Niro,de,niro",
        "Tremblay,'',tremblay",
        "'Tremblay,','',tremblay",
        "'','',''",
    })
    void a_whole_name_is_split_where_people_split_it(String display, String given, String family) {
        FoldedName name = FoldedName.of(null, " ", display);
        assertThat(String.join(" ", name.given())).isEqualTo(given);
        assertThat(String.join(" ", name.family())).isEqualTo(family);
    }

    @Test
    void a_whole_name_is_not_read_where_a_part_is_given() {
        assertThat(FoldedName.of("Marie", null, "Somebody Else")).isEqualTo(FoldedName.of("Marie", null));
    }

    @Test
    void a_folded_name_does_not_print_itself() {
        assertThat(FoldedName.of("Marie", "Tremblay").toString()).doesNotContainIgnoringCase("marie");
    }

    @Test
    void known_names_overrule_their_spelling() {
        GivenNames list = new GivenNames() {
            @Override
            public boolean formsOfOneName(String a, String b) {
                return List.of(a, b).containsAll(List.of("peggy", "margaret"));
            }

            @Override
            public boolean differentNames(String a, String b) {
                return List.of(a, b).containsAll(List.of("julie", "julien"));
            }
        };
        PersonNames knowing = PersonNames.with(list);
        assertThat(names.compare("Julie", "Roy", "Julien", "Roy")).isEqualTo(UNDECIDED);
        assertThat(knowing.compare("Julie", "Roy", "Julien", "Roy")).isEqualTo(CONFLICT);
        assertThat(names.compare("Peggy", "Roy", "Margaret", "Roy")).isEqualTo(CONFLICT);
        assertThat(knowing.compare("Peggy", "Roy", "Margaret", "Roy")).isEqualTo(UNDECIDED);
        assertThat(knowing.compare("Julie", "Roy", "Julie", "Roy")).isEqualTo(SAME);
    }

    @ParameterizedTest(name = "{0} {1} and {2} {3}: {4}")
    @CsvSource({
        "Michel,Roy,Michelle,Roy,CONFLICT",
        "Julie,Roy,Julien,Roy,CONFLICT",
        "Marie,Roy,Martin,Roy,CONFLICT",
        "Mark,Roy,Mary,Roy,CONFLICT",
        "Jean,Roy,Jeanne,Roy,CONFLICT",
        "Daniel,Roy,Danielle,Roy,CONFLICT",
        "René,Roy,Renée,Roy,CONFLICT",
        "Alexandre,Roy,Alexandra,Roy,CONFLICT",
        "Norman,Roy,Norma,Roy,CONFLICT",
        "Roy,Michel,Michelle,Roy,CONFLICT",
        "Bob,Roy,Robert,Roy,UNDECIDED",
        "Bob,Roy,Rob,Roy,UNDECIDED",
        "Peggy,Roy,Margaret,Roy,UNDECIDED",
        "Manu,Roy,Emmanuelle,Roy,UNDECIDED",
        "Steph,Roy,Stéphane,Roy,UNDECIDED",
        "Steph,Roy,Stéphanie,Roy,UNDECIDED",
        "Alex,Roy,Alexandra,Roy,UNDECIDED",
        "Cathy,Roy,Katherine,Roy,UNDECIDED",
        "Catherine,Roy,Kathryn,Roy,UNDECIDED",
        "Marc,Roy,Mark,Roy,UNDECIDED",
        "Genevieve,Roy,Geneviève,Roy,SAME",
        "Marie-Claude,Roy,Marie-Ève,Roy,CONFLICT",
        "Marie-Claude,Roy,Marie,Roy,UNDECIDED",
        "Marie-Claude,Roy,Claude,Roy,UNDECIDED",
        "Jean-Pierre,Roy,Jean-Paul,Roy,CONFLICT",
        "J.-P.,Roy,Jean-Pierre,Roy,UNDECIDED",
        "JF,Roy,Jean-François,Roy,UNDECIDED",
        "JF,Roy,Jean-Pierre,Roy,CONFLICT",
        "Xyzqwert,Roy,Michelle,Roy,CONFLICT",
    })
    void p21_known_given_names_are_told_apart_and_their_short_forms_are_not(
            String given, String family, String given2, String family2, NameComparison expected) {
        PersonNames standard = PersonNames.standard();
        assertThat(standard.compare(given, family, given2, family2)).isEqualTo(expected);
        assertThat(standard.compare(given2, family2, given, family)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {1} and {2} {3}: {4}")
    @CsvSource({
        "Marie,de la Fontaine,Marie,Fontaine,UNDECIDED",
        "Marie,de Roy,Marie,de Tremblay,CONFLICT",
        "Marie,Saint-Pierre,Marie,Saint-Jean,CONFLICT",
        "Marie,St-Pierre,Marie,Saint-Pierre,SAME",
        "Marie,Ste-Marie,Marie,Sainte-Marie,SAME",
        "Marie,LeBlanc,Marie,Le Blanc,SAME",
        "Marie,O'Brien,Marie,OBrien,SAME",
        "Marie,d'Amours,Marie,Damours,SAME",
        "Jean,van der Berg,Jean,Vanderberg,SAME",
        "Jean,McDonald,Jean,Mac Donald,UNDECIDED",
        "M. et Mme Jean,Roy,Jean,Roy,SAME",
        "Me Julie,Roy,Julie,Roy,SAME",
        "Prof. Julie,Roy,Julie,Roy,SAME",
        "Julie,Oriba,Julie,Boira,UNDECIDED",
        "Julie,Tremlbay,Julie,Tremblay,UNDECIDED",
    })
    void p21_particles_titles_and_misspellings(
            String given, String family, String given2, String family2, NameComparison expected) {
        assertThat(names.compare(given, family, given2, family2)).isEqualTo(expected);
        assertThat(names.compare(given2, family2, given, family)).isEqualTo(expected);
    }

    @Test
    void nicknames_are_optional_and_spellings_are_not() {
        PersonNames formal = PersonNames.withoutNicknames();
        assertThat(formal.compare("Bob", "Roy", "Robert", "Roy")).isEqualTo(CONFLICT);
        assertThat(formal.compare("Peggy", "Roy", "Margaret", "Roy")).isEqualTo(CONFLICT);
        assertThat(formal.compare("Catherine", "Roy", "Kathryn", "Roy")).isEqualTo(UNDECIDED);
    }

    @Test
    void every_shipped_name_agrees_with_itself_and_no_two_lists_contradict() {
        GivenNames list = GivenNames.shipped(true);
        assertThat(list.formsOfOneName("robert", "robert")).isTrue();
        assertThat(list.formsOfOneName("bob", "robert")).isTrue();
        assertThat(list.differentNames("bob", "robert")).isFalse();
        assertThat(list.differentNames("bob", "michel")).isTrue();
        assertThat(list.differentNames("bob", "tremblay")).isFalse();
    }

    @Test
    void nearly_all_of_the_true_pairs_of_a_real_file_are_compatible() throws IOException {
        List<String> lines =
                Files.readAllLines(SharedData.require("er/splink_datasets/data/fake_1000.csv"), StandardCharsets.UTF_8);
        record Row(FoldedName name, String cluster) {}
        Map<String, List<Row>> byEmail = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            String email = cells[5].toLowerCase(Locale.ROOT).strip();
            if (email.indexOf('@') > 0 && email.indexOf('.', email.indexOf('@')) > 0) {
                byEmail.computeIfAbsent(email, e -> new java.util.ArrayList<>())
                        .add(new Row(FoldedName.of(cells[1], cells[2]), cells[6]));
            }
        }
        int pairs = 0;
        int compatible = 0;
        int wrong = 0;
        for (List<Row> rows : byEmail.values()) {
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < i; j++) {
                    pairs++;
                    if (names.compare(rows.get(i).name(), rows.get(j).name()) != CONFLICT) {
                        compatible++;
                        wrong += rows.get(i).cluster().equals(rows.get(j).cluster()) ? 0 : 1;
                    }
                }
            }
        }
        System.out.printf("fake_1000: %d pairs by email, %d compatible, %d false%n", pairs, compatible, wrong);
        assertThat(pairs).isEqualTo(682);
        assertThat(wrong).isZero();
        assertThat(compatible).isGreaterThanOrEqualTo(670);
    }
}
