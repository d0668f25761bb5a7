package io.repertoire.customers.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.ProblemCode;
import io.repertoire.schemas.state.HeldPhone;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.validator.routines.EmailValidator;

class ContactProperties {

    private static final PhoneLibrary LIBRARY = new PhoneLibrary();

    /** Shared by all tries, so that answers are really taken from memory. */
    private static final Phones PHONES = new Phones(BlockList.of(List.of()));

    private final Emails emails = new Emails(BlockList.shipped());

    @Property(tries = 5_000)
    void a_remembered_beginning_answers_as_the_library_does(
            @ForAll("numbers") String number, @ForAll("regions") String region) {
        // Read as a spreadsheet's decimal, on purpose.
        Assume.that(!number.matches(".*[.]00?"));
        ParsedPhone expected = LIBRARY.parse(number, region);
        Phones.Reading reading = PHONES.read(number, region);
        if (expected == null) {
            // Not in doubt here: what the repairs make of it.
            assertThat(reading == null || reading.problem() != null).isTrue();
            return;
        }
        HeldPhone held = reading.phone();
        if (held.getE164() != null) {
            assertThat(held.getE164()).isEqualTo(expected.e164());
            assertThat(held.getRegion()).isEqualTo(expected.region());
            assertThat(held.getKind()).isEqualTo(expected.kind());
            assertThat(held.getExt()).isEqualTo(expected.ext());
        } else {
            assertThat(reading.problem()).isIn(ProblemCode.PHONE_PLACEHOLDER, ProblemCode.EXCEL_SCIENTIFIC);
        }
    }

    @Property
    void reading_what_was_read_changes_nothing(@ForAll("numbers") String number, @ForAll("regions") String region) {
        Phones.Reading once = PHONES.read(number, region);
        if (once == null || once.phone().getE164() == null) {
            return;
        }
        HeldPhone again = PHONES.read(once.phone().getE164(), "ZZ").phone();
        assertThat(again.getE164()).isEqualTo(once.phone().getE164());
        assertThat(again.getKind()).isEqualTo(once.phone().getKind());
        assertThat(again.getQuality()).isEqualTo(once.phone().getQuality());
    }

    @Property
    void any_text_can_stand_in_a_phone_cell(@ForAll String text, @ForAll String region) {
        PHONES.read(text, region);
        PHONES.read("514" + text, "CA");
    }

    @Property
    void any_text_can_stand_in_an_email_cell(@ForAll String text) {
        emails.read(text);
        emails.read(text + "@" + text + ".ca");
        emails.read("a@" + text);
    }

    @Property(tries = 3_000)
    void an_address_that_was_read_is_read_as_itself(@ForAll("addresses") String cell) {
        for (Emails.Reading reading : emails.read(cell)) {
            String value = reading.email().getValue();
            if (value != null) {
                assertThat(emails.read(value)).singleElement().satisfies(again -> {
                    assertThat(again.email().getValue()).isEqualTo(value);
                    assertThat(again.email().getQuality())
                            .isEqualTo(reading.email().getQuality());
                });
            }
        }
    }

    @Property(tries = 3_000)
    void what_we_accept_of_plain_addresses_another_validator_accepts_too(@ForAll("asciiAddresses") String cell) {
        String key = Emails.key(cell);
        if (key != null && key.endsWith(".ca")) {
            assertThat(EmailValidator.getInstance().isValid(key)).isTrue();
        }
    }

    @Provide
    Arbitrary<String> regions() {
        return Arbitraries.of("CA", "US", "FR", "GB", "BE", "ZZ");
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> north = Combinators.combine(
                        // Few area codes, so that beginnings are met again.
                        Arbitraries.of(
                                "514", "438", "212", "800", "900", "876", "242", "787", "284", "500", "710", "907",
                                "204"),
                        Arbitraries.of("222", "344", "496", "555", "976", "010", "200"),
                        Arbitraries.strings().numeric().ofLength(4))
                .as((a, b, c) -> a + b + c);
        Arbitrary<String> anywhereNorth = Arbitraries.strings().numeric().ofLength(10);
        Arbitrary<String> french = Combinators.combine(
                        Arbitraries.of("01", "06", "07", "08", "09", "03"),
                        Arbitraries.strings().numeric().ofLength(8))
                .as((a, b) -> a + b);
        Arbitrary<String> any =
                Arbitraries.strings().withChars("0123456789").ofMinLength(7).ofMaxLength(13);
        Arbitrary<String> digits = Arbitraries.oneOf(north, north, anywhereNorth, french, any);
        return Combinators.combine(
                        Arbitraries.of("", "", "", "1", "+1", "+33", "+", "33", "00"),
                        digits,
                        Arbitraries.of("", "", " ", "-", ".", "("),
                        Arbitraries.integers().between(0, 12))
                .as((prefix, d, mark, at) -> {
                    String s = prefix.equals("+33") && d.startsWith("0") ? prefix + d.substring(1) : prefix + d;
                    int i = Math.min(s.length(), Math.max(at, 1));
                    return s.substring(0, i) + mark + s.substring(i);
                });
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.strings().withChars("abÉéZßİΣσ0123.-_+'\"<>,; ").ofMaxLength(12),
                Arbitraries.strings().ofMaxLength(6));
        return Combinators.combine(parts, parts, Arbitraries.of("ca", "com", "test", "рф", "c", ""))
                .as((l, d, t) -> l + "@" + d + "." + t);
    }

    @Provide
    Arbitrary<String> asciiAddresses() {
        Arbitrary<String> parts =
                Arbitraries.strings().withChars("abZ09.-_+'!").ofMinLength(1).ofMaxLength(10);
        return Combinators.combine(parts, parts).as((l, d) -> l + "@" + d + ".ca");
    }
}
