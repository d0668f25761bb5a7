package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentEffect;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.MarketingContactPoint;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RULES C-4: consent follows the address, and nothing but the person raises it. */
class ConsentTest {

    private static final String A = "a@x.ca";

    private MarketingRig rig = new MarketingRig(true);

    private static Instant day(int days) {
        return People.DAY.plusSeconds(days * 86_400L);
    }

    private static SubmittedConsent email(ConsentStatus status, @Nullable Instant decided) {
        return consent(ConsentChannel.EMAIL, status, decided);
    }

    private static SubmittedConsent consent(ConsentChannel channel, ConsentStatus status, @Nullable Instant decided) {
        return new SubmittedConsent(
                channel, ConsentPurpose.MARKETING, status, null, decided, ConsentBasis.EXPRESS, null);
    }

    private static SubmittedConsent inquiry(Instant decided) {
        return new SubmittedConsent(
                ConsentChannel.EMAIL,
                ConsentPurpose.MARKETING,
                ConsentStatus.GRANTED,
                null,
                decided,
                ConsentBasis.IMPLIED_INQUIRY,
                null);
    }

    private static SubmittedConsent receipt(ConsentStatus status) {
        return new SubmittedConsent(
                ConsentChannel.EMAIL, ConsentPurpose.RECEIPT, status, null, day(0), ConsentBasis.EXPRESS, null);
    }

    private static People jean() {
        return People.named("Jean", "Roy");
    }

    private void say(People person) {
        rig.say(person);
    }

    private static @Nullable Consent consentOf(Customer image, String contact) {
        return image.getConsents().stream()
                .filter(c -> contact.equals(c.getContactValue()) && c.getPurpose() == ConsentPurpose.MARKETING)
                .findFirst()
                .orElse(null);
    }

    private static ConsentStatus statusOf(Customer image, String contact) {
        Consent consent = consentOf(image, contact);
        return consent == null ? ConsentStatus.UNKNOWN : consent.getStatus();
    }

    private static List<ConsentStatus> receipts(Customer image) {
        return image.getConsents().stream()
                .filter(c -> c.getPurpose() == ConsentPurpose.RECEIPT)
                .map(Consent::getStatus)
                .toList();
    }

    @Test
    void p34_consent_for_one_address_is_no_consent_for_another_one_that_a_merge_brings() {
        say(jean().phone("5145550001").email(A).consent(email(ConsentStatus.GRANTED, day(0))));
        say(jean().phone("5145550001").email("b@x.ca"));
        assertThat(rig.only().getEmails()).hasSize(2);
        assertThat(statusOf(rig.only(), "b@x.ca")).isEqualTo(ConsentStatus.UNKNOWN);
        assertThat(rig.mailingList()).containsExactly(A);
    }

    @Test
    void p34_consent_does_not_move_to_the_address_that_replaces_the_one_it_was_given_for() {
        say(jean().withId("7").email(A).consent(email(ConsentStatus.GRANTED, day(0))));
        say(jean().withId("7").email("b@x.ca").at(3));
        assertThat(rig.only().getEmails()).extracting(e -> e.getValue()).containsExactly("b@x.ca");
        assertThat(rig.mailingList()).isEmpty();
        assertThat(rig.tombstones()).isEqualTo(1);
    }

