package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchTextTest {

    @Test
    void words_are_folded_and_wildcards_are_taken_literally() {
        assertThat(SearchText.wordPatterns("Hélène 100%_Œuvre")).containsExactly("%helene%", "%100\\%\\_oeuvre%");
    }

    @Test
    void digits_are_a_phone_number_without_its_national_zero() {
        assertThat(SearchText.phonePattern("06 12 34 56 78")).isEqualTo("%612345678%");
        assertThat(SearchText.phonePattern("(514) 555-0123")).isEqualTo("%5145550123%");
        assertThat(SearchText.phonePattern("514")).isNull();
        assertThat(SearchText.phonePattern("C-00001")).isNull();
    }
}
