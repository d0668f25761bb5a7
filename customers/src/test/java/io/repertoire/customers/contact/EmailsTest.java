package io.repertoire.customers.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.ProblemCode;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.testing.SharedData;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class EmailsTest {

    private final Emails emails = new Emails(BlockList.shipped());

    @ParameterizedTest(name = "[{0}] is {1}")
    @CsvSource({
        "Marie.Tremblay@Gmail.COM,marie.tremblay@gmail.com",
        "marie.tremblay+club@gmail.com,marie.tremblay+club@gmail.com",
        "'\u00a0marie@roy.ca\u200b\ufeff ',marie@roy.ca",
        "mailto:marie@roy.ca?subject=x,marie@roy.ca",
        "<marie@roy.ca>,marie@roy.ca",
        "'\"marie@roy.ca\"',marie@roy.ca",
        "'''marie@roy.ca',marie@roy.ca",
        "He\u0301le\u0300ne@roy.ca,hélène@roy.ca",
        "marie@Bücher.example.de,marie@xn--bcher-kva.example.de",
        "marie@bücher.рф,marie@xn--bcher-kva.xn--p1ai",
        "o'brien@roy.ca,o'brien@roy.ca",
        "marie@shop.test,marie@shop.test",
    })
    void an_address_is_read_into_its_key(String cell, String key) {
        assertThat(emails.read(cell)).singleElement().satisfies(r -> {
            assertThat(r.email().getValue()).isEqualTo(key);
            assertThat(r.email().getQuality()).isEqualTo(ContactQuality.OK);
            assertThat(r.problem()).isNull();
        });
        assertThat(Emails.key(cell)).isEqualTo(key);
        assertThat(Emails.key(key)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b@c",
                "marie",
                "marie@",
                "@roy.ca",
                "marie@roy",
                "marie.@roy.ca",
                "marie@roy.c",
                "marie@-roy.ca",
                "marie@roy..ca",
                "marie@roy.ca.",
                "marie@192.168.1.1",
                "marie@[192.168.1.1]",
                "ma rie@roy ca",
                "a@b@roy.ca x",
                "marie@roy.ca\n",
                "marie\u0000@roy.ca",
                "😀@roy.ca",
                "marie@😀.ca",
                "marie@roy.123",
                "1@2"
            })
    void what_cannot_be_delivered_is_kept_as_typed_and_not_used(String cell) {
        assertThat(emails.read(cell))
                .allSatisfy(r -> {
                    assertThat(r.email().getValue()).isNull();
                    assertThat(r.email().getRaw()).isNotBlank();
                    assertThat(r.email().getQuality()).isEqualTo(ContactQuality.INVALID);
                    assertThat(r.problem()).isEqualTo(ProblemCode.EMAIL_INVALID);
                    assertThat(Emails.isKey(r.email())).isFalse();
                })
                .hasSize(1);
    }

    @Test
    void an_address_may_be_254_long_and_no_longer() {
        String local = "a".repeat(64);
        String domain = ("b".repeat(63) + ".").repeat(2) + "c".repeat(254 - 64 - 1 - 128 - 3) + ".ca";
        assertThat(Emails.key(local + "@" + domain)).hasSize(254);
        assertThat(Emails.key(local + "@c" + domain)).isNull();
        assertThat(Emails.key("a" + local + "@roy.ca")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'a1@roy.ca; b1@roy.ca',a1@roy.ca b1@roy.ca",
        "'a1@roy.ca,b1@roy.ca',a1@roy.ca b1@roy.ca",
        "a1@roy.ca b1@roy.ca A1@ROY.CA,a1@roy.ca b1@roy.ca",
        "Marie Roy <a1@roy.ca>,a1@roy.ca",
        "'\"Roy, Marie\" <a1@roy.ca>, <b1@roy.ca>',a1@roy.ca b1@roy.ca",
    })
    void several_addresses_in_a_cell_are_parted_and_the_first_stays_first(String cell, String keys) {
        assertThat(emails.read(cell).stream().map(r -> r.email().getValue())).containsExactly(keys.split(" "));
    }

    @Test
    void what_is_no_address_beside_one_that_is_gets_told() {
        assertThat(emails.read("a1@roy.ca b1@roy"))
                .extracting(r -> r.email().getQuality())
                .containsExactly(ContactQuality.OK, ContactQuality.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "N/A", "n/a", "-", "--", "NULL", "\u00a0", "\\N"})
    void a_cell_that_says_nothing_gives_nothing(String cell) {
        assertThat(emails.read(cell)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test@gmail.com", "no@email.com", "noemail@shop.com", "NoEmail123@shop.com", "none@none.com",
                        "na@roy.ca",
                "null@roy.ca", "unknown@roy.ca", "abc@roy.ca", "asdf@asdf.com", "aucun@aucun.com", "pasdemail@roy.ca",
                "sansemail@roy.ca", "inconnu@roy.ca", "client@roy.ca", "marie@test.com", "a@a.com", "xyz@xyz.fr"
            })
    void a_filler_is_never_a_key(String cell) {
        assertThat(emails.read(cell)).singleElement().satisfies(r -> {
            assertThat(r.email().getQuality()).isEqualTo(ContactQuality.PLACEHOLDER);
            assertThat(r.problem()).isEqualTo(ProblemCode.EMAIL_PLACEHOLDER);
            assertThat(r.usable()).isFalse();
            assertThat(Emails.isKey(r.email())).isFalse();
        });
    }

    @Test
    void an_address_made_up_from_a_phone_number_gives_its_digits() {
        assertThat(emails.read("5145551234@aptimyz.com")).singleElement().satisfies(r -> {
            assertThat(r.email().getQuality()).isEqualTo(ContactQuality.SYNTHETIC);
            assertThat(r.phoneDigits()).isEqualTo("5145551234");
        });
        assertThat(emails.read("5145551234@qq.com").get(0).email().getQuality()).isEqualTo(ContactQuality.OK);
        assertThat(emails.read("123456@aptimyz.com").get(0).email().getQuality())
                .isEqualTo(ContactQuality.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"info@roy.ca", "Ventes@roy.ca", "compta@roy.ca", "serviceclient@roy.ca", "sales@roy.ca"})
    void an_office_is_usable_but_no_key_of_a_person(String cell) {
        assertThat(emails.read(cell)).singleElement().satisfies(r -> {
            assertThat(r.email().getQuality()).isEqualTo(ContactQuality.ROLE);
            assertThat(r.usable()).isTrue();
            assertThat(Emails.isKey(r.email())).isFalse();
        });
    }

    @Test
    void a_directory_adds_its_own_rules() {
        Emails own = new Emails(BlockList.shipped().plus(List.of("email-domain nowhere.ca", "email-regex .*bidon.*")));
        assertThat(own.read("marie@nowhere.ca").get(0).usable()).isFalse();
        assertThat(own.read("x-bidon-1@roy.ca").get(0).usable()).isFalse();
        assertThat(own.read("test@roy.ca").get(0).usable()).isFalse();
        assertThat(own.read("marie@roy.ca").get(0).usable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "marie@example.com,true",
        "marie@shop.example.org,true",
        "marie@myexample.com,false",
        "marie@shop.test,true",
        "marie@shop.invalid,true",
        "marie@roy.ca,false",
    })
    void a_reserved_domain_is_known_as_one(String value, boolean reserved) {
        assertThat(Emails.isReserved(value)).isEqualTo(reserved);
        assertThat(emails.read(value).get(0).email().getQuality()).isEqualTo(ContactQuality.OK);
    }

    @Test
    void a_real_file_loses_no_pair_to_the_block_list() throws Exception {
        Map<String, Integer> seen = new HashMap<>();
        int invalid = 0;
        List<String> lines = Files.readAllLines(SharedData.require("er/splink_datasets/data/fake_1000.csv"));
        for (String line : lines.subList(1, lines.size())) {
            for (Emails.Reading reading : emails.read(line.split(",", -1)[5])) {
                if (Emails.isKey(reading.email())) {
                    seen.merge(reading.email().getValue(), 1, Integer::sum);
                } else {
                    invalid++;
                }
            }
        }
        assertThat(seen.values().stream().mapToInt(n -> n * (n - 1) / 2).sum()).isEqualTo(682);
        // Misspelt beyond delivery, every one.
        assertThat(invalid).isEqualTo(37);
    }

    /**
     * isemail's own cases. The two exceptions are of our choosing: {@code test@io} has no domain below the top one (RULES P16),
     * and everything between "valid" and "error" is refused unless it is white space around a good address.
     */
    @Test
    void agrees_with_isemail_on_what_is_wrong_and_what_is_right() throws Exception {
        List<String> wronglyAccepted = new ArrayList<>();
        List<String> wronglyRefused = new ArrayList<>();
        try (var in = Files.newInputStream(SharedData.require("email/tests.xml"))) {
            NodeList tests = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("test");
            for (int i = 0; i < tests.getLength(); i++) {
                Element test = (Element) tests.item(i);
                String category = text(test, "category");
                for (String address : List.of(text(test, "address"), withControls(text(test, "address")))) {
                    boolean accepted = emails.read(address).stream()
                            .anyMatch(r -> r.email().getValue() != null);
                    if (category.equals("ISEMAIL_ERR") && accepted) {
                        wronglyAccepted.add(address);
                    }
                    if (category.equals("ISEMAIL_VALID_CATEGORY") && !accepted) {
                        wronglyRefused.add(address);
                    }
                }
            }
            assertThat(tests.getLength()).isGreaterThan(150);
        }
        assertThat(wronglyAccepted).isEmpty();
        assertThat(Set.copyOf(wronglyRefused)).containsExactly("test@io");
    }

    private static String text(Element test, String name) {
        return test.getElementsByTagName(name).item(0).getTextContent();
    }

    /** The file shows control characters by their pictures, U+2400 and on. */
    private static String withControls(String shown) {
        StringBuilder out = new StringBuilder();
        shown.chars().forEach(c -> out.append((char) (c >= 0x2400 && c < 0x2420 ? c - 0x2400 : c)));
        return out.toString();
    }
}
