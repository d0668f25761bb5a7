package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.SuppressionState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RULES C-5: who is erased is gone, and does not come back. */
class ErasureTest {

    private static final String SECRET = "0123456789abcdef-secret";
    private static final String EARLIER = "fedcba9876543210-secret";
    private static final Duration LAG = Duration.ofHours(10);

    private MarketingRig rig = rig(List.of(SECRET), false);
    private int next;

    private static MarketingRig rig(List<String> secrets, boolean archiveSold) {
        return new MarketingRig(policy -> policy.with(
                new ErasurePolicy(secrets.stream().map(SuppressionSecret::of).toList(), archiveSold, LAG)));
    }

    private static People jean() {
        return People.named("Jean", "Tremblay");
    }

    private CommandResult erase(String customerId) {
        return erase(customerId, Map.of());
    }

    private CommandResult erase(String customerId, Map<String, String> arguments) {
        String id = command(CommandType.ERASE, customerId, arguments);
        while (!rig.directory.all(StateTable.JOBS).isEmpty()) {
            rig.apply(new Input.Continue(People.DIRECTORY, id, People.RECEIVED));
        }
        List<CommandResult> results = rig.directory.sent(Topics.COMMAND_RESULTS);
        return results.get(results.size() - 1);
    }

    private String command(CommandType type, String customerId, Map<String, String> arguments) {
        var command = new CustomerCommand();
        command.setCommandId("c" + ++next);
        command.setDirectoryId(People.DIRECTORY);
        command.setType(type);
        command.setActor("alice");
        command.setIssuedAt(People.RECEIVED);
        command.setCustomerId(customerId);
        command.setRecordIds(List.of());
        command.setReason("asked for");
        command.setArguments(new HashMap<>(arguments));
        rig.apply(new Input.Command(command, People.RECEIVED));
        return command.getCommandId();
    }

    private RowOutcome row(People person) {
        rig.say(person.row("i" + ++next, "sha", 2));
        return rig.directory.lastSent(Topics.ROW_OUTCOMES).get(0);
    }

    private void assertNowhere(String text) {
        assertThat(rig.directory.holds(text)).as("the state").isFalse();
    }

    private String stored() {
        rig.say(jean().withId("77").email("jean@x.ca").phone("5145550001"));
        rig.say(jean().email("jean@x.ca").phone("5145550002").notes("likes wool"));
        return rig.only().getCustomerId();
    }

