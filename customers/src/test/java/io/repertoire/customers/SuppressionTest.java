package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.keys.SuppressionSecretMissingException;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SuppressionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RULES C-5: who is erased does not come back, and nobody else is kept out. */
class SuppressionTest extends ErasureRig {

    @Test
    void p41_every_contact_point_is_under_suppression_and_what_arrives_with_one_is_not_stored() {
        String id = storeJean();
        assertThat(erase(id).getStatus()).isEqualTo(CommandStatus.DONE);
        for (People person : List.of(
                People.named("Somebody", "Else").email("jean@x.ca"),
                People.named("Somebody", "Else").phone("5145550001"),
                People.nameless().phone("5145550002"),
                jean().withId("77"))) {
            RowOutcome outcome = row(person);
            assertThat(outcome.getOutcome()).isEqualTo(RowOutcomeKind.SUPPRESSED);
            assertThat(outcome.getCustomerId()).isNull();
            assertThat(outcome.getSourceKey()).isNull();
            assertThat(outcome.getProblems()).isEmpty();
            assertThat(rig.directory.lastSent(Topics.DIRECTORY)).isEmpty();
            assertThat(rig.directory.lastSent(Topics.REJECTED)).isEmpty();
            assertThat(rig.directory.lastSent(Topics.CHANGES)).isEmpty();
        }
        assertThat(rig.directory.sourceRecords()).isEmpty();
        assertThat(row(People.named("Somebody", "Else").email("other@x.ca")).getOutcome())
                .isEqualTo(RowOutcomeKind.CREATED);
    }

    @Test
    void p41_what_was_refused_at_a_number_that_leads_to_nobody_is_forgotten_too() {
        rig.say(jean().email("jean@x.ca").phone("5145550001", "12"));
        String id = rig.only().getCustomerId();
        command(CommandType.OPT_OUT, id, Map.of());
        assertThat(rig.directory.holds("5145550001")).isTrue();
        erase(id);
        assertNowhere("5145550001");
    }

    @Test
    void p41_a_number_that_went_to_somebody_else_long_ago_is_not_put_under_suppression() {
        rig.say(jean().phone("5145550001").email("jean@x.ca").at(-400));
        rig.say(People.named("Marie", "Gagnon")
                .phone("5145550001")
                .email("marie@x.ca")
                .at(0));
        String marie = rig.named("Marie").getCustomerId();
        erase(rig.named("Jean").getCustomerId());
        RowOutcome outcome = row(
                People.named("Marie", "Gagnon").phone("5145550001").from("web").at(1));
        assertThat(outcome.getCustomerId()).isEqualTo(marie);
    }

    @Test
    void p42_the_hash_needs_the_secret_and_says_which_one_it_was_made_with() {
        var one = SuppressionSecret.of(SECRET);
        var other = SuppressionSecret.of(EARLIER);
        assertThat(one.hash("main", "phone", "+15145550001"))
                .hasSize(43)
                .isNotEqualTo(other.hash("main", "phone", "+15145550001"))
                .isNotEqualTo(one.hash("second", "phone", "+15145550001"))
                .isNotEqualTo(one.hash("main", "email", "+15145550001"));
        assertThat(one.toString()).doesNotContain(SECRET);
        erase(storeJean());
        assertThat(rig.directory.all(StateTable.SUPPRESSIONS))
                .hasSize(4)
                .allSatisfy(entry -> assertThat(entry.getSecret()).isEqualTo(one.id()))
                .allSatisfy(entry -> assertThat(entry.getNormaliser()).isEqualTo(1));
    }

    @Test
    void p42_a_new_secret_keeps_the_old_ones_entries_and_renews_those_it_meets() {
        erase(storeJean());
        rig = rig.restartedWith(policy -> policy.with(
                new ErasurePolicy(List.of(SuppressionSecret.of(EARLIER), SuppressionSecret.of(SECRET)), false, LAG)));
        assertThat(row(People.nameless().email("jean@x.ca")).getOutcome()).isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(rig.directory.all(StateTable.SUPPRESSIONS))
                .extracting(SuppressionState::getSecret)
                .contains(SuppressionSecret.of(EARLIER).id());
        assertThat(row(People.nameless().email("jean@x.ca")).getOutcome()).isEqualTo(RowOutcomeKind.SUPPRESSED);
    }

