package io.repertoire.customers.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.ProblemCode;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {

    private final Phones phones = new Phones(BlockList.shipped());

    @ParameterizedTest(name = "{0} in {1}: {2} {3}")
    @CsvSource({
        "5142223344,CA,+15142223344,",
        "(514) 222-3344,CA,+15142223344,",
        "514.222.3344,US,+15142223344,",
        "1-514-222-3344,CA,+15142223344,",
        "+1 514 222 3344,FR,+15142223344,",
        "011 33 6 12 34 56 78,CA,+33612345678,",
        "06 12 34 56 78,FR,+33612345678,",
        "+33 (0)6 12 34 56 78,CA,+33612345678,",
        "+33 6 12 34 56 78,CA,+33612345678,",
        "tel:+1-514-222-3344,FR,+15142223344,",
        "'''5142223344',CA,+15142223344,",
        "'=\"5142223344\"',CA,+15142223344,",
        "+49 30 123456,CA,+4930123456,",
        // repaired
        "33612345678,CA,+33612345678,PHONE_REPAIRED",
        "0033612345678,CA,+33612345678,PHONE_REPAIRED",
        "612345678,FR,+33612345678,PHONE_REPAIRED",
        "5142223344.0,CA,+15142223344,PHONE_REPAIRED",
        "'5142223344,0',CA,+15142223344,PHONE_REPAIRED",
        "15142223344,FR,+15142223344,PHONE_REPAIRED",
        "514 222-3344 (maison),CA,+15142223344,PHONE_REPAIRED",
    })
    void a_number_is_read_as_its_region_writes_it(String cell, String region, String e164, ProblemCode problem) {
        Phones.Reading reading = phones.read(cell, region);
        assertThat(reading.phone().getE164()).isEqualTo(e164);
        assertThat(reading.phone().getQuality()).isEqualTo(ContactQuality.OK);
        assertThat(reading.phone().getRaw()).isEqualTo(cell);
        assertThat(reading.problem()).isEqualTo(problem);
        assertThat(phones.key(cell, region)).isEqualTo(e164);
        assertThat(phones.key(e164, "ZZ")).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "514222334",
                "51422233445",
                "abc",
                "12",
                "+999 123456",
                "0142223344",
                "+1 514 122 3344",
                "4512345678"
            })
    void a_number_that_does_not_exist_is_kept_as_typed_and_not_used(String cell) {
        Phones.Reading reading = phones.read(cell, "CA");
        assertThat(reading.phone().getE164()).isNull();
        assertThat(reading.phone().getRaw()).isEqualTo(cell);
        assertThat(reading.phone().getQuality()).isEqualTo(ContactQuality.INVALID);
        assertThat(reading.problem()).isEqualTo(ProblemCode.PHONE_INVALID);
        assertThat(reading.usable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000",
                "1234567890",
                "9999999999",
                "555-555-5555",
                "1 (555) 555-5555",
                "514-555-0123",
                "+1 514 555 0199",
                "(111) 111-1111"
            })
    void a_filler_is_never_a_key(String cell) {
        Phones.Reading reading = phones.read(cell, "CA");
        assertThat(reading.phone().getQuality()).isEqualTo(ContactQuality.PLACEHOLDER);
        assertThat(reading.problem()).isEqualTo(ProblemCode.PHONE_PLACEHOLDER);
        assertThat(Phones.isKey(reading.phone())).isFalse();
        assertThat(reading.usable()).isFalse();
    }

    @Test
    void fiction_ends_where_it_ends() {
        assertThat(phones.read("514-555-0100", "CA").usable()).isFalse();
        assertThat(phones.read("514-555-0200", "CA").usable()).isTrue();
        assertThat(phones.read("514-555-1234", "CA").usable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.14555E+09", "5,14555E+09", "5E9", "5.1e+9"})
    void digits_lost_to_a_power_of_ten_are_not_guessed(String cell) {
        assertThat(phones.read(cell, "CA").problem()).isEqualTo(ProblemCode.EXCEL_SCIENTIFIC);
        assertThat(phones.key(cell, "CA")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "514-222-3344 x12,CA,12",
        "514-222-3344 ext. 12,CA,12",
        "514-222-3344 poste 12,CA,12",
        "'514-222-3344, poste: 12',CA,12",
    })
    void a_number_behind_a_switchboard_is_no_key(String cell, String region, String extension) {
        Phones.Reading reading = phones.read(cell, region);
        assertThat(reading.phone().getE164()).isEqualTo("+15142223344");
        assertThat(reading.phone().getExt()).isEqualTo(extension);
        assertThat(reading.usable()).isTrue();
        assertThat(Phones.isKey(reading.phone())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1-800-234-5678,CA,TOLL_FREE,false",
        "1-900-234-5678,CA,PREMIUM,false",
        "0820123456,FR,OTHER,false",
        "0612345678,FR,MOBILE,true",
        "0142345678,FR,FIXED,true",
        "5142223344,CA,FIXED_OR_MOBILE,true",
        "0912345678,FR,UNKNOWN,true",
    })
    void a_line_that_many_call_is_no_key(String cell, String region, PhoneKind kind, boolean key) {
        Phones.Reading reading = phones.read(cell, region);
        assertThat(reading.phone().getKind()).isEqualTo(kind);
        assertThat(reading.usable()).isTrue();
        assertThat(Phones.isKey(reading.phone())).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "N/A", "-", "NULL", "\\N"})
    void a_cell_that_says_nothing_gives_nothing(String cell) {
        assertThat(phones.read(cell, "CA")).isNull();
    }

    @Test
    void what_is_remembered_is_never_handed_out() {
        phones.read("+44 7400 123456", "CA").phone().setLabel("changed");
        assertThat(phones.read("+44 7400 123456", "CA").phone().getLabel()).isNull();
    }

    @Test
    void reads_the_example_numbers_of_twenty_regions() throws IOException {
        List<String> lines = Files.readAllLines(
                SharedData.require("phone/libphonenumber_example_numbers.csv"), StandardCharsets.UTF_8);
        List<String> wrong = new ArrayList<>();
        int valid = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            String expected = cells[6].equals("true") ? cells[2] : null;
            for (String text : List.of(cells[2], cells[3], cells[4], cells[5])) {
                String read = phones.key(text, cells[0]);
                if (expected == null ? read != null : !expected.equals(read)) {
                    wrong.add(cells[0] + " " + cells[1] + " " + text);
                }
            }
            valid += expected == null ? 0 : 1;
        }
        assertThat(wrong).isEmpty();
        assertThat(valid).isGreaterThan(100);
    }

    @Test
    void the_first_three_digits_of_a_french_number_decide_all_but_836() {
        var library = new PhoneLibrary();
        for (int beginning = 100; beginning < 1000; beginning++) {
            var seen = new java.util.HashSet<String>();
            for (String rest :
                    java.util.List.of("000000", "012345", "199999", "350350", "478213", "707070", "999999")) {
                ParsedPhone parsed = library.parse("+33" + beginning + rest, "FR");
                seen.add(parsed == null ? "none" : parsed.region() + " " + parsed.kind());
            }
            if (beginning != 836) {
                assertThat(seen).as("0" + beginning).hasSize(1);
            }
        }
    }
}
