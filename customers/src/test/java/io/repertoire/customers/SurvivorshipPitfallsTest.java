package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.Survivorship;
import io.repertoire.schemas.Address;
import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.SourceRecordState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pitfalls P25 to P33 of RULES C-3, each by its number, through the normaliser and the machine that are shipped. */
class SurvivorshipPitfallsTest {

    private static final CustomerNormaliser NORMALISER = CustomerNormaliser.standard();

    private InMemoryDirectory directory = directory(Survivorship.defaults());

    private static InMemoryDirectory directory(Survivorship survivorship) {
        DirectoryPolicy policy = DirectoryPolicy.defaults().with(survivorship);
        return new InMemoryDirectory(DirectoryMachine.create(NORMALISER, id -> policy));
    }

    private Customer golden(People... people) {
        for (People person : people) {
            directory.apply(person.said());
        }
        List<Customer> active = directory.images().values().stream()
                .filter(c -> c.getStatus() == CustomerStatus.ACTIVE)
                .toList();
        assertThat(active).hasSize(1);
        return active.get(0);
    }

    private static People jean() {
        return People.named("Jean", "Tremblay").email("j@x.ca");
    }

    @Test
    void p25_a_blank_is_no_information_and_only_the_token_clears() {
        Customer kept = golden(
                jean().withId("7").title("Chef").notes("old"),
                jean().withId("7").title("  ").at(1));
        assertThat(kept.getJobTitle()).isEqualTo("Chef");
        Customer cleared = golden(jean().withId("7").title("\\N").at(2));
        assertThat(cleared.getJobTitle()).isNull();
        assertThat(cleared.getNotes()).isEqualTo("old");
    }

    @Test
    void p26_most_recent_by_event_time_whatever_order_they_arrive_in() {
        Customer c = golden(
                jean().from("b").title("Patron").at(2),
                jean().from("a").title("Chef").at(1),
                jean().from("c").notes("n").at(3));
        assertThat(c.getJobTitle()).isEqualTo("Patron");
    }

    @Test
    void p26_a_trusted_source_comes_before_a_later_one_and_those_not_named_come_last() {
        directory = directory(new Survivorship(Survivorship.Preset.MOST_RECENT, List.of("erp", "web")));
        Customer c = golden(
                jean().from("erp").title("Chef").phone("514 842-1111").at(1),
                jean().from("web").title("Patron").notes("of web").at(2),
                jean().from("till")
                        .title("Commis")
                        .notes("of till")
                        .phone("514 842-3333")
                        .at(3));
        assertThat(c.getJobTitle()).isEqualTo("Chef");
        assertThat(c.getNotes()).isEqualTo("of web");
        assertThat(c.getPhones()).extracting(Phone::getE164).containsExactly("+15148421111", "+15148423333");
        assertThat(c.getPhones().get(0).getPrimary()).isTrue();
        assertThat(c.getProvenance().get("job_title").getRule()).isEqualTo("SOURCE_PRIORITY");
        assertThat(c.getProvenance().get("job_title").getSystem()).isEqualTo("erp");
    }

    @Test
    void p26_primary_wins_keeps_the_primarys_values_and_fills_its_blanks() {
        directory = directory(new Survivorship(Survivorship.Preset.PRIMARY_WINS, List.of()));
        Customer c = golden(
                jean().from("a").title("Chef").phone("514 842-1111").at(1),
                jean().from("b")
                        .title("Patron")
                        .notes("filled in")
                        .phone("514 842-2222")
                        .email("later@x.ca")
                        .at(5));
        assertThat(c.getJobTitle()).isEqualTo("Chef");
        assertThat(c.getNotes()).isEqualTo("filled in");
        assertThat(c.getPhones()).extracting(Phone::getE164).containsExactly("+15148421111", "+15148422222");
        assertThat(c.getPhones().get(0).getPrimary()).isTrue();
        assertThat(c.getEmails().get(0).getValue()).isEqualTo("j@x.ca");
        assertThat(c.getProvenance().get("*").getRule()).isEqualTo("PRIMARY_WINS");
    }

    @Test
    void p26_primary_wins_to_the_letter_even_where_another_spells_better() {
        directory = directory(new Survivorship(Survivorship.Preset.PRIMARY_WINS, List.of()));
        Customer c = golden(
                People.named("HELENE", "Roy").email("h@x.ca"),
                People.named("Hélène", "Roy").email("h@x.ca").from("web").at(1));
        assertThat(c.getGivenName()).isEqualTo("HELENE");
    }

