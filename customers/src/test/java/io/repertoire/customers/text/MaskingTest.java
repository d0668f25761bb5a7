package io.repertoire.customers.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MaskingTest {

    @Test
    void shows_enough_to_find_a_value_and_no_more() {
        assertThat(Masking.email("johanna@example.com")).isEqualTo("jo***@ex***.com");
        assertThat(Masking.email("jo@ab.ca")).isEqualTo("***@***.ca");
        assertThat(Masking.email("johanna@example")).isEqualTo("jo***@ex***");
        assertThat(Masking.email("johanna")).isEqualTo("jo***");
        assertThat(Masking.email("5145551234@x.5145551234")).isEqualTo("51***@***");
        assertThat(Masking.phone("+15142223367")).isEqualTo("+1514•••••67");
        assertThat(Masking.phone("(514) 222-3367")).isEqualTo("514•••••67");
        assertThat(Masking.phone("12345")).isEqualTo("1***");
        assertThat(Masking.text("Tremblay")).isEqualTo("Tr***");
        assertThat(Masking.text("Li")).isEqualTo("***");
        assertThat(Masking.text("")).isEqualTo("***");
    }

    @Property
    void a_whole_value_never_comes_through(@ForAll @StringLength(min = 1, max = 40) String value) {
        assertThat(Masking.text(value))
                .isNotEqualTo(value)
                .doesNotContain(value.length() > 3 ? value : "\u0000nothing");
        assertThat(Masking.email(value)).isNotEqualTo(value);
        assertThat(Masking.phone(value)).isNotEqualTo(value);
    }
}
