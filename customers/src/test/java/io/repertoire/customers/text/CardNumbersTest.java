package io.repertoire.customers.text;

import static io.repertoire.customers.text.CardNumbers.REPLACEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CardNumbersTest {

    @Test
    void a_card_number_is_removed_wherever_it_stands_in_a_text() {
        assertThat(CardNumbers.redact("paid with 4111111111111111, exp 12/27"))
                .isEqualTo("paid with " + REPLACEMENT + ", exp 12/27");
        assertThat(CardNumbers.redact("5555 5555 5555 4444")).isEqualTo(REPLACEMENT);
        assertThat(CardNumbers.redact("a3782-822463-10005b")).isEqualTo("a" + REPLACEMENT + "b");
        assertThat(CardNumbers.redact("4111111111111111 12 27")).isEqualTo(REPLACEMENT + " 12 27");
        assertThat(CardNumbers.redact("4111111111111111;4111111111111111")).isEqualTo(REPLACEMENT + ";" + REPLACEMENT);
    }

    @Test
    void p59_neither_how_it_is_parted_nor_its_script_hides_a_card_number() {
        for (String written : new String[] {
            "4111.1111.1111.1111",
            "4111  1111  1111  1111",
            "4111 - 1111 - 1111 - 1111",
            "4111\u20131111\u20131111\u20131111",
            "4111\u200b1111\u200b1111\u200b1111",
            "\uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11",
            "\u0664\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661"
        }) {
            assertThat(CardNumbers.redact("pays by " + written)).isEqualTo("pays by " + REPLACEMENT);
            assertThat(CardNumbers.redactIdentifier(written)).isEqualTo(REPLACEMENT);
        }
        assertThat(CardNumbers.redact("from 2026.11.22 to 2027.11.22")).isEqualTo("from 2026.11.22 to 2027.11.22");
    }

    @Test
    void any_long_run_with_a_right_luhn_digit_is_removed_from_free_text() {
        assertThat(CardNumbers.redact("ref 1234567890123452")).isEqualTo("ref " + REPLACEMENT);
        assertThat(CardNumbers.redact("ref 1234567890123453")).isEqualTo("ref 1234567890123453");
    }

    @Test
    void a_group_before_a_card_does_not_hide_it() {
        assertThat(CardNumbers.redact("99 4111111111111111")).isEqualTo("99 " + REPLACEMENT);
    }

    @Test
    void a_number_that_is_no_card_stays_in_an_identifier_field() {
        assertThat(CardNumbers.redactIdentifier("73282932000074")).isEqualTo("73282932000074");
        assertThat(CardNumbers.redactIdentifier("1234567890123452")).isEqualTo("1234567890123452");
        assertThat(CardNumbers.redactIdentifier("4111 1111 1111 1111")).isEqualTo(REPLACEMENT);
    }

    @Test
    void shorter_and_longer_runs_and_two_phone_numbers_stay() {
        var phones = "514 555 0123 / 514 555 0199";
        assertThat(CardNumbers.redact(phones)).isSameAs(phones);
        assertThat(CardNumbers.redact("411111111111")).isEqualTo("411111111111");
        assertThat(CardNumbers.redact("41111111111111114111")).isEqualTo("41111111111111114111");
        assertThat(CardNumbers.redact("0000000000000000")).isEqualTo("0000000000000000");
        assertThat(CardNumbers.redact("")).isEmpty();
    }
}