    @Test
    void p21_of_two_spellings_the_accented_mixed_one_is_shown() {
        Customer c = golden(
                People.named("Hélène", "Muñoz").email("h@x.ca").at(1),
                People.named("HELENE", "MUNOZ").email("h@x.ca").from("web").at(5));
        assertThat(c.getGivenName()).isEqualTo("Hélène");
        assertThat(c.getFamilyName()).isEqualTo("Muñoz");
    }

    @Test
    void p26_primary_wins_lets_the_primary_change_its_own_mind() {
        directory = directory(new Survivorship(Survivorship.Preset.PRIMARY_WINS, List.of()));
        Customer c = golden(
                jean().withId("7").from("a").title("Chef").at(1),
                jean().from("b").title("Patron").at(2),
                jean().withId("7").from("a").title("Cheffe").at(3));
        assertThat(c.getJobTitle()).isEqualTo("Cheffe");
    }

    @Test
    void p26_primary_wins_after_a_merge_by_rule_the_older_customer_is_the_primary() {
        directory = directory(new Survivorship(Survivorship.Preset.PRIMARY_WINS, List.of()));
        directory.apply(People.named("Jean", "Tremblay")
                .phone("514 842-1111")
                .title("Chef")
                .at(1)
                .said());
        directory.apply(jean().title("Patron").notes("filled in").at(9).said());
        Customer c =
                golden(jean().phone("514 842-1111").title("Commis").from("web").at(10));
        assertThat(c.getMergedIds()).hasSize(1);
        assertThat(c.getJobTitle()).isEqualTo("Chef");
        assertThat(c.getNotes()).isEqualTo("filled in");
    }

    @Test
    void p27_an_address_survives_as_one_block() {
        Customer c = golden(
                jean().from("a").address("1 rue A", "Laval", "H1H 1H1").at(1),
                jean().from("b").address("2 rue B", "Gatineau", "").at(2));
        Address primary = c.getAddresses().get(0);
        assertThat(primary.getLine1()).isEqualTo("2 rue B");
        assertThat(primary.getCity()).isEqualTo("Gatineau");
        assertThat(primary.getPostalCode()).isNull();
        assertThat(c.getAddresses()).hasSize(2);
    }

    @Test
    void p27_an_address_or_phone_named_again_without_what_it_is_for_is_the_same_one() {
        People first = jean().from("a")
                .address("1 rue A", "Laval", "H1H 1H1")
                .phone("514 222 3344")
                .at(1);
        first.details().getAddresses().get(0).setType(AddressType.SHIPPING);
        first.details().getAddresses().get(0).setLabel("Chalet");
        first.details().getPhones().get(0).setLabel("home");
        first.details().getPhones().get(0).setKind(PhoneKind.FIXED);
        People again = jean().from("b")
                .address("1 RUE A", "Laval", "H1H 1H1")
                .phone("+1 514 222 3344")
                .at(2);
        again.details().getAddresses().get(0).setType(AddressType.OTHER);
        Customer c = golden(first, again);
        assertThat(c.getAddresses()).singleElement().satisfies(address -> {
            assertThat(address.getType()).isEqualTo(AddressType.SHIPPING);
            assertThat(address.getLabel()).isEqualTo("Chalet");
            assertThat(address.getPrimary()).isTrue();
        });
        assertThat(c.getPhones()).singleElement().satisfies(phone -> {
            assertThat(phone.getLabel()).isEqualTo("home");
            assertThat(phone.getKind()).isEqualTo(PhoneKind.FIXED);
        });
    }

    @Test
    void p28_emails_phones_and_addresses_accumulate_and_one_of_each_is_primary() {
        Customer c = golden(
                jean().from("a").email("k@x.ca").phone("514 842-1111").at(1),
                jean().from("b").phone("514 842-2222").at(2));
        assertThat(c.getEmails()).extracting(Email::getValue).containsExactlyInAnyOrder("j@x.ca", "k@x.ca");
        assertThat(c.getPhones()).hasSize(2);
        assertThat(c.getEmails().stream().filter(Email::getPrimary)).hasSize(1);
        assertThat(c.getPhones().stream().filter(Phone::getPrimary))
                .extracting(Phone::getE164)
                .containsExactly("+15148422222");
    }

    private String[] mergeTwo() {
        directory.apply(People.named("Jean", "Tremblay").phone("514 842-1111").said());
        directory.apply(jean().said());
        Customer survivor = golden(jean().phone("514 842-1111").from("web"));
        return new String[] {survivor.getCustomerId(), survivor.getMergedIds().get(0)};
    }