    @Test
    void p34_a_no_follows_the_address_to_another_customer() {
        say(jean().withId("1").email(A).consent(email(ConsentStatus.DENIED, day(5))));
        say(jean().withId("1").email("other@x.ca").at(8));
        say(People.named("Marie", "Gagnon").withId("2").email(A).consent(email(ConsentStatus.GRANTED, day(1))));
        assertThat(statusOf(rig.named("Marie"), A)).isEqualTo(ConsentStatus.DENIED);
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p34_a_no_that_is_said_once_more_counts_from_then_for_everybody_who_holds_the_address() {
        say(jean().email(A).withId("1").consent(email(ConsentStatus.DENIED, null)));
        rig.decide(People.named("Marie", "Gagnon").email(A).consent(email(ConsentStatus.GRANTED, null)), day(50));
        assertThat(rig.mailingList()).isNotEmpty();
        say(jean().email(A).withId("1").title("t").at(60).consent(email(ConsentStatus.DENIED, null)));
        assertThat(statusOf(rig.named("Jean"), A)).isEqualTo(ConsentStatus.DENIED);
        assertThat(statusOf(rig.named("Marie"), A)).isEqualTo(ConsentStatus.DENIED);
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p34_a_no_said_by_one_holder_takes_the_address_off_the_list_of_all() {
        say(People.named("Marie", "Gagnon").email(A).consent(email(ConsentStatus.GRANTED, day(1))));
        assertThat(rig.mailingList()).containsExactly(A);
        say(jean().email(A).consent(email(ConsentStatus.DENIED, day(2))));
        assertThat(rig.directory.images()).hasSize(2);
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p35_a_merge_never_raises_whatever_the_order() {
        var yes = email(ConsentStatus.GRANTED, null);
        var no = email(ConsentStatus.DENIED, null);
        say(jean().email(A).consent(yes));
        say(jean().phone("5145550001").email(A).consent(no));
        assertThat(statusOf(rig.only(), A)).isEqualTo(ConsentStatus.DENIED);
        rig = new MarketingRig(true);
        say(jean().phone("5145550001").email(A).consent(no));
        say(jean().email(A).consent(yes));
        assertThat(statusOf(rig.only(), A)).isEqualTo(ConsentStatus.DENIED);
    }

    @Test
    void p35_the_latest_decision_wins_and_a_tie_is_a_no() {
        say(jean().email(A).consent(email(ConsentStatus.DENIED, day(1))));
        say(jean().email(A).title("t").consent(email(ConsentStatus.GRANTED, day(1))));
        assertThat(statusOf(rig.only(), A)).isEqualTo(ConsentStatus.DENIED);
        say(jean().email(A).title("u").consent(email(ConsentStatus.GRANTED, day(2))));
        assertThat(statusOf(rig.only(), A)).isEqualTo(ConsentStatus.GRANTED);
    }

    @Test
    void p35_a_stop_of_the_whole_person_beats_every_yes_until_the_person_starts_again() {
        say(jean().email(A).consent(consent(ConsentChannel.OTHER, ConsentStatus.DENIED, day(1))));
        say(jean().email(A)
                .phone("5145550001")
                .consent(email(ConsentStatus.GRANTED, day(2)))
                .consent(consent(ConsentChannel.SMS, ConsentStatus.GRANTED, day(2))));
        assertThat(statusOf(rig.only(), A)).isEqualTo(ConsentStatus.DENIED);
        assertThat(rig.mailingList()).isEmpty();
        rig.decide(People.nameless().email(A).consent(email(ConsentStatus.GRANTED, null)), day(3));
        assertThat(rig.mailingList()).contains(A);
    }

    @Test
    void p36_no_answer_is_unknown_and_not_on_the_list() {
        say(jean().email(A));
        say(People.named("Luc", "Caron").email("b@x.ca").consent(email(ConsentStatus.UNKNOWN, null)));
        assertThat(rig.directory.images().values()).allSatisfy(image -> assertThat(image.getConsents())
                .extracting(Consent::getStatus)
                .doesNotContain(ConsentStatus.GRANTED, ConsentStatus.DENIED));
        assertThat(rig.mailingList()).isEmpty();
        assertThat(rig.ledger()).isEmpty();
    }

    @Test
    void p36_a_later_row_without_the_column_changes_no_consent() {
        say(jean().withId("1").email(A).consent(email(ConsentStatus.GRANTED, day(1))));
        say(jean().withId("1").email(A).title("t").at(9));
        assertThat(rig.mailingList()).containsExactly(A);
    }

    @Test
    void p37_an_import_does_not_resubscribe_and_says_so() {
        say(jean().email(A).consent(email(ConsentStatus.DENIED, day(5))));
        rig.apply(People.start("i1", ImportMode.UPSERT, null));
        say(jean().email(A)
                .title("t")
                .consent(email(ConsentStatus.GRANTED, null))
                .at(9)
                .row("i1", "sha", 2));
        RowOutcome undated = rig.directory.lastSent(Topics.ROW_OUTCOMES).get(0);
        assertThat(undated.getProblems()).extracting(Problem::getCode).contains("CONSENT_IGNORED");
        say(jean().email(A)
                .title("u")
                .consent(email(ConsentStatus.GRANTED, day(4)))
                .at(9)
                .row("i1", "sha", 3));
        assertThat(statusOf(rig.only(), A)).isEqualTo(ConsentStatus.DENIED);
        assertThat(rig.ledger())
                .extracting(ConsentEntry::getEffect)
                .containsExactly(ConsentEffect.RECORDED, ConsentEffect.IGNORED, ConsentEffect.IGNORED);
        assertThat(rig.ledger().get(1).getRecordId()).isEqualTo("sha/2");
    }

    @Test
    void p37_a_shop_that_repeats_its_own_yes_does_not_resubscribe_but_a_consent_event_does() {
        say(jean().email(A).consent(email(ConsentStatus.DENIED, day(5))));
        say(jean().email(A)
                .title("t")
                .consent(email(ConsentStatus.GRANTED, null))
                .at(9));
        assertThat(rig.mailingList()).isEmpty();
        rig.decide(People.nameless().email(A).consent(email(ConsentStatus.GRANTED, null)), day(10));
        assertThat(rig.mailingList()).containsExactly(A);
    }

    @Test
    void p38_the_ledger_says_who_said_what_where_and_on_what_ground_and_a_revoke_deletes_nothing() {
        rig.decide(
                People.nameless()
                        .email(A)
                        .recordId("till/ev-1")
                        .consent(new SubmittedConsent(
                                ConsentChannel.EMAIL,
                                ConsentPurpose.MARKETING,
                                ConsentStatus.GRANTED,
                                null,
                                null,
                                ConsentBasis.EXPRESS,
                                "form 7")),
                day(1));
        rig.decide(People.nameless().email(A).recordId("till/ev-2").consent(email(ConsentStatus.DENIED, null)), day(2));
        assertThat(rig.ledger()).hasSize(2);
        ConsentEntry given = rig.ledger().get(0);
        assertThat(given.getContactValue()).isEqualTo(A);
        assertThat(given.getStatus()).isEqualTo(ConsentStatus.GRANTED);
        assertThat(given.getBasis()).isEqualTo(ConsentBasis.EXPRESS);
        assertThat(given.getEvidence()).isEqualTo("form 7");
        assertThat(given.getDecidedAt()).isEqualTo(day(1));
        assertThat(given.getRecordId()).isEqualTo("till/ev-1");
        assertThat(given.getStore()).isEqualTo("Laval");
        assertThat(given.getTill()).isEqualTo("2");
        assertThat(rig.ledger().get(1).getStatus()).isEqualTo(ConsentStatus.DENIED);
    }

    @Test
    void p38_the_same_row_again_writes_nothing_into_the_ledger() {
        say(jean().email(A).consent(email(ConsentStatus.DENIED, null)));
        say(jean().email(A).consent(email(ConsentStatus.DENIED, null)).at(4));
        assertThat(rig.ledger()).hasSize(1);
    }

    @Test
    void p39_a_purchase_allows_two_years_and_the_next_one_moves_that_on() {
        say(jean().email(A));
        String id = rig.only().getCustomerId();
        assertThat(rig.mailingList()).isEmpty();
        rig.buys(id, "s1", day(0));
        assertThat(rig.mailingList()).containsExactly(A);
        Consent consent = consentOf(rig.only(), A);
        assertThat(consent.getBasis()).isEqualTo(ConsentBasis.IMPLIED_PURCHASE);
        assertThat(consent.getExpiresAt()).isEqualTo(Instant.parse("2028-03-01T12:00:00Z"));
        rig.buys(id, "s2", day(10));
        assertThat(consentOf(rig.only(), A).getExpiresAt()).isEqualTo(Instant.parse("2028-03-11T12:00:00Z"));
        rig.buys(id, "s3", day(10).plusSeconds(60));
        assertThat(rig.directory.lastSent(Topics.DIRECTORY))
                .as("a second sale of a day")
                .isEmpty();
        assertThat(rig.directory.all(StateTable.DUE)).hasSize(1);
    }

    @Test
    void p39_what_lapses_is_said_when_it_is_due_though_nothing_arrives() {
        say(jean().email(A));
        rig.buys(rig.only().getCustomerId(), "s1", day(0));
        rig.directory.forgetOutputs();
        rig.tick(Instant.parse("2028-03-01T11:59:59Z"));
        assertThat(rig.directory.outputs()).isEmpty();
        rig.tick(Instant.parse("2028-03-01T12:00:00Z"));
        CustomerChange change = rig.directory.sent(Topics.CHANGES).get(0);
        assertThat(change.getType()).isEqualTo(ChangeType.CONSENT_CHANGED);
        assertThat(change.getConsents()).extracting(ConsentEntry::getEffect).containsExactly(ConsentEffect.LAPSED);
        assertThat(statusOf(rig.only(), A)).isEqualTo(ConsentStatus.UNKNOWN);
        assertThat(rig.mailingList()).isEmpty();
        rig.directory.forgetOutputs();
        rig.tick(Instant.parse("2030-03-01T12:00:00Z"));
        assertThat(rig.directory.outputs()).isEmpty();
        assertThat(rig.directory.all(StateTable.DUE)).isEmpty();
    }

    @Test
    void p39_what_has_lapsed_stays_lapsed_for_an_input_with_an_older_clock() {
        say(jean().withId("1").email(A));
        rig.buys(rig.only().getCustomerId(), "s1", day(0));
        rig.tick(Instant.parse("2029-01-01T00:00:00Z"));
        say(jean().withId("1").email(A).title("t").at(20));
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p39_many_that_lapse_at_once_go_in_steps() {
        for (int i = 0; i < 120; i++) {
            say(People.named("Jean" + i, "Roy" + i).email("a" + i + "@x.ca").consent(inquiry(day(60))));
        }
        assertThat(rig.mailingList()).hasSize(120);
        Instant due = Instant.parse("2026-10-30T12:00:00Z");
        rig.tick(due.minusMillis(1));
        assertThat(rig.mailingList()).hasSize(120);
        rig.tick(due);
        assertThat(rig.directory.lastSent(Topics.CHANGES)).hasSize(50);
        rig.tick(due);
        rig.tick(due);
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p39_an_express_consent_does_not_lapse_and_no_purchase_stands_against_a_no() {
        say(jean().email(A).consent(email(ConsentStatus.GRANTED, day(0))));
        rig.buys(rig.only().getCustomerId(), "s1", day(0));
        assertThat(consentOf(rig.only(), A).getExpiresAt()).isNull();
        rig.tick(Instant.parse("2035-01-01T00:00:00Z"));
        assertThat(rig.mailingList()).containsExactly(A);
        rig.decide(People.nameless().email(A).consent(email(ConsentStatus.DENIED, null)), day(5));
        rig.buys(rig.only().getCustomerId(), "s2", day(20));
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p39_a_purchase_counts_for_the_addresses_of_then_and_not_for_those_a_merge_brings() {
        say(jean().email(A));
        rig.buys(rig.only().getCustomerId(), "s1", day(0));
        say(jean().email("b@x.ca").phone("5145550002"));
        say(jean().email(A).email("b@x.ca"));
        assertThat(rig.only().getEmails()).hasSize(2);
        assertThat(rig.mailingList()).containsExactly(A);
    }

    @Test
    void p39_a_sale_that_was_somebody_elses_implies_nothing() {
        say(jean().email(A));
        String jean = rig.only().getCustomerId();
        say(People.named("Marie", "Gagnon").email("m@x.ca"));
        rig.buys(jean, "s1", day(0));
        rig.sale(SaleOperation.REPLACE, rig.named("Marie").getCustomerId(), "s1", day(1));
        assertThat(rig.mailingList()).containsExactly("m@x.ca");
        rig.sale(SaleOperation.REMOVE, null, "s1", day(2));
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p10_what_the_old_holder_of_a_number_bought_allows_nothing_to_its_new_one() {
        say(jean().phone("5148421234").email(A).at(-400));
        rig.buys(rig.only().getCustomerId(), "s1", day(-390));
        say(People.named("Marie", "Gagnon").phone("5148421234").email("m@x.ca").at(-1));
        assertThat(statusOf(rig.named("Marie"), "+15148421234")).isEqualTo(ConsentStatus.UNKNOWN);
        assertThat(statusOf(rig.named("Jean"), A)).isEqualTo(ConsentStatus.GRANTED);
        assertThat(rig.mailingList()).containsExactly(A);
    }

    @Test
    void p39_what_was_bought_with_a_number_is_forgotten_with_its_last_holder_though_a_no_stays_with_it() {
        say(jean().phone("5148421234")
                .email(A)
                .withId("1")
                .consent(consent(ConsentChannel.PHONE, ConsentStatus.DENIED, day(-1))));
        rig.buys(rig.only().getCustomerId(), "s1", day(0));
        say(jean().phone("5148425678").email(A).withId("1").at(1));
        say(People.named("Marie", "Gagnon").phone("5148421234").at(2));
        assertThat(rig.named("Marie").getConsents())
                .extracting(Consent::getChannel, Consent::getStatus)
                .containsExactly(tuple(ConsentChannel.PHONE, ConsentStatus.DENIED));
    }

    @Test
    void p10_nor_does_what_its_old_holder_buys_later() {
        say(jean().phone("5148421234").email(A).at(-400));
        say(People.named("Marie", "Gagnon").phone("5148421234").email("m@x.ca").at(-1));
        rig.buys(rig.named("Jean").getCustomerId(), "s1", day(0));
        say(People.named("Marie", "Gagnon").phone("5148421234").email("m@x.ca").title("boss"));
        assertThat(statusOf(rig.named("Marie"), "+15148421234")).isEqualTo(ConsentStatus.UNKNOWN);
        assertThat(rig.mailingList()).containsExactly(A);
    }

    @Test
    void p10_what_another_holder_of_a_number_bought_counts_when_it_passes_on() {
        say(jean().phone("5148421234").email(A).at(-400));
        say(People.named("Luc", "Nguyen").phone("5148421234").at(-399));
        rig.buys(rig.named("Luc").getCustomerId(), "s1", day(-390));
        say(People.named("Marie", "Gagnon").phone("5148421234").email("m@x.ca").at(-1));
        assertThat(statusOf(rig.named("Luc"), "+15148421234")).isEqualTo(ConsentStatus.GRANTED);
    }

    @Test
    void p39_elsewhere_a_purchase_implies_nothing() {
        rig = new MarketingRig(false);
        say(jean().email(A));
        rig.buys(rig.only().getCustomerId(), "s1", day(0));
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void p40_each_channel_is_asked_apart_and_a_receipt_is_no_marketing() {
        say(jean().email(A)
                .phone("5145550001")
                .consent(consent(ConsentChannel.SMS, ConsentStatus.GRANTED, day(0)))
                .consent(email(ConsentStatus.DENIED, day(0)))
                .consent(receipt(ConsentStatus.GRANTED)));
        assertThat(rig.contacts().get(0).getContactPoints())
                .extracting(MarketingContactPoint::getChannel)
                .containsExactly(ConsentChannel.SMS);
        assertThat(receipts(rig.only())).containsExactly(ConsentStatus.GRANTED);
        rig.decide(
                People.nameless().email(A).consent(consent(ConsentChannel.OTHER, ConsentStatus.DENIED, null)), day(3));
        assertThat(rig.mailingList()).isEmpty();
        assertThat(receipts(rig.only())).containsExactly(ConsentStatus.GRANTED);
    }

    @Test
    void p40_post_is_allowed_for_the_address_it_was_given_for() {
        say(jean().email(A)
                .address("1 rue A", "Laval", "H7A 1A1")
                .consent(consent(ConsentChannel.POST, ConsentStatus.GRANTED, day(0))));
        say(jean().email(A).address("2 rue B", "Laval", "H7A 1A1").at(4));
        assertThat(rig.only().getAddresses()).hasSize(2);
        assertThat(rig.mailingList()).containsExactly("1 rue A, Laval, H7A 1A1");
    }

    @Test
    void marketing_shows_no_reserved_domain_no_role_and_no_filler() {
        int number = 10;
        for (String address : List.of("a@example.com", "b@shop.test", "info@x.ca", "noemail@x.ca")) {
            say(People.named("Anne", "Roy")
                    .phone("51455500" + number++)
                    .email(address)
                    .consent(email(ConsentStatus.GRANTED, day(0))));
        }
        assertThat(rig.directory.images()).isNotEmpty();
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void an_address_that_too_many_share_leaves_the_list() {
        for (String name : List.of("Jean", "Marie", "Pierre", "Sophie", "Hector")) {
            say(People.named(name, name + "son").email(A).consent(email(ConsentStatus.GRANTED, day(0))));
        }
        assertThat(rig.directory.images()).hasSizeGreaterThan(3);
        assertThat(rig.mailingList()).isEmpty();
    }

    @Test
    void a_merge_leaves_one_contact_and_a_tombstone() {
        say(jean().withId("1").email(A).consent(email(ConsentStatus.GRANTED, day(0))));
        say(jean().phone("5145550001").consent(consent(ConsentChannel.SMS, ConsentStatus.GRANTED, day(0))));
        assertThat(rig.contacts()).hasSize(2);
        say(jean().withId("1").email(A).phone("5145550001").at(1));
        assertThat(rig.tombstones()).isEqualTo(1);
        assertThat(rig.mailingList()).containsExactly("+15145550001", A);
    }

    @Test
    void what_changes_nothing_of_the_list_sends_nothing() {
        say(jean().withId("1").email(A).consent(email(ConsentStatus.GRANTED, day(0))));
        say(jean().withId("1").email(A).notes("tall").at(2));
        assertThat(rig.directory.lastSent(Topics.DIRECTORY)).hasSize(1);
        assertThat(rig.directory.lastSent(Topics.MARKETING)).isEmpty();
        say(jean().withId("1").email(A).notes("tall").group("VIP").at(3));
        assertThat(rig.directory.lastSent(Topics.MARKETING)).hasSize(1);
    }

    @Test
    void a_consent_that_changes_among_other_things_is_also_told_by_itself() {
        say(jean().withId("1").email(A));
        say(jean().withId("1")
                .email(A)
                .title("t")
                .consent(email(ConsentStatus.GRANTED, day(3)))
                .at(4));
        List<CustomerChange> told = rig.directory.lastSent(Topics.CHANGES);
        assertThat(told)
                .extracting(CustomerChange::getType)
                .containsExactly(ChangeType.UPDATED, ChangeType.CONSENT_CHANGED);
        assertThat(told).extracting(CustomerChange::getEventId).doesNotHaveDuplicates();
    }
}
