package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RULES C-1, row by row, through the whole machine. */
class DecisionTableTest {

    private final InMemoryDirectory directory = directory(DirectoryPolicy.defaults());

    private static InMemoryDirectory directory(DirectoryPolicy policy) {
        return new InMemoryDirectory(
                new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.bySpelling(), id -> policy));
    }

    private String say(People person) {
        return say(directory, person);
    }

    /** @return who holds the source record that was touched last */
    private static String say(InMemoryDirectory directory, People person) {
        String record =
                person.recordId("t/" + directory.outputs().size()).submission().getRecordId();
        directory.apply(person.said());
        for (SourceRecordState held : directory.sourceRecords()) {
            if (held.getRecordId().equals(record)) {
                return held.getCustomerId();
            }
        }
        throw new AssertionError("nothing was stored");
    }

    private List<ReviewKind> asked() {
        return directory.lastSent(Topics.REVIEWS).stream().map(Review::getKind).toList();
    }

    private Customer image(String customerId) {
        return directory.images().get(customerId);
    }

    @Test
    void same_source_id_is_the_same_record_whatever_its_name() {
        String a = say(People.named("Jean", "Tremblay").email("jean@x.ca").withId("7"));
        String b =
                say(People.named("Marie", "Roy").email("jean@x.ca").withId("7").at(1));
        assertThat(b).isEqualTo(a);
        assertThat(directory.sourceRecords()).hasSize(1);
        assertThat(asked()).isEmpty();
        assertThat(image(a).getGivenName()).isEqualTo("Marie");
    }

    @Test
    void a_recycled_source_id_keeps_its_customer_and_asks() {
        String a = say(People.named("Jean", "Tremblay")
                .email("jean@x.ca")
                .phone("5145550001")
                .withId("7"));
        String b = say(People.named("Marie", "Roy")
                .email("marie@y.ca")
                .phone("4185550002")
                .withId("7")
                .at(1));
        assertThat(b).isEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.RECYCLED_ID);
    }

    @Test
    void same_email_and_compatible_names_join() {
        String a = say(People.named("Jean", "Tremblay").email("jt@x.ca"));
        assertThat(say(People.named("J.", "Tremblay").email("JT@x.ca"))).isEqualTo(a);
        assertThat(asked()).isEmpty();
    }

    @Test
    void same_email_and_no_name_on_one_side_join() {
        String a = say(People.named("Jean", "Tremblay").email("jt@x.ca"));
        assertThat(say(People.nameless().email("jt@x.ca").phone("5145550001"))).isEqualTo(a);
        assertThat(image(a).getPhones()).hasSize(1);
    }

    @Test
    void same_email_and_names_in_conflict_are_related_and_reviewed() {
        String a = say(People.named("Jean", "Tremblay").email("famille@x.ca"));
        String b = say(People.named("Marie", "Roy").email("famille@x.ca"));
        assertThat(b).isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
        assertThat(image(a).getRelations()).containsExactly(new Relation(b, RelationKind.SHARES_EMAIL));
        assertThat(image(b).getRelations()).containsExactly(new Relation(a, RelationKind.SHARES_EMAIL));
    }

    @Test
    void same_phone_and_equal_names_join_even_with_other_emails() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001").email("a@x.ca"));
        assertThat(say(People.named("JEAN", "Tremblay").phone("514 555-0001").email("b@x.ca")))
                .isEqualTo(a);
        assertThat(image(a).getEmails()).hasSize(2);
    }

    @Test
    void same_phone_and_no_name_is_a_lookup_that_gives_nothing() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001"));
        assertThat(say(People.nameless().phone("5145550001").from("web"))).isEqualTo(a);
        assertThat(directory.sourceRecords())
                .extracting(SourceRecordState::getRole)
                .containsExactlyInAnyOrder(MemberRole.FULL, MemberRole.LOOKUP);
        assertThat(directory.lastSent(Topics.CHANGES)).isEmpty();
        assertThat(image(a).getSourceRecordCount()).isEqualTo(2);
    }

    @Test
    void a_named_record_finds_a_lookup_and_takes_its_place() {
        String a = say(People.nameless().phone("5145550001"));
        assertThat(say(People.named("Jean", "Tremblay").phone("5145550001").from("web")))
                .isEqualTo(a);
        assertThat(image(a).getGivenName()).isEqualTo("Jean");
        assertThat(directory.sourceRecords())
                .filteredOn(r -> r.getSystem().equals("till"))
                .extracting(SourceRecordState::getRole)
                .containsExactly(MemberRole.LOOKUP);
    }

    @Test
    void a_lookup_that_gets_another_persons_name_leaves() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001"));
        say(People.nameless().phone("5145550001").withId("9").from("web"));
        String b = say(People.named("Marie", "Roy")
                .phone("5145550001")
                .withId("9")
                .from("web")
                .at(1));
        assertThat(b).isNotEqualTo(a);
        assertThat(image(a).getSourceRecordCount()).isEqualTo(1);
    }

    @Test
    void same_phone_and_partly_agreeing_names_are_reviewed() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001"));
        assertThat(say(People.named("J", "Tremblay").phone("5145550001"))).isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
    }

    @Test
    void same_phone_and_other_emails_and_unequal_names_stay_apart_without_a_question() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001").email("a@x.ca"));
        assertThat(say(People.named("J", "Tremblay").phone("5145550001").email("b@x.ca")))
                .isNotEqualTo(a);
        assertThat(asked()).isEmpty();
    }

    @Test
    void same_phone_and_names_in_conflict_are_related_and_reviewed() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001"));
        String b = say(People.named("Marie", "Roy").phone("5145550001"));
        assertThat(b).isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
        assertThat(image(b).getRelations()).containsExactly(new Relation(a, RelationKind.SHARES_PHONE));
    }

    @Test
    void same_email_and_phone_and_names_in_conflict_are_reviewed_once() {
        String a = say(People.named("Marie", "Roy").email("m@x.ca").phone("5145550001"));
        assertThat(say(People.named("Luc", "Gagnon").email("m@x.ca").phone("5145550001")))
                .isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
    }

    @Test
    void a_bridge_goes_to_the_emails_owner_and_asks() {
        String a = say(People.named("Jean", "Tremblay").email("j@x.ca"));
        String b = say(People.named("Paul", "Gagnon").phone("5145550001"));
        String c = say(People.named("Jean", "Tremblay").email("j@x.ca").phone("5145550001"));
        assertThat(c).isEqualTo(a).isNotEqualTo(b);
        assertThat(asked()).containsExactly(ReviewKind.BRIDGE);
    }

    @Test
    void a_bridge_whose_names_agree_on_all_three_makes_them_one_and_the_oldest_stays() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001"));
        String b = say(People.named("Jean", "Tremblay").email("j@x.ca"));
        String c = say(People.named("jean", "tremblay").email("j@x.ca").phone("5145550001"));
        assertThat(a).isNotEqualTo(b);
        assertThat(c).isEqualTo(a);
        assertThat(image(b).getStatus()).isEqualTo(CustomerStatus.MERGED);
        assertThat(image(b).getMergedInto()).isEqualTo(a);
        assertThat(image(a).getMergedIds()).containsExactly(b);
        assertThat(image(a).getSourceRecordCount()).isEqualTo(3);
        List<Customer> images = directory.lastSent(Topics.DIRECTORY);
        assertThat(images).extracting(Customer::getCustomerId).containsExactly(a, b);
        assertThat(directory.sourceRecords())
                .extracting(SourceRecordState::getCustomerId)
                .containsOnly(a);
    }

    @Test
    void a_merge_answers_the_question_between_the_two() {
        say(People.named("Jean", "Tremblay").phone("5145550001"));
        say(People.named("J", "Tremblay").phone("5145550001").withId("5"));
        assertThat(asked()).hasSize(1);
        say(People.named("Jean", "Tremblay").phone("5145550001").withId("5").at(1));
        assertThat(directory.lastSent(Topics.REVIEWS))
                .extracting(Review::getStatus)
                .contains(ReviewStatus.MERGED);
    }

    @Test
    void an_external_id_joins_and_outranks_an_email() {
        String a = say(People.named("Jean", "Tremblay").withId("77").from("square"));
        String b = say(People.named("Jean", "Tremblay").email("j@x.ca").company("Acme"));
        String c = say(
                People.named("Jean", "Tremblay-Roy").externalId("square", "77").email("j@x.ca"));
        assertThat(a).isNotEqualTo(b);
        assertThat(c).isEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.BRIDGE);
    }

    @Test
    void a_loyalty_card_joins_across_systems() {
        String a = say(People.named("Jean", "Tremblay").card("900100"));
        assertThat(say(People.named("Jean", "Tremblay").card("900100").from("web")))
                .isEqualTo(a);
    }

    @Test
    void names_alone_never_join() {
        String a = say(People.named("Jean", "Tremblay"));
        assertThat(say(People.named("Jean", "Tremblay").from("web"))).isNotEqualTo(a);
        assertThat(asked()).isEmpty();
    }

    @Test
    void placeholders_own_numbers_extensions_and_toll_free_numbers_join_nobody() {
        var ours = directory(
                new DirectoryPolicy("CA", Set.of("@shop.ca", "boss@x.ca"), Set.of("+15145559999"), 5, 5, 3, 4, true));
        String first =
                say(ours, People.named("Jean", "Tremblay").email("noemail@x.ca").phone("1111111111"));
        List<People> others = List.of(
                People.named("Jean", "Tremblay")
                        .email("noemail@x.ca")
                        .phone("1111111111")
                        .from("b"),
                People.named("Jean", "Tremblay").email("till3@shop.ca"),
                People.named("Jean", "Tremblay").email("till3@shop.ca").from("b"),
                People.named("Jean", "Tremblay").email("boss@x.ca"),
                People.named("Jean", "Tremblay").email("boss@x.ca").from("b"),
                People.named("Jean", "Tremblay").phone("5145559999"),
                People.named("Jean", "Tremblay").phone("5145559999").from("b"),
                People.named("Jean", "Tremblay").phone("5145550001", "12"),
                People.named("Jean", "Tremblay").phone("5145550001", "12").from("b"),
                People.named("Jean", "Tremblay").phone("8005550001"),
                People.named("Jean", "Tremblay").phone("8005550001").from("b"));
        for (People other : others) {
            assertThat(say(ours, other)).isNotEqualTo(first);
        }
        assertThat(ours.customers()).hasSize(1 + others.size());
        assertThat(ours.sent(Topics.REVIEWS)).isEmpty();
    }

    @Test
    void a_role_address_joins_only_with_name_and_company() {
        String a = say(People.named("Jean", "Tremblay").company("Acme").email("info@acme.ca"));
        assertThat(say(People.named("Jean", "Tremblay").email("info@acme.ca"))).isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.ROLE_ADDRESS);
        var again = directory(DirectoryPolicy.defaults());
        String b = say(again, People.named("Jean", "Tremblay").company("Acme").email("info@acme.ca"));
        assertThat(say(
                        again,
                        People.named("Jean", "Tremblay")
                                .company("ACME")
                                .email("info@acme.ca")
                                .from("b")))
                .isEqualTo(b);
    }

    @Test
    void an_identifier_of_several_compatible_customers_decides_nothing_and_asks() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001"));
        String b = say(People.named("J", "Tremblay").phone("5145550001"));
        String c = say(People.nameless().phone("5145550001").from("web"));
        assertThat(c).isNotIn(a, b);
        assertThat(asked()).containsExactly(ReviewKind.POSSIBLE_DUPLICATE);
        assertThat(directory.lastSent(Topics.REVIEWS).get(0).getCustomerIds()).contains(a, b, c);
    }

    @Test
    void a_newcomer_must_be_compatible_with_every_member() {
        String a = say(People.named("Marie", "Roy").email("m@x.ca"));
        assertThat(say(People.named("M", "Roy").email("m@x.ca").phone("5145550001")))
                .isEqualTo(a);
        assertThat(say(People.named("Marc", "Roy").email("marc@x.ca").phone("5145550001")))
                .isNotEqualTo(a);
    }

    @Test
    void a_sixth_email_asks_instead_of_joining() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001").email("e1@x.ca"));
        for (int i = 2; i <= 5; i++) {
            assertThat(say(People.named("Jean", "Tremblay").phone("5145550001").email("e" + i + "@x.ca")))
                    .isEqualTo(a);
        }
        assertThat(say(People.named("Jean", "Tremblay").phone("5145550001").email("e6@x.ca")))
                .isNotEqualTo(a);
        assertThat(asked()).containsExactly(ReviewKind.TOO_MANY_CONTACTS);
    }

    @Test
    void an_email_of_more_people_than_the_degree_becomes_shared_and_matches_no_longer() {
        List<String> people = List.of(
                say(People.named("Jean", "Tremblay").email("club@x.ca")),
                say(People.named("Marie", "Gagnon").email("club@x.ca")),
                say(People.named("Luc", "Bouchard").email("club@x.ca")),
                say(People.named("Sophie", "Pelletier").email("club@x.ca")));
        assertThat(people).doesNotHaveDuplicates();
        assertThat(image(people.get(0)).getEmails().get(0).getQuality().name()).isEqualTo("SHARED");
        String again = say(People.named("Jean", "Tremblay").email("club@x.ca").from("web"));
        assertThat(people).doesNotContain(again);
        assertThat(asked()).isEmpty();
    }

    @Test
    void an_id_merged_away_still_leads_to_the_survivor() {
        String a = say(People.named("Jean", "Tremblay").phone("5145550001"));
        String b = say(People.named("Jean", "Tremblay").email("j@x.ca"));
        say(People.named("Jean", "Tremblay").email("j@x.ca").phone("5145550001"));
        assertThat(say(People.nameless()
                        .ours(b, null)
                        .from("repertoire")
                        .row("i", "s", 2)
                        .title("Chef")))
                .isEqualTo(a);
        assertThat(say(People.nameless()
                        .ours(null, "C-00002")
                        .from("repertoire")
                        .row("i", "s", 3)
                        .title("Cheffe")))
                .isEqualTo(a);
    }
}