    @Test
    void p42_without_a_secret_that_is_in_use_nothing_goes_on() {
        erase(storeJean());
        rig = rig.restartedWith(
                policy -> policy.with(new ErasurePolicy(List.of(SuppressionSecret.of(EARLIER)), false, LAG)));
        assertThatThrownBy(() -> rig.say(People.nameless().email("a@x.ca")))
                .isInstanceOf(SuppressionSecretMissingException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void p42_where_no_secret_is_configured_nobody_is_erased() {
        rig = rig(List.of(), false);
        String id = storeJean();
        assertThat(erase(id).getCode()).isEqualTo("NO_SUPPRESSION_SECRET");
        assertThat(rig.only().getEmails()).isNotEmpty();
    }

    private RowOutcomeKind consents(Instant decided, @Nullable String evidence, SubmissionOperation operation) {
        CustomerSubmission submission = jean().email("jean@x.ca")
                .consent(new SubmittedConsent(
                        ConsentChannel.EMAIL,
                        ConsentPurpose.MARKETING,
                        ConsentStatus.GRANTED,
                        null,
                        decided,
                        ConsentBasis.EXPRESS,
                        evidence))
                .at(decided)
                .submission();
        submission.setOperation(operation);
        submission.setReceivedAt(decided.plusSeconds(1));
        int before = rig.directory.sourceRecords().size();
        rig.apply(new Input.Submission(submission));
        return rig.directory.sourceRecords().size() > before ? RowOutcomeKind.CREATED : RowOutcomeKind.SUPPRESSED;
    }

    @Test
    void p43_only_an_explicit_later_consent_with_its_proof_brings_a_person_back() {
        erase(storeJean());
        Instant later = People.RECEIVED.plusSeconds(3600);
        assertThat(consents(People.DAY, "form 9", SubmissionOperation.CONSENT)).isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(consents(later, null, SubmissionOperation.CONSENT)).isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(consents(later, "form 9", SubmissionOperation.UPSERT)).isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(consents(later, "form 9", SubmissionOperation.CONSENT)).isEqualTo(RowOutcomeKind.CREATED);
        assertThat(row(jean().email("jean@x.ca").title("Dr").at(1)).getOutcome())
                .isNotEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(row(jean().phone("5145550001")).getOutcome())
                .as("what was not named stays under suppression")
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(rig.mailingList()).containsExactly("jean@x.ca");
    }

    @Test
    void an_import_counts_who_was_suppressed() {
        erase(storeJean());
        rig.apply(People.start("i", ImportMode.UPSERT, null));
        rig.say(jean().email("jean@x.ca").row("i", "sha", 2));
        rig.say(People.named("Luc", "Roy").email("luc@x.ca").row("i", "sha", 3));
        rig.apply(People.end("i", 2));
        var counts = rig.directory.lastSent(Topics.IMPORTS).get(0).getCounts();
        assertThat(counts.getSuppressed()).isEqualTo(1);
        assertThat(counts.getCreated()).isEqualTo(1);
    }

    private static People withExtension(People person, String extension) {
        People all = person.phone("5145550009");
        all.submission().getCustomer().getPhones().get(0).setExtension(extension);
        return all;
    }

    @Test
    void p41_a_number_behind_a_switchboard_is_under_suppression_with_its_extension_only() {
        rig.say(withExtension(jean(), "12"));
        erase(rig.only().getCustomerId());
        assertThat(row(withExtension(People.named("Somebody", "Else"), "12")).getOutcome())
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(row(withExtension(jean(), "13")).getOutcome()).isEqualTo(RowOutcomeKind.CREATED);
        assertThat(row(People.named("The", "Company").phone("5145550009")).getOutcome())
                .isEqualTo(RowOutcomeKind.CREATED);
    }

    private static final List<String> OF_A_CLUB = List.of("Jean", "Marie", "Luc", "Nina");

    private void shareAnAddress() {
        for (String given : OF_A_CLUB) {
            rig.say(People.named(given, given + "son").email("info@club.ca"));
        }
        assertThat(rig.named("Jean").getEmails().get(0).getQuality()).isEqualTo(ContactQuality.SHARED);
    }

    @Test
    void p41_what_many_give_is_under_suppression_together_with_the_name_and_lets_the_others_in() {
        shareAnAddress();
        erase(rig.named("Jean").getCustomerId());
        assertThat(row(People.named("JEAN", "Jeanson").email("info@club.ca")).getOutcome())
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(row(People.named("Jeanson", "Jean").email("info@club.ca")).getOutcome())
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(row(People.named("Paul", "Roy").email("info@club.ca")).getOutcome())
                .isNotEqualTo(RowOutcomeKind.SUPPRESSED);
        assertThat(row(People.named("Jean", "Jeanson").email("jean@x.ca")).getOutcome())
                .as("a name alone says nothing")
                .isEqualTo(RowOutcomeKind.CREATED);
    }

    @Test
    void p45_once_the_last_holder_of_a_shared_address_is_erased_it_is_nowhere_and_none_of_them_comes_back() {
        shareAnAddress();
        for (String given : OF_A_CLUB) {
            erase(rig.named(given).getCustomerId());
        }
        assertNowhere("info@club.ca");
        for (String given : OF_A_CLUB) {
            assertThat(row(People.named(given, given + "son").email("info@club.ca"))
                            .getOutcome())
                    .isEqualTo(RowOutcomeKind.SUPPRESSED);
        }
    }

    @Test
    void p4_an_address_that_more_hold_than_are_remembered_stays_shared_whoever_of_them_is_erased() {
        for (int i = 0; i < 60; i++) {
            rig.say(People.named("N" + i, "Name" + i).email("info@club.ca").withId("n" + i));
        }
        for (CustomerState customer :
                rig.directory.customers().stream().limit(59).toList()) {
            erase(customer.getCustomerId());
        }
        rig.say(People.nameless().email("info@club.ca"));
        assertThat(rig.directory.images().values().stream()
                        .filter(image -> image.getEmails().size() == 1)
                        .map(image -> image.getEmails().get(0).getQuality()))
                .contains(ContactQuality.SHARED);
    }
}
