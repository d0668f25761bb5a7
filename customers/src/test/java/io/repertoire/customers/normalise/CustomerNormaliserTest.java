package io.repertoire.customers.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.CustomerNormaliser.Normalised;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.text.CardNumbers;
import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedCommerce;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.SubmittedEmail;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.SubmittedPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomerNormaliserTest {

    private static final long OBSERVED = 1_700_000_000_000L;

    private final CustomerNormaliser normaliser = CustomerNormaliser.standard();

    @Test
    void a_good_row_is_held_without_a_word() {
        SubmittedCustomer row = Rows.named(" Hélène ", "TREMBLAY");
        row.setEmails(List.of(new SubmittedEmail("Helene@Roy.CA", "home")));
        row.setPhones(List.of(new SubmittedPhone("(514) 222-3344", "cell", null, PhoneKind.MOBILE)));
        row.setAddresses(List.of(address("12 rue Roy", "Montréal", "h2x1y4", "Canada")));
        row.setPreferredLanguage("Français");
        row.setBirthDate("--02-29");
        row.setReceiptByEmail("Oui");

        Normalised read = read(row);

        assertThat(read.problems()).isEmpty();
        assertThat(read.rejected()).isFalse();
        NormalisedCustomer customer = read.customer();
        assertThat(customer.getGivenName()).isEqualTo("Hélène");
        assertThat(customer.getFamilyName()).isEqualTo("TREMBLAY");
        assertThat(customer.getEmails()).singleElement().satisfies(e -> {
            assertThat(e.getRaw()).isEqualTo("Helene@Roy.CA");
            assertThat(e.getValue()).isEqualTo("helene@roy.ca");
            assertThat(e.getLabel()).isEqualTo("home");
        });
        assertThat(customer.getPhones()).singleElement().satisfies(p -> {
            assertThat(p.getE164()).isEqualTo("+15142223344");
            assertThat(p.getRegion()).isEqualTo("CA");
            assertThat(p.getKind()).isEqualTo(PhoneKind.MOBILE);
        });
        assertThat(customer.getAddresses()).singleElement().satisfies(a -> {
            assertThat(a.getCountry()).isEqualTo("CA");
            assertThat(a.getPostalCode()).isEqualTo("H2X 1Y4");
        });
        assertThat(customer.getPreferredLanguage()).isEqualTo("fr");
        assertThat(customer.getBirthDate()).isEqualTo("--02-29");
        assertThat(customer.getReceiptByEmail()).isTrue();
    }

    @Test
    void one_name_or_one_usable_contact_point_is_enough() {
        assertThat(read(Rows.named("Marie", null)).rejected()).isFalse();
        assertThat(read(Rows.named(null, "Roy")).rejected()).isFalse();
        SubmittedCustomer display = Rows.empty();
        display.setDisplayName("Marie Roy");
        assertThat(read(display).rejected()).isFalse();
        assertThat(read(Rows.withEmail("marie@roy.ca")).rejected()).isFalse();
        assertThat(read(Rows.withEmail("info@roy.ca")).rejected()).isFalse();
        assertThat(read(Rows.withPhone("5142223344")).rejected()).isFalse();
    }

    @Test
    void a_row_that_says_nobody_is_rejected_and_told_why() {
        SubmittedCustomer company = Rows.named(" ", "N/A");
        company.setCompanyName("Roy inc.");
        assertThat(codes(read(company))).containsExactly("NO_IDENTITY");
        assertThat(codes(read(Rows.withEmail("marie@roy")))).containsExactly("EMAIL_INVALID", "NO_IDENTITY");
        assertThat(codes(read(Rows.withEmail("aucun@aucun.com")))).containsExactly("EMAIL_PLACEHOLDER", "NO_IDENTITY");
        assertThat(codes(read(Rows.withPhone("5.14E+09")))).containsExactly("EXCEL_SCIENTIFIC", "NO_IDENTITY");
        assertThat(codes(read(Rows.withPhone("555-555-5555")))).containsExactly("PHONE_PLACEHOLDER", "NO_IDENTITY");
        Normalised rejected = read(Rows.withPhone("123"));
        assertThat(rejected.rejected()).isTrue();
        assertThat(rejected.customer().getPhones()).singleElement().satisfies(p -> {
            assertThat(p.getRaw()).isEqualTo("123");
            assertThat(p.getE164()).isNull();
        });
        assertThat(rejected.problems())
                .extracting(Problem::getSeverity)
                .containsExactly(Severity.WARNING, Severity.ERROR);
    }

    @Test
    void a_bad_optional_value_costs_a_warning_and_not_the_row() {
        SubmittedCustomer row = Rows.named("Marie", "Roy");
        row.setBirthDate("03/04/2001");
        row.setPreferredLanguage("Klingonais");
        row.setReceiptByEmail("maybe");
        row.setType("thing");
        row.setSiret("1");
        row.setVat("?");
        row.setNaf("1");
        row.setAddresses(List.of(address("12 rue Roy", null, null, "Canda")));
        row.setAccounts(List.of(new SubmittedAccount("A1", "1000000000", "peut-être", "1.234", "1000", "5")));
        row.setPhones(List.of(new SubmittedPhone("5142223344", null, "123456789012", PhoneKind.UNKNOWN)));
        Normalised read = read(row);
        assertThat(read.rejected()).isFalse();
        assertThat(codes(read))
                .containsExactly(
                        "TYPE_UNKNOWN",
                        "LANGUAGE_UNKNOWN",
                        "DATE_INVALID",
                        "COUNTRY_UNKNOWN",
                        "EXTENSION_INVALID",
                        "FLAG_INVALID",
                        "SIRET_INVALID",
                        "VAT_INVALID",
                        "NAF_INVALID",
                        "NUMBER_INVALID",
                        "FLAG_INVALID",
                        "NUMBER_INVALID",
                        "NUMBER_INVALID");
        assertThat(read.problems())
                .extracting(Problem::getField)
                .contains("addresses[0].country", "accounts[0].balance");
        assertThat(read.customer().getAddresses().get(0).getLine1()).isEqualTo("12 rue Roy");
        assertThat(read.customer().getAccounts())
                .containsExactly(new SubmittedAccount("A1", null, null, null, null, "5"));
    }

    @Test
    void no_problem_shows_a_whole_value() {
        SubmittedCustomer row = Rows.named("Marie\u0000", "R".repeat(101));
        row.setEmails(List.of(new SubmittedEmail("marie.tremblay@roy", null)));
        row.setPhones(List.of(new SubmittedPhone("+1 514 122 3344", null, null, PhoneKind.UNKNOWN)));
        Normalised read = read(row);
        assertThat(codes(read)).containsExactly("CONTROL_CHARACTERS", "TOO_LONG", "EMAIL_INVALID", "PHONE_INVALID");
        assertThat(read.problems())
                .extracting(Problem::getMaskedValue)
                .containsExactly("M***", "RR***", "ma***@r***", "+1514•••••44");
        assertThat(read.problems()).allSatisfy(p -> assertThat(p.getMessage()).isNotBlank());
    }

    @Test
    void a_text_that_is_too_long_is_cut_and_an_identifier_left_out() {
        SubmittedCustomer row = Rows.named("é".repeat(120), null);
        row.setExternalIds(List.of(
                new SubmittedExternalId("web", ExternalIdKind.CUSTOMER_ID, "x".repeat(101)),
                new SubmittedExternalId("web", ExternalIdKind.LOYALTY_CARD, "1".repeat(15) + "2".repeat(16)),
                new SubmittedExternalId("web", ExternalIdKind.LOYALTY_CARD, "6.00E+12"),
                new SubmittedExternalId("web", ExternalIdKind.LOYALTY_CARD, "0000"),
                new SubmittedExternalId("web", ExternalIdKind.LOYALTY_CARD, "'123456.0")));
        Normalised read = read(row);
        assertThat(read.customer().getGivenName()).isEqualTo("é".repeat(100));
        assertThat(read.customer().getExternalIds())
                .containsExactly(new SubmittedExternalId("web", ExternalIdKind.LOYALTY_CARD, "123456"));
        assertThat(codes(read))
                .containsExactly("TOO_LONG", "TOO_LONG", "TOO_LONG", "EXCEL_SCIENTIFIC", "IDENTIFIER_PLACEHOLDER");
    }

    @Test
    void a_cell_that_clears_names_its_field_and_holds_nothing() {
        SubmittedCustomer row = Rows.named("Marie", "\\N");
        row.setEmails(List.of(new SubmittedEmail("\\N", null)));
        row.setPhones(List.of(new SubmittedPhone(" \\N ", null, null, PhoneKind.UNKNOWN)));
        row.setNotes("\\N");
        row.setVat("\\N");
        row.setSiret("73282932000074");
        row.setAttributes(Map.of("Size", "\\N", "Colour", "red"));
        row.setAddresses(List.of(address("\\N", "\\N", null, null)));
        row.setTags(List.of("\\N"));
        NormalisedCustomer customer = read(row).customer();
        assertThat(customer.getCleared())
                .containsExactlyInAnyOrder(
                        "family_name", "emails", "phones", "notes", "vat", "attributes.Size", "addresses", "tags");
        assertThat(customer.getFamilyName()).isNull();
        assertThat(customer.getVat()).isNull();
        assertThat(customer.getEmails()).isEmpty();
        assertThat(customer.getAttributes()).containsExactly(Map.entry("Colour", "red"));
        assertThat(read(Rows.named("\\N", "\\N")).rejected()).isTrue();
    }

    @Test
    void the_rows_country_reads_its_numbers_then_the_submissions_then_the_directorys() {
        SubmittedCustomer french = Rows.withPhone("0612345678");
        assertThat(read(french).customer().getPhones().get(0).getE164()).isNull();
        assertThat(e164(normaliser.normalise(french, "FR", OBSERVED, DirectoryPolicy.defaults())))
                .isEqualTo("+33612345678");
        french.setAddresses(List.of(address(null, "Paris", null, "France")));
        assertThat(e164(normaliser.normalise(french, "US", OBSERVED, DirectoryPolicy.defaults())))
                .isEqualTo("+33612345678");
        DirectoryPolicy shopInFrance = new DirectoryPolicy("FR", Set.of(), Set.of(), 5, 5, 3, 4, true);
        assertThat(e164(normaliser.normalise(Rows.withPhone("0612345678"), null, OBSERVED, shopInFrance)))
                .isEqualTo("+33612345678");
    }

    @Test
    void a_made_up_address_gives_its_number_where_there_is_none() {
        Normalised rescued = read(Rows.withEmail("5142223344@aptimyz.com"));
        assertThat(e164(rescued)).isEqualTo("+15142223344");
        assertThat(rescued.rejected()).isFalse();
        assertThat(rescued.customer().getEmails().get(0).getQuality()).isEqualTo(ContactQuality.SYNTHETIC);
        SubmittedCustomer both = Rows.withEmail("5142223344@aptimyz.com");
        both.setPhones(List.of(new SubmittedPhone("4382223344", null, null, PhoneKind.UNKNOWN)));
        assertThat(read(both).customer().getPhones()).hasSize(1);
        assertThat(read(Rows.withEmail("0000000@aptimyz.com")).rejected()).isTrue();
    }

    @Test
    void the_shops_own_contact_points_are_nobodys() {
        DirectoryPolicy policy =
                new DirectoryPolicy("CA", Set.of("marie@roy.ca", "@shop.ca"), Set.of("+15142223344"), 5, 5, 3, 4, true);
        SubmittedCustomer row = Rows.withEmail("Marie@roy.ca; paul@shop.ca");
        row.setPhones(List.of(new SubmittedPhone("514-222-3344", null, null, PhoneKind.UNKNOWN)));
        Normalised read = normaliser.normalise(row, null, OBSERVED, policy);
        assertThat(codes(read)).containsExactly("EMAIL_OWN", "EMAIL_OWN", "PHONE_OWN", "NO_IDENTITY");
        assertThat(read.customer().getEmails())
                .extracting(e -> e.getQuality())
                .containsOnly(ContactQuality.PLACEHOLDER);
    }

    @Test
    void the_same_contact_point_twice_is_held_once() {
        SubmittedCustomer row = Rows.withEmail("a1@roy.ca;A1@ROY.ca");
        row.setPhones(List.of(
                new SubmittedPhone("5142223344", null, null, PhoneKind.UNKNOWN),
                new SubmittedPhone("+1 514 222-3344", null, null, PhoneKind.UNKNOWN),
                new SubmittedPhone("+1 514 222-3344", null, "12", PhoneKind.UNKNOWN)));
        assertThat(read(row).customer().getEmails()).hasSize(1);
        assertThat(read(row).customer().getPhones()).hasSize(2);
    }

    @Test
    void a_valid_siret_gives_the_vat_number() {
        SubmittedCustomer row = Rows.named("Marie", "Roy");
        row.setType("Entreprise");
        row.setSiret("732 829 320 00074");
        NormalisedCustomer customer = read(row).customer();
        assertThat(customer.getVat()).isEqualTo("FR44732829320");
        assertThat(customer.getType()).isEqualTo(CustomerType.BUSINESS);
    }

    @Test
    void card_numbers_do_not_stay() {
        SubmittedCustomer row = Rows.named("Marie", "Roy");
        row.setNotes("pays with 4111 1111 1111 1111\r\nalways");
        row.setAttributes(Map.of("Card", "4111111111111111"));
        row.setCards(List.of(
                new CardOnFile("4111111111111111", "visa", "1111", null, null, null, null),
                new CardOnFile("tok_1", "visa", "1111", "01/30", null, null, null)));
        Normalised read = read(row);
        assertThat(read.customer().toString()).doesNotContain("4111");
        assertThat(read.customer().getNotes()).endsWith("\nalways");
        assertThat(read.customer().getCards()).extracting(CardOnFile::getToken).containsExactly("tok_1");
        assertThat(codes(read)).containsExactly("CARD_NUMBER_REMOVED", "CARD_NUMBER_REMOVED", "CARD_NUMBER_REMOVED");
    }

    @Test
    void the_mark_of_a_removed_card_number_is_neither_a_name_nor_an_identifier() {
        SubmittedCustomer row = Rows.named(CardNumbers.REPLACEMENT, null);
        row.setEmails(List.of(new SubmittedEmail(CardNumbers.REPLACEMENT, null)));
        row.setPhones(List.of(new SubmittedPhone(CardNumbers.REPLACEMENT, null, null, PhoneKind.UNKNOWN)));
        row.setExternalIds(List.of(
                new SubmittedExternalId("web", ExternalIdKind.LOYALTY_CARD, CardNumbers.REPLACEMENT),
                new SubmittedExternalId("web", ExternalIdKind.CUSTOMER_ID, "A " + CardNumbers.REPLACEMENT)));
        Normalised read = read(row);
        assertThat(read.rejected()).isTrue();
        assertThat(read.customer().getGivenName()).isNull();
        assertThat(read.customer().getExternalIds()).isEmpty();
    }

    @Test
    void money_loyalty_and_commerce_are_written_one_way() {
        SubmittedCustomer row = Rows.named("Marie", "Roy");
        row.setAccounts(List.of(
                new SubmittedAccount("A1", "1 234,50 $", "oui", "500.00", "30", "2,5"),
                new SubmittedAccount("", " ", "N/A", null, null, null)));
        row.setLoyalty(new SubmittedLoyalty("C1", "1,200", "10", "2027-01-31", null, "31/01/2027"));
        row.setCommerce(new SubmittedCommerce("P1", null, "true", "Non", "", "VIP", null, "Paul"));
        Normalised read = read(row);
        assertThat(read.customer().getAccounts())
                .containsExactly(new SubmittedAccount("A1", "1234.5", "Y", "500", "30", "2.5"));
        assertThat(read.customer().getLoyalty())
                .isEqualTo(new SubmittedLoyalty("C1", "1200", "10", "2027-01-31", null, null));
        assertThat(read.customer().getCommerce())
                .isEqualTo(new SubmittedCommerce("P1", null, "Y", "N", null, "VIP", null, "Paul"));
        assertThat(codes(read)).containsExactly("DATE_INVALID");
    }

    @Test
    void a_statement_about_an_unreadable_address_does_not_become_one_about_all() {
        SubmittedCustomer row = Rows.named("Marie", "Roy");
        row.setConsents(
                List.of(consent("Marie@Roy.ca", Instant.ofEpochMilli(5)), consent("marie", null), consent(null, null)));
        assertThat(read(row).customer().getConsents())
                .extracting(c -> c.getContact())
                .containsExactly("marie@roy.ca", "marie", null);
        assertThat(read(row).customer().getConsents().get(0).getDecidedAt()).isEqualTo(5);
        assertThat(read(row).customer().getConsents().get(1).getRecordedAt()).isEqualTo(OBSERVED);
    }

    @Test
    void what_was_submitted_is_not_changed() {
        SubmittedCustomer row = Rows.withEmail(" Marie@Roy.ca ");
        SubmittedCustomer copy = SubmittedCustomer.newBuilder(row).build();
        read(row);
        assertThat(row).isEqualTo(copy);
    }

    private Normalised read(SubmittedCustomer row) {
        return normaliser.normalise(row, null, OBSERVED, DirectoryPolicy.defaults());
    }

    private static String e164(Normalised read) {
        return read.customer().getPhones().get(0).getE164();
    }

    private static List<String> codes(Normalised read) {
        return read.problems().stream().map(Problem::getCode).toList();
    }

    private static SubmittedAddress address(String line1, String city, String postalCode, String country) {
        return new SubmittedAddress(null, AddressType.HOME, line1, null, null, city, null, postalCode, country);
    }

    private static SubmittedConsent consent(String contact, Instant decidedAt) {
        return new SubmittedConsent(
                ConsentChannel.EMAIL,
                ConsentPurpose.MARKETING,
                ConsentStatus.GRANTED,
                contact,
                decidedAt,
                ConsentBasis.EXPRESS,
                null);
    }
}
