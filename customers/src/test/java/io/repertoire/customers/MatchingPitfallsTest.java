package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SourceRecordRef;
import io.repertoire.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfalls P1 to P14 of RULES C-1, each by its number, through the normaliser and the machine that are shipped. */
class MatchingPitfallsTest {

    private static final CustomerNormaliser NORMALISER = CustomerNormaliser.standard();
    private static final String PHONE = "514 842-1234";

    private InMemoryDirectory directory = directory(DirectoryPolicy.defaults());

    private static InMemoryDirectory directory(DirectoryPolicy policy) {
        return new InMemoryDirectory(DirectoryMachine.create(NORMALISER, id -> policy));
    }

    /** @return who holds the source record that was touched last */
    private String say(People person) {
        return directory.customerOf(person);
    }

    private List<ReviewKind> asked() {
        return directory.lastSent(Topics.REVIEWS).stream().map(Review::getKind).toList();
    }

    private Customer image(String customerId) {
        return directory.images().get(customerId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test@gmail.com",
                "no@gmail.com",
                "noemail@shop.ca",
                "none@x.ca",
                "na@x.ca",
                "null@x.ca",
                "unknown@x.ca",
                "abc@x.ca",
                "asdf@x.ca",
                "aucun@x.ca",
                "pasdemail@x.fr",
                "sansemail@x.fr",
                "inconnu@x.fr",
                "client@x.fr",
                "jean@test.com",
                "no@email.com"
            })
    void p1_a_filler_email_stays_on_the_record_and_fuses_nobody(String filler) {
        String a = say(People.named("Jean", "Tremblay").email(filler));
        assertThat(say(People.named("Jean", "Tremblay").email(filler).from("web")))
                .isNotEqualTo(a);
        assertThat(image(a).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.PLACEHOLDER);
        assertThat(asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000", "5555555555", "1234567890", "9999999999", "514 555-0123", "000", "5145"})
    void p1_a_filler_phone_stays_on_the_record_and_fuses_nobody(String filler) {
        String a = say(People.named("Jean", "Tremblay").phone(filler));
        assertThat(say(People.named("Jean", "Tremblay").phone(filler).from("web")))
                .isNotEqualTo(a);
        assertThat(asked()).isEmpty();
    }

    @Test
    void p1_a_filler_email_is_no_other_email_than_the_one_on_the_other_side() {
        say(People.named("Jean", "Tremblay").phone(PHONE).email("j@x.ca"));
        say(People.named("J.", "Tremblay").phone(PHONE).email("aucun@x.ca").from("web"));
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
    }

    @Test
    void p1_a_reserved_domain_matches_like_any_other() {
        String a = say(People.named("Jean", "Tremblay").email("jean.tremblay@example.com"));
        assertThat(say(People.named("Jean", "Tremblay")
                        .email("jean.tremblay@example.com")
                        .from("web")))
                .isEqualTo(a);
    }

    @Test
    void p1_a_directory_blocks_values_and_patterns_of_its_own() {
        directory = directory(DirectoryPolicy.defaults()
                .with(BlockList.of(List.of(
                        "email-local bidon",
                        "email-domain jetable.fr",
                        "email-regex .*[+]bidon@.*",
                        "phone 5148421234",
                        "phone-regex 1418999....",
                        "role caisse"))));
        List<People> people = new ArrayList<>();
        for (String email : List.of("bidon@x.ca", "marie@jetable.fr", "m+bidon@x.ca")) {
            people.add(People.named("Jean", "Tremblay").email(email));
            people.add(People.named("Jean", "Tremblay").email(email).from("web"));
        }
        for (String phone : List.of(PHONE, "418 999-1234")) {
            people.add(People.named("Jean", "Tremblay").phone(phone));
            people.add(People.named("Jean", "Tremblay").phone(phone).from("web"));
        }
        people.forEach(this::say);
        assertThat(directory.customers()).hasSize(people.size());
        String role = say(People.named("Jean", "Tremblay").email("caisse@x.ca"));
        assertThat(image(role).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.ROLE);
    }

    @Test
    void p2_an_address_made_from_a_number_is_no_email_and_its_digits_are_a_phone() {
        String a = say(People.named("Jean", "Tremblay").email("5148421234@aptimyz.com"));
        assertThat(image(a).getEmails()).extracting(Email::getQuality).containsExactly(ContactQuality.SYNTHETIC);
        assertThat(image(a).getPhones()).extracting(Phone::getE164).containsExactly("+15148421234");
        assertThat(say(People.named("Jean", "Tremblay").phone(PHONE).from("web")))
                .isEqualTo(a);
    }

    @Test
    void p2_a_directory_names_its_own_domains_of_made_up_addresses() {
        directory = directory(DirectoryPolicy.defaults().with(BlockList.of(List.of("synthetic caisse.example.ca"))));
        String a = say(People.named("Jean", "Tremblay").email("5148421234@caisse.example.ca"));
        assertThat(image(a).getEmails()).extracting(Email::getQuality).containsExactly(ContactQuality.SYNTHETIC);
        assertThat(image(a).getPhones()).hasSize(1);
    }

    @Test
    void p3_the_shops_own_numbers_addresses_and_domains_are_nobodys() {
        directory = directory(
                new DirectoryPolicy("CA", Set.of("@shop.ca", "boss@x.ca"), Set.of("+15148421234"), 5, 5, 3, 4, true));
        List<People> people = List.of(
                People.named("Jean", "Tremblay").email("till3@shop.ca").phone(PHONE),
                People.named("Jean", "Tremblay").email("till3@shop.ca").from("b"),
                People.named("Jean", "Tremblay").email("boss@x.ca").from("c"),
                People.named("Jean", "Tremblay").email("BOSS@x.ca").from("d"),
                People.named("Jean", "Tremblay").phone("(514) 842-1234").from("e"));
        people.forEach(this::say);
        assertThat(directory.customers()).hasSize(people.size());
        assertThat(directory.sent(Topics.REVIEWS)).isEmpty();
    }

    @Test
    void p4_an_email_of_more_people_than_the_degree_stops_matching() {
        List<String> people = List.of(
                say(People.named("Jean", "Tremblay").email("club@x.ca")),
                say(People.named("Marie", "Gagnon").email("club@x.ca")),
                say(People.named("Luc", "Bouchard").email("club@x.ca")));
        assertThat(image(people.get(0)).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.OK);
        say(People.named("Sophie", "Pelletier").email("club@x.ca"));
        assertThat(image(people.get(0)).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.SHARED);
        assertThat(people)
                .doesNotContain(
                        say(People.named("Jean", "Tremblay").email("club@x.ca").from("web")));
        assertThat(asked()).isEmpty();
    }

    @Test
    void p4_spellings_initials_and_missing_parts_of_one_name_count_as_one_person() {
        for (String given : List.of("Jean", "J.", "Jeane", "JEAN", "Jn")) {
            say(People.named(given, "Tremblay").email("jt@x.ca").phone("514 842-12" + (10 + given.length() * 7)));
        }
        assertThat(directory.images().values())
                .allSatisfy(c -> assertThat(c.getEmails().get(0).getQuality()).isEqualTo(ContactQuality.OK));
    }

    @Test
    void p4_what_joined_by_a_shared_identifier_alone_goes_to_review_and_is_not_undone() {
        String jean = say(People.named("Jean", "Tremblay").email("club@x.ca"));
        String joined = say(People.named("Jean", "Tremblay").email("club@x.ca").from("web"));
        say(People.named("Jean", "Tremblay").email("club@x.ca").phone(PHONE).from("square"));
        String tied = say(
                People.named("Jean", "Tremblay").email("club@x.ca").phone(PHONE).from("shopify"));
        assertThat(joined).isEqualTo(jean).isEqualTo(tied);
        say(People.named("Marie", "Gagnon").email("club@x.ca"));
        say(People.named("Luc", "Bouchard").email("club@x.ca"));
        say(People.named("Sophie", "Pelletier").email("club@x.ca"));

        assertThat(asked()).contains(ReviewKind.SHARED_IDENTIFIER);
        Review review = directory.lastSent(Topics.REVIEWS).stream()
                .filter(r -> r.getKind() == ReviewKind.SHARED_IDENTIFIER)
                .findFirst()
                .orElseThrow();
        assertThat(review.getCustomerIds()).containsExactly(jean);
        assertThat(review.getRule()).isEqualTo("SHARED_EMAIL");
        assertThat(review.getSourceKeys()).hasSize(1);
        assertThat(image(jean).getSourceRecordCount()).isEqualTo(4);
    }

    @Test
    void p5_a_household_shares_and_stays_two() {
        String a = say(People.named("Jean", "Tremblay").email("famille@x.ca"));
        String b = say(People.named("Marie", "Tremblay").email("famille@x.ca"));
        assertThat(b).isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
        assertThat(image(b).getRelations()).containsExactly(new Relation(a, RelationKind.SHARES_EMAIL));
    }

    @Test
    void p5_a_named_partner_is_related_as_one() {
        String a = say(People.named("Jean", "Tremblay").email("famille@x.ca").partner("Marie Roy"));
        String b = say(People.named("Marie", "Roy").email("famille@x.ca"));
        assertThat(image(b).getRelations())
                .containsExactlyInAnyOrder(
                        new Relation(a, RelationKind.SHARES_EMAIL), new Relation(a, RelationKind.PARTNER));
    }

    @ParameterizedTest
    @CsvSource({"514 842-1234 ext 12", "514 842-1234 poste 12", "1 800 463-2339", "1 888 463-2339", "1 900 565-1234"})
    void p6_a_switchboard_or_a_line_that_many_call_is_stored_and_no_key(String phone) {
        String a = say(People.named("Jean", "Tremblay").phone(phone));
        assertThat(say(People.named("Jean", "Tremblay").phone(phone).from("web")))
                .isNotEqualTo(a);
        assertThat(image(a).getPhones()).hasSize(1);
    }

    @Test
    void p7_a_role_address_joins_with_name_and_company_and_asks_otherwise() {
        String a = say(People.named("Jean", "Tremblay").company("Acme").email("compta@acme.ca"));
        assertThat(say(People.named("Jean", "Tremblay")
                        .company("ACME")
                        .email("compta@acme.ca")
                        .from("web")))
                .isEqualTo(a);
        assertThat(say(People.named("Jean", "Tremblay").email("compta@acme.ca").from("pos")))
                .isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.ROLE_ADDRESS);
    }

    @Test
    void p8_a_bridge_goes_to_the_emails_owner_and_asks() {
        String a = say(People.named("Jean", "Tremblay").email("j@x.ca"));
        String b = say(People.named("Paul", "Gagnon").phone(PHONE));
        assertThat(say(People.named("Jean", "Tremblay").email("j@x.ca").phone(PHONE)))
                .isEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.BRIDGE);
        assertThat(image(b).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
    }

    @Test
    void p8_a_bridge_makes_one_only_where_all_three_names_fully_agree() {
        String a = say(People.named("Jean", "Tremblay").phone(PHONE));
        String b = say(People.named("Jean", "Tremblay").email("j@x.ca"));
        say(People.named("jean", "tremblay").email("j@x.ca").phone(PHONE));
        assertThat(image(b).getMergedInto()).isEqualTo(a);
        String c = say(People.named("Marie", "Roy").phone("514 842-9999"));
        String d = say(People.named("M.", "Roy").email("m@x.ca"));
        say(People.named("Marie", "Roy").email("m@x.ca").phone("514 842-9999"));
        assertThat(asked()).containsExactly(ReviewKind.BRIDGE);
        assertThat(List.of(image(c).getStatus(), image(d).getStatus())).containsOnly(CustomerStatus.ACTIVE);
    }

    @Test
    void p9_a_newcomer_must_be_compatible_with_every_member() {
        String a = say(People.named("Marie", "Roy").email("m@x.ca"));
        assertThat(say(People.named("M", "Roy").email("m@x.ca").phone(PHONE))).isEqualTo(a);
        assertThat(say(People.named("Marc", "Roy").phone(PHONE).email("m@x.ca").from("web")))
                .isNotEqualTo(a);
    }

    @Test
    void p9_caps_of_emails_phones_and_records_ask_instead_of_joining() {
        directory =
                directory(DirectoryPolicy.defaults().with(MatchPolicy.defaults().withMaxRecords(12)));
        String a = say(People.named("Jean", "Tremblay").phone(PHONE).email("e1@x.ca"));
        for (int i = 2; i <= 5; i++) {
            assertThat(say(People.named("Jean", "Tremblay").phone(PHONE).email("e" + i + "@x.ca")))
                    .isEqualTo(a);
        }
        assertThat(say(People.named("Jean", "Tremblay").phone(PHONE).email("e6@x.ca")))
                .isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.TOO_MANY_CONTACTS);

        String b = say(People.named("Marie", "Roy").email("m@x.ca"));
        for (int i = 2; i <= 12; i++) {
            assertThat(say(People.named("Marie", "Roy").email("m@x.ca").notes("visit " + i)))
                    .isEqualTo(b);
        }
        assertThat(say(People.named("Marie", "Roy").email("m@x.ca").notes("visit 13")))
                .isNotEqualTo(b);
        assertThat(directory.lastSent(Topics.REVIEWS))
                .extracting(Review::getRule)
                .containsExactly("TOO_MANY_RECORDS");
    }

