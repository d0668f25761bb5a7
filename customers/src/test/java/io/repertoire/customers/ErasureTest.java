package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RULES C-5: who is erased is gone. */
class ErasureTest extends ErasureRig {

    @Test
    void p41_a_sale_is_kept_without_the_person_who_was_erased() {
        String id = storeJean();
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
        var reference = new CustomerReference(null, "77", null);
        return new Input.Sale(Sales.event(
                eventId, operation, "s1", reference, jean().email("jean@x.ca").details(), People.DAY));
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
    void p44_to_archive_to_opt_out_to_merge_and_to_erase_are_four_things() {
        String id = storeJean();
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
        String id = storeJean();
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
        String id = storeJean();
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
        String id = storeJean();
        rig.buys(id, "s1", People.DAY);
        assertThat(erase(id).getCode()).isEqualTo("ARCHIVED_WITH_SALES");
        assertThat(rig.only().getStatus()).isEqualTo(CustomerStatus.ARCHIVED);
        assertThat(rig.only().getEmails()).isNotEmpty();
    }

    @Test
    void p48_the_register_names_the_deed_and_not_the_person() {
        erase(storeJean());
        CustomerChange event = rig.directory.lastSent(Topics.CHANGES).get(0);
        assertThat(event.getErasure().getSourceRecords()).isEqualTo(2);
        assertThat(event.getErasure().getContactPoints()).isPositive();
        assertThat(event.toString()).doesNotContain("Tremblay", "jean@x.ca", "5145550001");
    }
}