    @Test
    void p41_every_contact_point_is_under_suppression_and_what_arrives_with_one_is_not_stored() {
        String id = stored();
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
    void p41_a_sale_is_kept_without_the_person_who_was_erased() {
        String id = stored();
        rig.buys(id, "s1", People.DAY);
        erase(id);
        rig.buys(id, "s2", People.DAY);
        assertThat(rig.directory.lastSent(Topics.RECORDED_SALES).get(0).getCustomerId())
                .isNull();
        assertThat(rig.directory.sent(Topics.RECORDED_SALES).get(0).getCustomerId())
                .as("the id of before says nothing any more")
                .isEqualTo(id);
    }

    @Test
    void p42_a_sale_of_an_erased_customer_says_no_longer_which_record_it_came_with() {
        rig.apply(sale("e1", SaleOperation.RECORD));
        assertThat(recorded().getSourceKey()).isEqualTo("till:i:77");
        String id = rig.only().getCustomerId();
        erase(id);
        rig.apply(sale("e2", SaleOperation.RECORD));
        assertThat(recorded().getCustomerId()).isEqualTo(id);
        assertThat(recorded().getSourceKey()).isNull();
        assertNowhere("till:i:77");
    }

    private RecordedSale recorded() {
        List<RecordedSale> sales = rig.directory.sent(Topics.RECORDED_SALES);
        return sales.get(sales.size() - 1);
    }

    private static Input sale(String eventId, SaleOperation operation) {
        return new Input.Sale(new SaleEvent(
                eventId,
                People.DIRECTORY,
                "till",
                "s1",
                operation,
                null,
                new CustomerReference(null, "77", null),
                jean().email("jean@x.ca").submission().getCustomer(),
                People.RECEIVED,
                People.DAY,
                null,
                null,
                null,
                null,
                "CAD",
                new BigDecimal("10.00"),
                null,
                new ArrayList<>(),
                new ArrayList<>(),
                null));
    }

    @Test
    void p41_nothing_of_the_person_is_left_in_the_state_and_the_topics_get_tombstones() {
        rig.say(jean().withId("77")
                .email("jean@x.ca")
                .consent(new SubmittedConsent(
                        ConsentChannel.EMAIL,
                        ConsentPurpose.MARKETING,
                        ConsentStatus.GRANTED,
                        null,
                        People.DAY,
                        ConsentBasis.EXPRESS,
                        "form of Jean Tremblay")));
        rig.say(People.named("Marie", "Gagnon").email("jean@x.ca"));
        String id = rig.named("Jean").getCustomerId();
        assertThat(rig.mailingList()).containsExactly("jean@x.ca");
        erase(id);
        assertNowhere("Tremblay");
        assertThat(rig.directory.lastOutput(Topics.DIRECTORY, "main/" + id).value())
                .isNull();
        assertThat(rig.tombstones()).isEqualTo(1);
        assertThat(rig.named("Marie").getRelations()).isEmpty();
        CustomerChange erased = rig.directory.sent(Topics.CHANGES).stream()
                .filter(change -> change.getType() == ChangeType.ERASED)
                .findFirst()
                .orElseThrow();
        assertThat(erased.getAfter()).isNull();
        assertThat(erased.getErasure().getSourceRecords()).isEqualTo(1);
        assertThat(erased.getErasure().getActor()).isEqualTo("alice");
        assertThat(erased.getErasure().getReason()).isEqualTo("asked for");
    }

    @Test
    void p41_somebody_else_who_holds_the_address_keeps_their_record() {
        rig.say(jean().email("home@x.ca"));
        rig.say(People.named("Marie", "Gagnon").withId("5").email("home@x.ca"));
        erase(rig.named("Jean").getCustomerId());
        assertThat(row(People.named("Marie", "Gagnon")
                                .withId("5")
                                .email("home@x.ca")
                                .title("Dr")
                                .at(3))
                        .getOutcome())
                .isNotEqualTo(RowOutcomeKind.SUPPRESSED);
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
    void p33_a_question_about_two_of_whom_one_is_erased_is_pointless_and_they_were_not_merged() {
        rig.say(jean().email("home@x.ca"));
        rig.say(People.named("Marie", "Gagnon").email("home@x.ca"));
        assertThat(rig.directory.all(StateTable.REVIEWS))
                .extracting(Review::getStatus)
                .containsExactly(ReviewStatus.OPEN);
        erase(rig.named("Jean").getCustomerId());
        assertThat(rig.directory.all(StateTable.REVIEWS))
                .extracting(Review::getStatus)
                .containsExactly(ReviewStatus.OBSOLETE);
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
        erase(stored());
        assertThat(rig.directory.all(StateTable.SUPPRESSIONS))
                .hasSize(4)
                .allSatisfy(entry -> assertThat(entry.getSecret()).isEqualTo(one.id()))
                .allSatisfy(entry -> assertThat(entry.getNormaliser()).isEqualTo(1));
    }

    @Test
    void p42_a_new_secret_keeps_the_old_ones_entries_and_renews_those_it_meets() {
        erase(stored());
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
        erase(stored());
        rig = rig.restartedWith(
                policy -> policy.with(new ErasurePolicy(List.of(SuppressionSecret.of(EARLIER)), false, LAG)));
        assertThatThrownBy(() -> rig.say(People.nameless().email("a@x.ca")))
                .isInstanceOf(SuppressionSecretMissingException.class)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void p42_where_no_secret_is_configured_nobody_is_erased() {
        rig = rig(List.of(), false);
        String id = stored();
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
        erase(stored());
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
    void p44_to_archive_to_opt_out_to_merge_and_to_erase_are_four_things() {
        String id = stored();
        command(CommandType.ARCHIVE, id, Map.of());
        assertThat(rig.only().getEmails()).as("archived: hidden and whole").isNotEmpty();
        command(CommandType.UNARCHIVE, id, Map.of());
        command(CommandType.OPT_OUT, id, Map.of());
        assertThat(rig.only().getEmails())
                .as("opted out: whole, and written to nowhere")
                .isNotEmpty();
        assertThat(row(jean().email("jean@x.ca").title("x").at(9)).getOutcome())
                .isNotEqualTo(RowOutcomeKind.SUPPRESSED);
        erase(id);
        assertThat(rig.directory.sourceRecords()).isEmpty();
    }

    @Test
    void p45_when_the_lag_is_over_everything_is_written_once_more_so_that_idle_partitions_compact() {
        String id = stored();
        erase(id);
        rig.directory.forgetOutputs();
        rig.tick(People.RECEIVED.plus(LAG).minusSeconds(1));
        assertThat(rig.directory.outputs()).isEmpty();
        rig.tick(People.RECEIVED.plus(LAG).plus(Duration.ofMinutes(2)));
        assertThat(rig.directory.outputs())
                .extracting(o -> o.topic().name())
                .contains(Topics.DIRECTORY.name(), Topics.MARKETING.name());
        assertThat(rig.directory.lastTables())
                .containsAll(StateTable.ALL.stream().map(StateTable::name).toList());
        // Deletions are compacted away by the next two.
        rig.tick(People.RECEIVED.plus(Duration.ofDays(300)));
        rig.tick(People.RECEIVED.plus(Duration.ofDays(600)));
        rig.directory.forgetOutputs();
        rig.tick(People.RECEIVED.plus(Duration.ofDays(900)));
        assertThat(rig.directory.outputs()).isEmpty();
    }

    @Test
    void p46_a_merged_customer_is_erased_whole_and_never_taken_apart_again() {
        rig.say(jean().email("a@x.ca"));
        rig.say(jean().phone("5145550001"));
        rig.say(jean().email("a@x.ca").phone("5145550001").at(1));
        String absorbed = rig.directory.customers().stream()
                .filter(c -> c.getStatus() == CustomerStatus.MERGED)
                .findFirst()
                .orElseThrow()
                .getCustomerId();
        erase(absorbed);
        assertNowhere("Tremblay");
        assertNowhere("5145550001");
        assertThat(rig.directory.sourceRecords()).isEmpty();
        assertThat(rig.directory
                        .lastOutput(Topics.DIRECTORY, "main/" + absorbed)
                        .value())
                .isNull();
        assertThat(rig.directory.customers())
                .allSatisfy(c -> assertThat(c.getStatus()).isEqualTo(CustomerStatus.ERASED));
        assertThat(erase(absorbed).getCode()).isEqualTo("ALREADY_ERASED");
        command(CommandType.UNMERGE, absorbed, Map.of());
        List<CommandResult> results = rig.directory.sent(Topics.COMMAND_RESULTS);
        assertThat(results.get(results.size() - 1).getStatus()).isNotEqualTo(CommandStatus.DONE);
        assertThat(rig.directory.sourceRecords()).isEmpty();
    }

    @Test
    void p46_what_an_absorbed_customer_remembers_of_many_records_is_forgotten_too() {
        int records = 300;
        rig.directory.largeCustomer("cus_large", records);
        rig.say(jean().email("jean@x.ca"));
        String id = rig.only().getCustomerId();
        new Commands(rig.directory).give(CommandType.MERGE, id, "cus_large");
        assertThat(rig.directory.all(StateTable.MEMBER_PAGES)).isNotEmpty();
        erase(id);
        assertThat(rig.directory.sourceRecords()).isEmpty();
        assertThat(rig.directory.all(StateTable.MEMBER_PAGES)).isEmpty();
    }

    @Test
    void p47_a_retention_hold_keeps_an_anonymous_customer() {
        String id = stored();
        erase(id, Map.of("retention_hold", "tax law, 6 years"));
        Customer image = rig.directory.images().get(id);
        assertThat(image.getStatus()).isEqualTo(CustomerStatus.ERASED);
        assertThat(image.getRetentionHold()).isTrue();
        // Our own id may have any digits.
        assertThat(image.toString().replace(id, "")).doesNotContain("Tremblay", "x.ca", "5145550001", "wool", "77");
        assertNowhere("Tremblay");
        CustomerChange event = rig.directory.lastSent(Topics.CHANGES).get(0);
        assertThat(event.getErasure().getRetentionHold()).isEqualTo("tax law, 6 years");
    }

    @Test
    void p47_where_so_set_a_customer_with_sales_becomes_inactive_instead() {
        rig = rig(List.of(SECRET), true);
        String id = stored();
        rig.buys(id, "s1", People.DAY);
        assertThat(erase(id).getCode()).isEqualTo("ARCHIVED_WITH_SALES");
        assertThat(rig.only().getStatus()).isEqualTo(CustomerStatus.ARCHIVED);
        assertThat(rig.only().getEmails()).isNotEmpty();
    }

    @Test
    void p48_the_register_names_the_deed_and_not_the_person() {
        erase(stored());
        CustomerChange event = rig.directory.lastSent(Topics.CHANGES).get(0);
        assertThat(event.getErasure().getSourceRecords()).isEqualTo(2);
        assertThat(event.getErasure().getContactPoints()).isPositive();
        assertThat(event.toString()).doesNotContain("Tremblay", "jean@x.ca", "5145550001");
    }

    @Test
    void a_customer_of_ten_thousand_records_is_erased_in_steps_and_nobody_slips_in_between() {
        int records = 10_000;
        rig.directory.largeCustomer("cus_large", records);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        assertThat(rig.directory.lastSent(Topics.COMMAND_RESULTS).get(0).getStatus())
                .isEqualTo(CommandStatus.ACCEPTED);
        assertThat(row(People.named("Any", "Body").email("large0@x.ca")).getOutcome())
                .as("a record that the erasure has not come to yet")
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        int steps = 0;
        while (!rig.directory.all(StateTable.JOBS).isEmpty()) {
            rig.apply(new Input.Continue(People.DIRECTORY, id, People.RECEIVED));
            steps++;
        }
        assertThat(steps).isBetween(records / 400, records / 100);
        assertThat(rig.directory.sourceRecords()).isEmpty();
        assertThat(rig.directory.all(StateTable.MEMBER_PAGES)).isEmpty();
        assertThat(rig.directory.all(StateTable.SUPPRESSIONS)).hasSize(records);
        assertThat(row(People.named("Any", "Body").email("large9999@x.ca")).getOutcome())
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
    }

    @Test
    void p42_an_erasure_that_was_begun_waits_for_its_secret() {
        rig.directory.largeCustomer("cus_large", 500);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        MarketingRig without = rig.restartedWith(policy -> policy.with(new ErasurePolicy(List.of(), false, LAG)));
        assertThatThrownBy(() -> without.apply(new Input.Continue(People.DIRECTORY, id, People.RECEIVED)))
                .isInstanceOf(SuppressionSecretMissingException.class);
        assertThat(without.directory.all(StateTable.JOBS)).hasSize(1);
    }

    @Test
    void an_import_counts_who_was_suppressed() {
        erase(stored());
        rig.apply(People.start("i", ImportMode.UPSERT, null));
        rig.say(jean().email("jean@x.ca").row("i", "sha", 2));
        rig.say(People.named("Luc", "Roy").email("luc@x.ca").row("i", "sha", 3));
        rig.apply(People.end("i", 2));
        var counts = rig.directory.lastSent(Topics.IMPORTS).get(0).getCounts();
        assertThat(counts.getSuppressed()).isEqualTo(1);
        assertThat(counts.getCreated()).isEqualTo(1);
    }

    private CommandResult lastResult() {
        List<CommandResult> results = rig.directory.sent(Topics.COMMAND_RESULTS);
        return results.get(results.size() - 1);
    }

    private void goOn(String jobId) {
        while (!rig.directory.all(StateTable.JOBS).isEmpty()) {
            rig.apply(new Input.Continue(People.DIRECTORY, jobId, People.RECEIVED));
        }
    }

    /** As the processor does when a step throws. */
    private String failMidway(int records) {
        rig.directory.largeCustomer("cus_large", records);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        rig.apply(new Input.Abandon(People.DIRECTORY, id, People.RECEIVED));
        return id;
    }

    private void assertErased(int records) {
        assertThat(rig.directory.sourceRecords()).isEmpty();
        assertThat(rig.directory.all(StateTable.JOBS)).isEmpty();
        assertThat(rig.directory.all(StateTable.SUPPRESSIONS)).hasSize(records);
        assertThat(rig.directory.all(StateTable.DIRECTORIES))
                .extracting(DirectoryState::getSuppressed)
                .as("what was counted for the time of the erasure is taken back once")
                .containsExactly((long) records);
        CustomerChange change = rig.directory.sent(Topics.CHANGES).stream()
                .filter(event -> event.getType() == ChangeType.ERASED)
                .reduce((a, b) -> {
                    throw new AssertionError("erased twice");
                })
                .orElseThrow();
        assertThat(change.getErasure().getSourceRecords()).isEqualTo(records);
    }

    @Test
    void an_erasure_that_fails_midway_says_so_and_goes_on_when_it_is_asked_for_again() {
        failMidway(500);
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.FAILED);
        assertThat(lastResult().getCode()).isEqualTo("FAILED_MIDWAY");
        assertThat(rig.directory.sourceRecords()).isNotEmpty();
        assertThat(row(People.named("Any", "Body").email("large0@x.ca")).getOutcome())
                .as("what was not come to yet is not let in either")
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        CommandResult second = erase("cus_large");
        assertThat(second.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(second.getCommandId()).isEqualTo("c" + next);
        assertErased(500);
        assertThat(erase("cus_large").getCode()).isEqualTo("ALREADY_ERASED");
        assertErased(500);
    }

    @Test
    void the_same_command_again_goes_on_with_what_failed_midway() {
        String id = failMidway(500);
        next--;
        assertThat(command(CommandType.ERASE, "cus_large", Map.of())).isEqualTo(id);
        goOn(id);
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.DONE);
        assertErased(500);
    }

    @Test
    void an_erasure_that_failed_midway_goes_on_with_the_next_start() {
        String id = failMidway(500);
        rig = rig.restartedWith(
                policy -> policy.with(new ErasurePolicy(List.of(SuppressionSecret.of(SECRET)), false, LAG)));
        goOn(id);
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.DONE);
        assertErased(500);
    }

    @Test
    void an_erasure_that_is_asked_for_while_it_goes_on_is_done_once() {
        rig.directory.largeCustomer("cus_large", 500);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        command(CommandType.ERASE, "cus_large", Map.of());
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.NO_CHANGE);
        assertThat(lastResult().getCode()).isEqualTo("ERASURE_GOES_ON");
        goOn(id);
        assertThat(lastResult().getCommandId()).isEqualTo(id);
        assertErased(500);
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