    @Test
    void p9_an_import_that_makes_too_many_one_only_asks_from_then_on() {
        directory =
                directory(DirectoryPolicy.defaults().with(MatchPolicy.defaults().withMergesPerThousand(2)));
        List<String> surnames = List.of("Tremblay", "Gagnon", "Bouchard", "Pelletier");
        for (int i = 0; i < surnames.size(); i++) {
            say(People.named("Jean", surnames.get(i)).email("jean@" + surnames.get(i) + ".ca"));
            say(People.named("Jean", surnames.get(i)).phone("514 842-200" + i));
        }
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        for (int i = 0; i < surnames.size(); i++) {
            directory.apply(People.named("Jean", surnames.get(i))
                    .email("jean@" + surnames.get(i) + ".ca")
                    .phone("514 842-200" + i)
                    .row("i1", "sha", i + 2L)
                    .said());
        }
        assertThat(directory.sent(Topics.ROW_OUTCOMES))
                .extracting(RowOutcome::getOutcome)
                .containsExactly(
                        RowOutcomeKind.MERGED, RowOutcomeKind.MERGED, RowOutcomeKind.REVIEW, RowOutcomeKind.REVIEW);
        assertThat(directory.lastSent(Topics.REVIEWS))
                .extracting(Review::getRule)
                .containsExactly("MERGE_BREAKER");
    }

