package io.repertoire.customers.name;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PersonNamesProperties {

    private static final PersonNames STANDARD = PersonNames.standard();
    private static final GivenNames LIST = GivenNames.shipped(true);

    private final PersonNames names = PersonNames.bySpelling();

    @Property
    void comparing_is_symmetric(
            @ForAll("parts") String given,
            @ForAll("parts") String family,
            @ForAll("parts") String given2,
            @ForAll("parts") String family2) {
        assertThat(names.compare(given, family, given2, family2))
                .isEqualTo(names.compare(given2, family2, given, family));
    }

    @Property
    void a_name_never_conflicts_with_itself(@ForAll("parts") String given, @ForAll("parts") String family) {
        FoldedName name = FoldedName.of(given, family);
        assertThat(names.compare(name, name)).isNotEqualTo(NameComparison.CONFLICT);
        if (!name.given().isEmpty() && !name.family().isEmpty()) {
            assertThat(names.compare(name, name)).isEqualTo(NameComparison.SAME);
            assertThat(names.compare(name, new FoldedName(/* given= */ name.family(), /* family= */ name.given())))
                    .isEqualTo(NameComparison.SAME);
        }
    }

    @Property
    void p5_two_listed_given_names_of_one_household_are_never_one(
            @ForAll("listed") String given, @ForAll("listed") String other) {
        if (LIST.differentNames(given, other)) {
            assertThat(STANDARD.compare(given, "Tremblay", other, "Tremblay")).isEqualTo(NameComparison.CONFLICT);
        } else {
            assertThat(STANDARD.compare(given, "Tremblay", other, "Tremblay")).isNotEqualTo(NameComparison.CONFLICT);
        }
    }

    @Property
    void a_missing_name_conflicts_with_nothing(@ForAll("parts") String given, @ForAll("parts") String family) {
        assertThat(names.compare(given, family, null, "")).isEqualTo(NameComparison.UNDECIDED);
    }

    @Property
    void folding_a_folded_name_changes_nothing(@ForAll("parts") String given) {
        FoldedName once = FoldedName.of("x " + given, null);
        assertThat(FoldedName.of(String.join(" ", once.given()), null)).isEqualTo(once);
    }

    @Property
    void any_text_can_be_a_name(@ForAll String given, @ForAll String family, @ForAll String display) {
        names.compare(FoldedName.of(given, family), FoldedName.of(null, null, display));
    }

    @Property
    void the_ascii_way_folds_as_the_other_does(@ForAll("ascii") String name) {
        // A combining mark sends the same text the long way round.
        assertThat(FoldedName.of(name + "\u0301", null)).isEqualTo(FoldedName.of(name, null));
    }

    @Provide
    Arbitrary<String> ascii() {
        return Arbitraries.strings().ascii().ofMaxLength(30);
    }

    @Provide
    Arbitrary<String> listed() {
        return Arbitraries.of(
                "jean",
                "jeanne",
                "marie",
                "mary",
                "michel",
                "michelle",
                "julie",
                "julien",
                "bob",
                "robert",
                "rob",
                "alex",
                "alexandra",
                "alexandre",
                "steph",
                "stephane",
                "stephanie",
                "daniel",
                "danielle",
                "norma",
                "norman",
                "kathy",
                "katherine",
                "lea",
                "leo",
                "leon",
                "noah",
                "nora",
                "paul",
                "paula",
                "simon",
                "simone",
                "victor",
                "victoria");
    }

    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("abeijmorAJM.-' éÉœ").ofMaxLength(12),
                Arbitraries.of("Marie", "Jean-Pierre", "J.", "Mme Roy", "Tremblay", "", " ", "O'Brien", "Zoë"),
                Arbitraries.strings().ofMaxLength(8));
    }
}
