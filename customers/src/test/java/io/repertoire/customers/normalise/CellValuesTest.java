package io.repertoire.customers.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellValuesTest {

    @ParameterizedTest
    @CsvSource({
        "CA,CA",
        "ca,CA",
        "CAN,CA",
        "Canada,CA",
        "FRANCE,FR",
        "fra,FR",
        "États-Unis,US",
        "Etats Unis,US",
        "USA,US",
        "U.S.A.,US",
        "United States,US",
        "Allemagne,DE",
        "Germany,DE",
        "Côte d’Ivoire,CI",
        "royaume-uni,GB",
        "UK,GB",
        "Suisse,CH",
        "Viêt Nam,VN",
        "Réunion,RE",
        "Canda,",
        "XX,",
        "Québec,",
        "1,"
    })
    void countries_are_known_by_code_and_by_name(String text, String alpha2) {
        assertThat(Countries.alpha2(text)).isEqualTo(alpha2);
    }

    @ParameterizedTest
    @CsvSource({
        "fr,fr",
        "FR,fr",
        "fr-CA,fr-CA",
        "fr_ca,fr-CA",
        "French,fr",
        "français,fr",
        "Francais,fr",
        "anglais,en",
        "eng,en",
        "fra,fr",
        "Deutsch,de",
        "zh-Hant-TW,zh-Hant-TW",
        "Klingonais,",
        "xx,",
        "'fr CA',"
    })
    void languages_are_known_by_tag_and_by_name(String text, String tag) {
        assertThat(Languages.tag(text)).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({
        "H2X1Y4,CA,H2X 1Y4",
        "h2x 1y4,CA,H2X 1Y4",
        "H2X-1Y4,,H2X 1Y4",
        "h2x1y4,US,h2x1y4",
        "75001,FR,75001",
        "1000,FR,01000",
        "75001.0,FR,75001",
        "75 001,FR,75001",
        "2134,US,02134",
        "021341234,US,02134-1234",
        "02134-1234,US,02134-1234",
        "SW1A 1AA,GB,SW1A 1AA",
        "sw1a 1aa,GB,sw1a 1aa",
        "75001,,75001",
        "abc,FR,abc",
        "123,FR,123"
    })
    void postal_codes_are_written_as_the_post_writes_them(String text, String country, String formatted) {
        assertThat(PostalCodes.format(text, country)).isEqualTo(formatted);
        assertThat(PostalCodes.format(formatted, country)).isEqualTo(formatted);
    }

    @ParameterizedTest
    @CsvSource({
        "2001-02-03,2001-02-03",
        "2001-02-03T10:00:00Z,2001-02-03",
        "2001-02-03 10:00,2001-02-03",
        "--02-29,--02-29",
        "2000-02-29,2000-02-29",
        "2001-02-29,",
        "--02-30,",
        "03/04/2001,",
        "20010203,",
        "2001-2-3,",
        "0001-01-01,",
        "9999-12-31,"
    })
    void dates_are_read_where_they_are_one_day_only(String text, String date) {
        assertThat(Dates.parse(text, true)).isEqualTo(date);
    }

    @Test
    void only_a_birthday_may_leave_the_year_out() {
        assertThat(Dates.parse("--02-03", false)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|1",
                "-1|-1",
                "1.50|1.5",
                "1,5|1.5",
                "1,50 $|1.5",
                "1 234,50|1234.5",
                "1 234,50 €|1234.5",
                "1,234.50|1234.5",
                "1.234,50|1234.5",
                "1,234|1234",
                "1,234,567|1234567",
                "1.234.567|1234567",
                "0|0",
                "000|0",
                "(12.50)|-12.5",
                "12,5 %|12.5",
                ".5|0.5",
                "5.|5",
                "+5|5",
                "100|100",
                "1.234|1.234",
                "1,2,3|",
                "1.2,3.4|",
                "abc|",
                "1e5|",
                ",|",
                "1-2|",
                "12,34.5|"
            })
    void numbers_are_read_as_english_and_french_speakers_write_them(String text, String plain) {
        BigDecimal number = Decimals.parse(text);
        assertThat(number == null ? null : number.toPlainString()).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Y", "yes", "OUI", "o", "true", "VRAI", "1", "x"})
    void yes_is_yes(String text) {
        assertThat(Flags.parse(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"N", "no", "NON", "false", "faux", "0"})
    void no_is_no(String text) {
        assertThat(Flags.parse(text)).isFalse();
    }

    @Test
    void maybe_is_neither() {
        assertThat(Flags.parse("maybe")).isNull();
        assertThat(Flags.parse("2")).isNull();
    }

    @Test
    void tax_numbers_check_out() {
        assertThat(TaxNumbers.siret("732 829 320 00074")).isEqualTo("73282932000074");
        assertThat(TaxNumbers.siret("73282932000075")).isNull();
        assertThat(TaxNumbers.siret("7328293200007")).isNull();
        assertThat(TaxNumbers.siret("35600000000048")).isEqualTo("35600000000048");
        assertThat(TaxNumbers.siret("35600000049837")).isNotNull();
        assertThat(TaxNumbers.vatOfSiret("73282932000074")).isEqualTo("FR44732829320");
        assertThat(TaxNumbers.vat("fr 44 732 829 320")).isEqualTo("FR44732829320");
        assertThat(TaxNumbers.vat("FR45732829320")).isNull();
        assertThat(TaxNumbers.vat("FR44")).isNull();
        assertThat(TaxNumbers.vat("123456789 RT 0001")).isEqualTo("123456789RT0001");
        assertThat(TaxNumbers.vat("BE 0123.456.789")).isEqualTo("BE0123456789");
        assertThat(TaxNumbers.vat("n'importe")).isNull();
        assertThat(TaxNumbers.naf("47.71z")).isEqualTo("4771Z");
        assertThat(TaxNumbers.naf("477Z")).isNull();
    }

    @Property
    void any_text_can_stand_in_any_cell(@ForAll String text) {
        Countries.alpha2(text);
        Languages.tag(text);
        PostalCodes.format(text, "FR");
        PostalCodes.format(text, "US");
        Dates.parse(text, true);
        Decimals.parse(text);
        Flags.parse(text);
        TaxNumbers.siret(text);
        TaxNumbers.vat(text);
        TaxNumbers.naf(text);
    }

    @Property
    void a_number_is_read_back_as_itself(@ForAll BigDecimal number) {
        BigDecimal two = number.setScale(2, java.math.RoundingMode.HALF_EVEN);
        if (two.precision() < 30) {
            assertThat(Decimals.parse(two.toPlainString())).isEqualByComparingTo(two);
            assertThat(Decimals.parse(two.toPlainString().replace('.', ','))).isEqualByComparingTo(two);
        }
    }
}