    @Test
    void p8_a_new_version_that_brings_another_customers_email_asks_as_a_new_record_would() {
        String jean = say(People.named("Jean", "Tremblay").phone(PHONE).withId("1"));
        String other = say(People.named("J", "Tremblay").email("j@x.ca").from("web"));
        say(People.named("Jean", "Tremblay")
                .phone(PHONE)
                .email("j@x.ca")
                .withId("1")
                .at(1));
        assertThat(asked()).containsExactly(ReviewKind.BRIDGE);
        assertThat(directory.lastSent(Topics.REVIEWS).get(0).getCustomerIds()).containsExactlyInAnyOrder(jean, other);
        say(People.named("Jean", "Tremblay")
                .phone(PHONE)
                .email("j@x.ca")
                .notes("once more")
                .withId("1")
                .at(2));
        assertThat(asked()).isEmpty();
    }

    @Test
    void p10_a_number_given_to_somebody_else_after_a_year_is_moved_and_merges_nobody() {
        String old = say(
                People.named("Jean", "Tremblay").phone(PHONE).email("j@x.ca").at(-400));
        String now =
                say(People.named("Marie", "Roy").phone(PHONE).email("m@x.ca").at(0));

        assertThat(now).isNotEqualTo(old);
        assertThat(asked()).isEmpty();
        assertThat(image(now).getPhones().get(0).getValidTo()).isNull();
        assertThat(image(old).getPhones().get(0).getValidTo()).isEqualTo(People.DAY);
        assertThat(say(People.nameless().phone(PHONE).from("till2").at(1))).isEqualTo(now);
        assertThat(say(People.named("Marie", "Roy").phone(PHONE).from("web").at(2)))
                .isEqualTo(now);
    }

