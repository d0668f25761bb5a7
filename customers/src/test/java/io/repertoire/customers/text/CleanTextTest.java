package io.repertoire.customers.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\r\n",
                "\u00a0\u200b\ufeff",
                "N/A",
                "n/a",
                "-",
                "---",
                "–",
                "—",
                "NULL",
                "null",
                "#N/A",
                " N/A "
            })
    void what_stands_for_nothing_is_nothing(String raw) {
        assertThat(CleanText.line(raw)).isNull();
        assertThat(CleanText.lines(raw)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Null", "Na", "NA", "0", ".", "-1", "N", "Muñoz", "李", "👩‍👧", "नमस्ते", "עברית", "\\N"})
    void what_somebody_may_be_called_stays(String raw) {
        assertThat(CleanText.line(raw)).isEqualTo(raw);
        assertThat(CleanText.losesCharacters(raw)).isFalse();
    }

    @Test
    void is_composed_trimmed_and_free_of_what_cannot_be_seen() {
        assertThat(CleanText.line("  He\u0301le\u0300ne\u00a0 \t Roy\u200b ")).isEqualTo("Hélène Roy");
        assertThat(CleanText.line("a\u0000b\u202ec\u0007\u200f\ud800d")).isEqualTo("abcd");
        assertThat(CleanText.line("a\r\nb\u2028c")).isEqualTo("a b c");
        assertThat(CleanText.lines(" a\r\nb\rc\n")).isEqualTo("a\nb\nc");
    }

    @Test
    void says_when_it_takes_out_what_a_person_should_hear_of() {
        assertThat(CleanText.losesCharacters("a\u0000b")).isTrue();
        assertThat(CleanText.losesCharacters("a\u202eb")).isTrue();
        assertThat(CleanText.losesCharacters("a\ud800b")).isTrue();
        assertThat(CleanText.losesCharacters("a\r\n\tb\u200b é 👩")).isFalse();
    }

    @Test
    void is_cut_between_characters_and_not_in_them() {
        assertThat(CleanText.cut("👩👩👩", 2)).isEqualTo("👩👩");
        assertThat(CleanText.cut("ab cd", 3)).isEqualTo("ab");
        assertThat(CleanText.cut("ab", 2)).isEqualTo("ab");
    }

    @Property
    void cleaning_what_is_clean_changes_nothing(@ForAll("texts") String raw) {
        String line = CleanText.line(raw);
        if (line != null) {
            assertThat(CleanText.line(line)).isEqualTo(line);
            assertThat(line)
                    .isEqualTo(Normalizer.normalize(line, Normalizer.Form.NFC))
                    .isEqualTo(line.strip());
            assertThat(line.chars()).noneMatch(Character::isISOControl);
            assertThat(CleanText.losesCharacters(line)).isFalse();
            String cut = CleanText.cut(line, 5);
            assertThat(CleanText.cut(cut, 5)).isEqualTo(cut);
            if (!cut.isEmpty()) {
                assertThat(CleanText.line(cut)).isIn(cut, null);
            }
        }
        String lines = CleanText.lines(raw);
        if (lines != null) {
            assertThat(CleanText.lines(lines)).isEqualTo(lines);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.strings()
                        .withChars("ab \t\r\n\u00a0\u200b\u200d\u0301\u0300e\u212b\u202e\u0000\ud83d\udc69-\u2028")
                        .ofMaxLength(12));
    }
}