    @Test
    void p29_the_absorbed_customer_is_kept_and_its_records_are_re_pointed() {
        String[] ids = mergeTwo();
        assertThat(directory.images().get(ids[1]).getStatus()).isEqualTo(CustomerStatus.MERGED);
        assertThat(directory.images().get(ids[1]).getMergedInto()).isEqualTo(ids[0]);
        assertThat(directory.sourceRecords())
                .extracting(SourceRecordState::getCustomerId)
                .containsOnly(ids[0]);
        assertThat(directory.all(StateTable.CUSTOMERS))
                .filteredOn(c -> c.getCustomerId().equals(ids[1]))
                .allSatisfy(c -> {
                    assertThat(c.getMembers()).isNotEmpty();
                    assertThat(c.getMerge().getRule()).isEqualTo("BRIDGE_NAMES_SAME");
                });
    }

    @Test
    void p30_the_oldest_id_survives_and_the_other_leads_to_it_for_ever() {
        String[] ids = mergeTwo();
        assertThat(directory.images().get(ids[0]).getCode()).isEqualTo("C-00001");
        for (People again : List.of(
                jean().ours(ids[1], null)
                        .from("repertoire")
                        .row("i", "s", 2)
                        .title("Chef")
                        .at(1),
                jean().ours(null, "C-00002")
                        .from("repertoire")
                        .row("i", "s", 3)
                        .title("Cheffe")
                        .at(2))) {
            assertThat(golden(again).getCustomerId()).isEqualTo(ids[0]);
        }
    }

    @Test
    void p31_a_late_event_is_kept_and_loses() {
        Customer c = golden(
                jean().from("a").title("Patron").at(5),
                jean().from("b").title("Chef").notes("late").at(1));
        assertThat(c.getJobTitle()).isEqualTo("Patron");
        assertThat(c.getNotes()).isEqualTo("late");
        assertThat(c.getSourceRecordCount()).isEqualTo(2);
    }

    @Test
    void p31_a_future_time_is_the_time_of_receipt_and_said_so() {
        directory.apply(People.start("i", ImportMode.UPSERT, null));
        directory.apply(jean().title("Chef")
                .at(People.RECEIVED.plusSeconds(10 * 86_400))
                .row("i", "sha", 2)
                .said());
        RowOutcome row = directory.lastSent(Topics.ROW_OUTCOMES).get(0);
        assertThat(row.getProblems()).extracting(p -> p.getCode()).contains("EVENT_TIME_IN_FUTURE");
        assertThat(directory.sourceRecords().get(0).getObservedAt()).isEqualTo(People.RECEIVED.toEpochMilli());
    }

    @Test
    void p31_a_tie_goes_to_the_fuller_record_and_then_to_the_smaller_key() {
        Instant same = People.DAY;
        Customer c = golden(
                jean().from("a").withId("1").title("Chef").at(same),
                jean().from("b").withId("1").title("Patron").notes("more").at(same));
        assertThat(c.getJobTitle()).isEqualTo("Patron");
        Customer d = golden(jean().from("a").withId("1").notes("as full").at(same.plusMillis(0)));
        assertThat(d.getJobTitle()).isIn("Chef", "Patron");
    }

    @Test
    void p32_money_and_points_are_listed_by_source_and_never_added_up() {
        People one = jean().from("a").at(1);
        one.details().getAccounts().add(new SubmittedAccount("12", "10.5", "Y", "100", "30", "2"));
        one.details().setLoyalty(new SubmittedLoyalty(null, "50", null, null, null, null));
        People two = jean().from("b").at(2);
        two.details().getAccounts().add(new SubmittedAccount("77", "-3", null, null, null, null));
        two.details().setLoyalty(new SubmittedLoyalty(null, "20", null, null, null, null));
        Customer c = golden(one, two);
        assertThat(c.getAccounts())
                .extracting(a -> a.getBalance())
                .containsExactly(new BigDecimal("10.50"), new BigDecimal("-3.00"));
        assertThat(c.getLoyalty().getPointsBalance()).isEqualTo(20);
    }

    @Test
    void p33_a_merge_answers_the_question_between_the_two_and_takes_the_others_along() {
        directory.apply(People.named("Jean", "Tremblay").phone("514 842-1111").said());
        directory.apply(
                People.named("J", "Tremblay").phone("514 842-1111").withId("5").said());
        assertThat(directory.lastSent(Topics.REVIEWS))
                .extracting(Review::getStatus)
                .containsExactly(ReviewStatus.OPEN);
        directory.apply(People.named("Jean", "Tremblay")
                .phone("514 842-1111")
                .withId("5")
                .at(1)
                .said());
        assertThat(directory.lastSent(Topics.REVIEWS))
                .extracting(Review::getStatus)
                .contains(ReviewStatus.MERGED);
    }
}