    @Test
    void p10_a_number_heard_of_within_the_year_stays_with_both() {
        String a = say(
                People.named("Jean", "Tremblay").phone(PHONE).email("j@x.ca").at(-300));
        say(People.named("Marie", "Roy").phone(PHONE).email("m@x.ca").at(0));
        assertThat(image(a).getPhones().get(0).getValidTo()).isNull();
    }

    @Test
    void p10_a_moved_number_is_second_to_a_number_that_is_still_its_own() {
        String a = say(People.named("Jean", "Tremblay")
                .phone(PHONE)
                .phone("514 842-7777")
                .email("j@x.ca")
                .at(-400));
        say(People.named("Marie", "Roy").phone(PHONE).email("m@x.ca").at(0));
        assertThat(image(a).getPhones())
                .extracting(Phone::getE164, Phone::getPrimary)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("+15148427777", true),
                        org.assertj.core.groups.Tuple.tuple("+15148421234", false));
    }

    @Test
    void p12_a_name_alone_never_joins_and_never_asks() {
        String a = say(People.named("Jean", "Tremblay").address("1 rue A", "Laval", "H1H 1H1"));
        assertThat(say(People.named("Jean", "Tremblay")
                        .address("1 rue A", "Laval", "H1H 1H1")
                        .from("web")))
                .isNotEqualTo(a);
        assertThat(asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"N/A", "-", "NULL", " ", "\u00a0", "n/a", "--", "."})
    void p13_values_that_stand_for_nothing_match_nothing(String nothing) {
        String a = say(People.named("Jean", "Tremblay").email(nothing).phone(nothing));
        assertThat(say(People.named("Jean", "Tremblay")
                        .email(nothing)
                        .phone(nothing)
                        .from("web")))
                .isNotEqualTo(a);
        assertThat(image(a).getEmails())
                .allSatisfy(e -> assertThat(e.getValue()).isNull());
    }

    @Test
    void a_person_with_one_identifier_of_a_hundred_thousand_costs_no_more() {
        directory = directory(DirectoryPolicy.defaults());
        for (int i = 0; i < 60; i++) {
            say(People.named("X" + (char) ('a' + i % 26) + "q" + i, "Y" + (char) ('a' + i / 3) + "z" + i)
                    .email("shared@club.ca")
                    .from("s" + i));
        }
        Decision next = new RecordedDecision().of(directory);
        assertThat(next.changes().stream().map(c -> c.table().name()))
                .doesNotContain(StateTable.REVIEWS.name())
                .filteredOn(StateTable.CUSTOMERS.name()::equals)
                .hasSize(1);
        assertThat(directory.largestValue()).isLessThan(8 * 1024);
    }

    private static final class RecordedDecision {
        Decision of(InMemoryDirectory directory) {
            return DirectoryMachine.create(NORMALISER, id -> DirectoryPolicy.defaults())
                    .apply(
                            People.named("Zoé", "Nadeau")
                                    .email("shared@club.ca")
                                    .from("last")
                                    .said(),
                            directory);
        }
    }

    @Test
    void every_record_says_by_which_rule_and_on_what_evidence_it_is_where_it_is() {
        String a = say(People.named("Jean", "Tremblay").email("j@x.ca").phone(PHONE));
        say(People.named("J.", "Tremblay").email("j@x.ca").from("web").at(1));
        say(People.nameless().phone(PHONE).from("till2").at(2));
        assertThat(image(a).getSourceRecords())
                .extracting(SourceRecordRef::getRule, SourceRecordRef::getEvidence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("LOOKUP_PHONE", "PHONE, names NO_NAME"),
                        org.assertj.core.groups.Tuple.tuple("SAME_EMAIL", "EMAIL, names COMPATIBLE"),
                        org.assertj.core.groups.Tuple.tuple("NEW", null));
    }

    @Test
    void every_rule_has_its_line_in_the_documentation() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "matching.md"));
        for (IdentityRule rule : IdentityRule.values()) {
            assertThat(page).contains(rule.name());
            assertThat(IdentityRule.of(rule.name())).isEqualTo(rule);
        }
    }
}
