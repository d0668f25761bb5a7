package io.repertoire.customers.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.CustomerNormaliser.Normalised;
import io.repertoire.customers.People;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfalls P15 to P24 of RULES C-2, each by its number. */
class NormalisationPitfallsTest {

    private static final CustomerNormaliser NORMALISER = CustomerNormaliser.standard();

    private static Normalised normalise(People person, @Nullable String region) {
        return NORMALISER.normalise(person.details(), region, 0, DirectoryPolicy.defaults());
    }

    private static HeldPhone phone(String cell, String region) {
        return normalise(People.named("Jean", "Roy").phone(cell), region)
                .customer()
                .getPhones()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "j.t@gmail.com,j.t@gmail.com",
        "jt+shop@gmail.com,jt+shop@gmail.com",
        "JT@GoogleMail.com,jt@googlemail.com",
        "'\u00a0mailto:jt@x.ca ',jt@x.ca",
        "<jt@x.ca>,jt@x.ca",
        "jt@exämple.ca,jt@xn--exmple-cua.ca",
    })
    void p15_dots_and_tags_are_part_of_an_address(String cell, String key) {
        assertThat(normalise(People.named("Jean", "Roy").email(cell), null)
                        .customer()
                        .getEmails())
                .extracting(HeldEmail::getValue)
                .containsExactly(key);
    }

    @Test
    void p2_an_address_made_up_from_a_number_gives_it_where_a_spreadsheet_has_eaten_the_phone() {
        Normalised read =
                normalise(People.nameless().email("5142223344@aptimyz.com").phone("5.1E+09"), null);
        assertThat(read.customer().getPhones()).extracting(HeldPhone::getE164).containsExactly("+15142223344");
        assertThat(read.problems()).extracting(Problem::getCode).contains("EXCEL_SCIENTIFIC");
    }

    @Test
    void p16_syntax_is_checked_existence_is_not_and_several_in_a_cell_are_parted() {
        assertThat(normalise(People.named("Jean", "Roy").email("jt@no-such-domain-anywhere.ca; b@x.ca"), null)
                        .customer()
                        .getEmails())
                .extracting(HeldEmail::getValue)
                .containsExactly("jt@no-such-domain-anywhere.ca", "b@x.ca");
        assertThat(normalise(People.named("Jean", "Roy").email("jt@nodot"), null)
                        .customer()
                        .getEmails())
                .extracting(HeldEmail::getQuality)
                .containsExactly(ContactQuality.INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "+1 514 842 1234,CA,+15148421234",
        "1-514-842-1234,CA,+15148421234",
        "514.842.1234,CA,+15148421234",
        "06 12 34 56 78,FR,+33612345678",
        "+33 6 12 34 56 78,CA,+33612345678",
        "+49 30 901820,CA,+4930901820",
    })
    void p17_numbers_of_any_country_are_taken(String cell, String region, String e164) {
        assertThat(phone(cell, region).getE164()).isEqualTo(e164);
        assertThat(phone(cell, region).getRaw()).isEqualTo(cell);
    }

    @Test
    void p17_the_rows_country_comes_before_the_shops() {
        People french = People.named("Jean", "Roy").phone("06 12 34 56 78");
        french.details()
                .getAddresses()
                .add(new io.repertoire.schemas.SubmittedAddress(
                        null, io.repertoire.schemas.AddressType.HOME, null, null, null, null, null, null, "France"));
        assertThat(normalise(french, "CA").customer().getPhones().get(0).getE164())
                .isEqualTo("+33612345678");
    }

    @ParameterizedTest
    @CsvSource({"33612345678,CA,+33612345678", "0033612345678,CA,+33612345678", "4930901820,FR,+4930901820"})
    void p18_a_lost_plus_is_only_given_back_where_the_number_exists_then(String cell, String region, String e164) {
        Normalised row = normalise(People.named("Jean", "Roy").phone(cell), region);
        assertThat(row.customer().getPhones().get(0).getE164()).isEqualTo(e164);
        assertThat(row.problems()).extracting(Problem::getCode).contains("PHONE_REPAIRED");
    }

    @ParameterizedTest
    @CsvSource({"5148421234.0,CA,+15148421234", "’5148421234,CA,+15148421234", "612345678,FR,+33612345678"})
    void p19_what_a_spreadsheet_did_is_repaired(String cell, String region, String e164) {
        assertThat(phone(cell, region).getE164()).isEqualTo(e164);
    }

    @Test
    void p19_a_power_of_ten_has_lost_its_digits_and_the_row_stays() {
        Normalised row = normalise(People.named("Jean", "Roy").phone("5.14842E+09"), "CA");
        assertThat(row.rejected()).isFalse();
        assertThat(row.customer().getPhones()).isEmpty();
        assertThat(row.problems()).extracting(Problem::getCode).containsExactly("EXCEL_SCIENTIFIC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"05-Jan", "janv-05", "1-févr.-12", "12-mai"})
    void p19_what_a_spreadsheet_made_a_date_of_is_no_card_and_no_postal_code(String cell) {
        People person = People.named("Jean", "Roy").address("1 rue A", "Laval", cell);
        person.details().setLoyalty(new SubmittedLoyalty(cell, null, null, null, null, null));
        Normalised row = normalise(person, null);
        assertThat(row.rejected()).isFalse();
        assertThat(row.customer().getLoyalty()).isNull();
        assertThat(row.customer().getAddresses().get(0).getPostalCode()).isNull();
        assertThat(row.problems()).extracting(Problem::getCode).containsExactly("EXCEL_DATE", "EXCEL_DATE");
    }

    @Test
    void p19_what_only_looks_like_a_date_stays() {
        People person = People.named("Jean", "Roy").address("1 rue A", "Laval", "AB1-2CD");
        person.details().setLoyalty(new SubmittedLoyalty("MAR-JAN", null, null, null, null, null));
        Normalised row = normalise(person, null);
        assertThat(row.problems()).isEmpty();
        assertThat(row.customer().getLoyalty().getCard()).isEqualTo("MAR-JAN");
    }

    @Test
    void p19_a_card_number_of_eighteen_digits_that_was_rounded_is_none() {
        People person = People.named("Jean", "Roy");
        person.details().setLoyalty(new SubmittedLoyalty("721044830112299000", null, null, null, null, null));
        assertThat(normalise(person, null).customer().getLoyalty()).isNull();
        person.details().setLoyalty(new SubmittedLoyalty("721044830112299010", null, null, null, null, null));
        assertThat(normalise(person, null).customer().getLoyalty().getCard()).isEqualTo("721044830112299010");
    }

    @Test
    void p59_where_a_card_number_stood_there_is_no_phone_and_no_email() {
        Normalised row = normalise(
                People.named("Jean", "Roy").phone("[card number removed]").email("[card number removed]"), null);
        assertThat(row.customer().getPhones()).isEmpty();
        assertThat(row.customer().getEmails()).isEmpty();
        assertThat(row.problems()).isEmpty();
    }

    @Test
    void p20_what_a_number_is_is_worked_out_each_time_and_the_rules_have_a_version() {
        assertThat(phone("06 12 34 56 78", "FR").getKind()).isEqualTo(PhoneKind.MOBILE);
        assertThat(phone("01 44 27 60 00", "FR").getKind()).isEqualTo(PhoneKind.FIXED);
        assertThat(NORMALISER.version()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Muñoz", "He\u0301le\u0300ne", "Đặng", "O’Brien", "Łukasz", "李小龙", "Мария", "Ndèye-Ñ"})
    void p21_p22_every_letter_and_mark_stays(String name) {
        assertThat(normalise(People.named(name, "Roy"), null).customer().getGivenName())
                .isEqualTo(java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFC));
    }

    @Test
    void p22_only_what_cannot_be_seen_is_taken_out() {
        assertThat(normalise(People.named("Je\u0000an\u202e", "Roy"), null)
                        .customer()
                        .getGivenName())
                .isEqualTo("Jean");
    }

    @ParameterizedTest
    @CsvSource({"USA,US", "us,US", "États-Unis,US", "United States,US", "CAN,CA", "Royaume-Uni,GB", "FRA,FR"})
    void p23_countries_by_code_and_by_name_in_two_languages(String cell, String alpha2) {
        assertThat(Countries.alpha2(cell)).isEqualTo(alpha2);
    }

    @Test
    void p23_an_unknown_country_is_a_warning() {
        People person = People.named("Jean", "Roy");
        person.details()
                .getAddresses()
                .add(new io.repertoire.schemas.SubmittedAddress(
                        null,
                        io.repertoire.schemas.AddressType.HOME,
                        "1 rue A",
                        null,
                        null,
                        null,
                        null,
                        null,
                        "Atlantide"));
        Normalised row = normalise(person, null);
        assertThat(row.rejected()).isFalse();
        assertThat(row.problems()).extracting(Problem::getCode).containsExactly("COUNTRY_UNKNOWN");
    }

    @ParameterizedTest
    @CsvSource({"h2x1y4,CA,H2X 1Y4", "1000,FR,01000", "2134,US,02134", "021345678,US,02134-5678", "SW1A 1AA,GB,SW1A 1AA"
    })
    void p24_postal_codes_keep_their_zeros_and_are_text(String cell, String country, String formatted) {
        assertThat(PostalCodes.format(cell, country)).isEqualTo(formatted);
    }
}
