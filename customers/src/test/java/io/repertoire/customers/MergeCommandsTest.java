package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Merge, un-merge, split and "not the same", and every way to ask for them wrongly. */
class MergeCommandsTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private final Commands commands = new Commands(directory);

    private String customer(People person) {
        directory.apply(person.said());
        List<Customer> images = directory.lastSent(Topics.DIRECTORY);
        return images.get(images.size() - 1).getCustomerId();
    }

    private String luc() {
        return customer(
                People.named("Luc", "Roy").email("luc@x.ca").phone("5145550001").title("baker"));
    }

    private String zoe() {
        return customer(
                People.named("Zoé", "Gagnon").email("zoe@x.ca").notes("tall").at(1));
    }

    private CommandResult merge(String primary, String secondary) {
        return commands.give(CommandType.MERGE, primary, secondary);
    }

    private CommandResult unmerge(String absorbed) {
        return commands.give(CommandType.UNMERGE, null, absorbed);
    }

    private Customer image(String id) {
        return directory.images().get(id);
    }

    private static Customer timeless(Customer image) {
        Customer copy = Customer.newBuilder(image).build();
        copy.setVersion(0);
        copy.setUpdatedAt(People.DAY);
        return copy;
    }

    @Test
    void a_system_may_name_both_by_its_own_ids() {
        String kept = customer(
                People.named("Luc", "Roy").email("luc@x.ca").from("square").withId("N1"));
        String gone = customer(
                People.named("Luke", "Roi").phone("5145550001").from("square").withId("O1"));
        CustomerCommand command = commands.of(CommandType.MERGE, null);
        command.getArguments().put("source_system", "square");
        command.getArguments().put("source_customer_id", "N1");
        command.getArguments().put("other_source_customer_id", "O1");
        assertThat(commands.give(command).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(image(gone).getMergedInto()).isEqualTo(kept);
        assertThat(command.getCustomerId()).isNull();

        CustomerCommand again = commands.of(CommandType.MERGE, null);
        again.getArguments().putAll(command.getArguments());
        assertThat(commands.give(again).getCode()).isEqualTo("ALREADY_MERGED");
        CustomerCommand unknown = commands.of(CommandType.MERGE, null);
        unknown.getArguments().putAll(command.getArguments());
        unknown.getArguments().put("other_source_customer_id", "nobody");
        // Nobody told of it yet: it waits (AwaitedTest).
        assertThat(commands.give(unknown).getStatus()).isEqualTo(CommandStatus.ACCEPTED);
    }

    @Test
    void p30_the_one_a_person_chose_survives_and_the_other_id_leads_to_it_for_ever() {
        String older = luc();
        String chosen = zoe();
        CommandResult result = merge(chosen, older);
        assertThat(result.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(result.getCustomerIds()).containsExactly(chosen, older);
        assertThat(image(chosen).getMergedIds()).containsExactly(older);
        assertThat(image(older).getStatus()).isEqualTo(CustomerStatus.MERGED);
        assertThat(image(older).getMergedInto()).isEqualTo(chosen);
        assertThat(image(older).getEmails()).isEmpty();
        assertThat(image(chosen).getEmails()).hasSize(2);
        CustomerChange change = directory.lastSent(Topics.CHANGES).get(0);
        assertThat(change.getType()).isEqualTo(ChangeType.MERGED);
        assertThat(change.getFromIds()).containsExactly(older);
        assertThat(change.getToIds()).containsExactly(chosen);
        assertThat(change.getReason().getRuleId()).isEqualTo("MERGE");
        assertThat(change.getChangedFields()).contains("emails", "merged_ids");
        assertThat(commands.give(CommandType.ARCHIVE, older).getCustomerIds()).containsExactly(chosen);
    }

    @Test
    void images_of_a_merge_follow_each_other_and_the_last_is_flagged() {
        merge(luc(), zoe());
        List<Output<?>> images = directory.outputs().stream()
                .filter(o -> o.topic().name().equals(Topics.DIRECTORY.name()))
                .toList();
        assertThat(images).extracting(Output::lastOfInput).containsExactly(true, true, false, true);
        assertThat(images).extracting(Output::version).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void p29_an_unmerge_gives_back_the_exact_earlier_state_of_both() {
        String a = luc();
        String b = zoe();
        customer(People.named("Max", "Roy").phone("5145550001").email("max@x.ca"));
        Customer beforeA = timeless(image(a));
        Customer beforeB = timeless(image(b));
        List<CustomerState> states = directory.customers();
        merge(b, a);
        CommandResult result = unmerge(a);
        assertThat(result.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(timeless(image(a))).isEqualTo(beforeA);
        assertThat(timeless(image(b))).isEqualTo(beforeB);
        for (CustomerState before : states) {
            CustomerState now = directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + before.getCustomerId());
            assertThat(now.getMembers()).isEqualTo(before.getMembers());
            assertThat(now.getNames()).isEqualTo(before.getNames());
            assertThat(now.getRelations()).containsExactlyInAnyOrderElementsOf(before.getRelations());
            assertThat(now.getCode()).isEqualTo(before.getCode());
            assertThat(now.getMerge()).isNull();
        }
        assertThat(directory.lastSent(Topics.CHANGES))
                .filteredOn(c -> c.getType() != ChangeType.UPDATED)
                .allSatisfy(c -> {
                    assertThat(c.getType()).isEqualTo(ChangeType.SPLIT);
                    assertThat(c.getFromIds()).containsExactly(b);
                    assertThat(c.getToIds()).containsExactly(b, a);
                })
                .extracting(CustomerChange::getCustomerId)
                .containsExactlyInAnyOrder(a, b);
    }

    @Test
    void what_joined_the_survivor_meanwhile_stays_with_it() {
        String a = luc();
        String b = customer(People.named("Luc", "R").email("lr@x.ca"));
        merge(a, b);
        customer(People.named("Luc", "Roy").email("lr@x.ca").phone("5145550009").at(2));
        unmerge(b);
        assertThat(image(b).getSourceRecordCount()).isEqualTo(1);
        assertThat(image(a).getSourceRecordCount()).isEqualTo(2);
    }

    @Test
    void merges_in_merges_come_apart_from_the_inside_and_from_the_outside() {
        String a = luc();
        String b = zoe();
        String c = customer(People.named("Ann", "Cole").email("ann@x.ca"));
        merge(b, c);
        merge(a, b);
        assertThat(image(a).getMergedIds()).containsExactly(b, c);
        assertThat(unmerge(c).getCustomerIds()).containsExactly(a, c);
        assertThat(image(a).getMergedIds()).containsExactly(b);
        assertThat(image(c).getDisplayName()).isEqualTo("Ann Cole");
        assertThat(unmerge(b).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(image(b).getMergedIds()).isEmpty();
        assertThat(image(b).getSourceRecordCount()).isEqualTo(1);

        merge(b, c);
        merge(a, b);
        assertThat(unmerge(b).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(image(b).getMergedIds()).containsExactly(c);
        assertThat(image(b).getSourceRecordCount()).isEqualTo(2);
        assertThat(image(a).getMergedIds()).isEmpty();
    }

    @Test
    void p14_taken_apart_by_a_person_is_never_put_together_by_a_rule() {
        String a = customer(People.named("Luc", "Roy").email("luc@x.ca"));
        String b = customer(People.named("Luc", "Roy").phone("5145550001").email("l2@x.ca"));
        // Email of one, phone of the other, all names the same: a rule would merge them.
        People bridge =
                People.named("Luc", "Roy").email("luc@x.ca").phone("5145550001").at(3);
        merge(a, b);
        unmerge(b);
        directory.apply(bridge.said());
        assertThat(image(a).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(image(b).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(directory.lastSent(Topics.REVIEWS)).isEmpty();
    }

    @Test
    void p14_distinct_outranks_a_rule_that_would_merge() {
        String a = customer(People.named("Luc", "Roy").email("luc@x.ca"));
        String b = customer(People.named("Luc", "Roy").phone("5145550001").email("l2@x.ca"));
        CommandResult said = commands.give(CommandType.DISTINCT, a, b);
        assertThat(said.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(commands.give(CommandType.DISTINCT, b, a).getCode()).isEqualTo("ALREADY_DISTINCT");
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .phone("5145550001")
                .at(3)
                .said());
        assertThat(image(b).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(directory.lastSent(Topics.REVIEWS)).isEmpty();
    }

    @Test
    void p14_distinct_goes_with_the_source_record_when_its_customer_is_merged_and_split() {
        String a = customer(People.named("Luc", "Roy").email("luc@x.ca").withId("7"));
        String b = customer(People.named("Luc", "Roy").phone("5145550001").email("l2@x.ca"));
        String c = zoe();
        commands.give(CommandType.DISTINCT, a, b);
        merge(c, a);
        // b is apart from whoever holds the record of a now.
        assertThat(commands.give(CommandType.DISTINCT, c, b).getCode()).isEqualTo("ALREADY_DISTINCT");
        String part = commands.split(c, "till:i:7").getCustomerIds().get(1);
        assertThat(commands.give(CommandType.DISTINCT, part, b).getCode()).isEqualTo("ALREADY_DISTINCT");
        assertThat(commands.give(CommandType.DISTINCT, c, b).getStatus()).isEqualTo(CommandStatus.DONE);
    }

    @Test
    void a_person_may_merge_what_a_person_took_apart() {
        String a = luc();
        String b = zoe();
        merge(a, b);
        unmerge(b);
        assertThat(merge(a, b).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(unmerge(b).getStatus()).isEqualTo(CommandStatus.DONE);
    }

    @Test
    void a_split_makes_a_customer_of_its_own_that_no_rule_brings_back() {
        String a = customer(People.named("Luc", "Roy").email("luc@x.ca").withId("1"));
        customer(People.named("Luc", "Roy").email("luc@x.ca").withId("2").title("cook"));
        CommandResult result = commands.split(a, "till:i:2");
        assertThat(result.getStatus()).isEqualTo(CommandStatus.DONE);
        String part = result.getCustomerIds().get(1);
        assertThat(image(part).getCode()).isEqualTo("C-00002");
        assertThat(image(part).getSourceRecords().get(0).getRule()).isEqualTo("SPLIT");
        assertThat(image(a).getSourceRecordCount()).isEqualTo(1);
        assertThat(image(a).getJobTitle()).isNull();
        assertThat(directory.lastSent(Topics.CHANGES))
                .extracting(CustomerChange::getType)
                .containsExactly(ChangeType.SPLIT, ChangeType.SPLIT);
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .withId("2")
                .title("chef")
                .at(1)
                .said());
        assertThat(directory.lastSent(Topics.DIRECTORY))
                .extracting(Customer::getCustomerId)
                .containsExactly(part);
    }

    @Test
    void a_split_by_the_submissions_own_id_works_too() {
        String a = customer(
                People.named("Luc", "Roy").email("luc@x.ca").withId("1").recordId("sha/2"));
        customer(People.named("Luc", "Roy").email("luc@x.ca").withId("2").recordId("sha/3"));
        assertThat(commands.split(a, "sha/3").getStatus()).isEqualTo(CommandStatus.DONE);
    }

    @Test
    void bad_splits_are_refused_and_change_nothing() {
        String a = customer(People.named("Luc", "Roy").email("luc@x.ca").withId("1"));
        customer(People.named("Luc", "Roy").email("luc@x.ca").withId("2"));
        long before = directory.stateBytes();
        assertThat(commands.split(a).getCode()).isEqualTo("MISSING_ARGUMENT");
        assertThat(commands.split(a, "till:i:3").getCode()).isEqualTo("UNKNOWN_RECORD");
        assertThat(commands.split(a, "till:i:1", "nonsense").getCode()).isEqualTo("UNKNOWN_RECORD");
        assertThat(commands.split(a, "till:i:1", "till:i:2").getCode()).isEqualTo("NOTHING_LEFT");
        assertThat(directory.customers()).hasSize(1);
        assertThat(directory.all(StateTable.COMMANDS)).hasSize(4);
        assertThat(directory.stateBytes() - before).isLessThan(1_500);
    }

    @Test
    void merges_that_make_no_sense_have_clear_answers() {
        String a = luc();
        String b = zoe();
        assertThat(merge(a, a).getCode()).isEqualTo("SAME_CUSTOMER");
        assertThat(merge(a, "C-00001").getCode()).isEqualTo("SAME_CUSTOMER");
        assertThat(merge(a, "cus_nobody").getStatus()).isEqualTo(CommandStatus.NOT_FOUND);
        assertThat(merge("C-99999", a).getStatus()).isEqualTo(CommandStatus.NOT_FOUND);
        assertThat(commands.give(CommandType.MERGE, a, null).getCode()).isEqualTo("MISSING_ARGUMENT");
        assertThat(unmerge(b).getCode()).isEqualTo("NOT_MERGED");
        assertThat(unmerge("C-77777").getCode()).isEqualTo("UNKNOWN_CUSTOMER");
        assertThat(commands.give(CommandType.UNMERGE, null).getCode()).isEqualTo("MISSING_ARGUMENT");
        assertThat(image(a).getVersion()).isEqualTo(1);
        assertThat(image(b).getVersion()).isEqualTo(2);
    }

    @Test
    void two_people_who_merge_the_same_pair_at_once_get_one_merge() {
        String a = luc();
        String b = zoe();
        CustomerCommand one = commands.of(CommandType.MERGE, a);
        one.setOtherCustomerId(b);
        one.setExpectedVersion(1L);
        CustomerCommand two = commands.of(CommandType.MERGE, b);
        two.setOtherCustomerId(a);
        two.setExpectedVersion(2L);
        assertThat(commands.give(one).getStatus()).isEqualTo(CommandStatus.DONE);
        CommandResult second = commands.give(two);
        assertThat(second.getStatus()).isEqualTo(CommandStatus.NO_CHANGE);
        assertThat(second.getCode()).isEqualTo("ALREADY_MERGED");
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();
        assertThat(image(b).getMergedInto()).isEqualTo(a);
    }

    @Test
    void a_merge_whose_author_saw_another_version_of_either_is_a_conflict() {
        String a = luc();
        String b = zoe();
        CustomerCommand stale = commands.of(CommandType.MERGE, a);
        stale.setOtherCustomerId(b);
        stale.setExpectedVersion(7L);
        assertThat(commands.give(stale).getStatus()).isEqualTo(CommandStatus.CONFLICT);
        CustomerCommand staleOther = commands.of(CommandType.MERGE, a);
        staleOther.setOtherCustomerId(b);
        staleOther.getArguments().put("other_expected_version", "7");
        assertThat(commands.give(staleOther).getStatus()).isEqualTo(CommandStatus.CONFLICT);
        assertThat(image(b).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
    }

    @Test
    void an_archived_customer_is_no_primary_but_may_be_absorbed_and_comes_back_archived() {
        String a = luc();
        String b = zoe();
        commands.give(CommandType.ARCHIVE, b);
        assertThat(merge(b, a).getCode()).isEqualTo("PRIMARY_ARCHIVED");
        assertThat(merge(a, b).getStatus()).isEqualTo(CommandStatus.DONE);
        unmerge(b);
        assertThat(image(b).getStatus()).isEqualTo(CustomerStatus.ARCHIVED);
    }

    @Test
    void no_rule_merges_an_archived_customer() {
        String a = customer(People.named("Luc", "Roy").email("luc@x.ca"));
        String b = customer(People.named("Luc", "Roy").phone("5145550001").email("l2@x.ca"));
        commands.give(CommandType.ARCHIVE, b);
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .phone("5145550001")
                .at(3)
                .said());
        assertThat(image(b).getStatus()).isEqualTo(CustomerStatus.ARCHIVED);
        assertThat(image(a).getMergedIds()).isEmpty();
    }

    @Test
    void an_automatic_merge_is_undone_like_any_other() {
        String a = customer(People.named("Luc", "Roy").email("luc@x.ca"));
        String b = customer(People.named("Luc", "Roy").phone("5145550001").email("l2@x.ca"));
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .phone("5145550001")
                .at(3)
                .said());
        assertThat(image(b).getMergedInto()).isEqualTo(a);
        CustomerState log = directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + b);
        assertThat(log.getMerge().getRule()).isEqualTo("BRIDGE_NAMES_SAME");
        assertThat(unmerge(b).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(image(b).getEmails()).hasSize(1);
        assertThat(image(a).getSourceRecordCount()).isEqualTo(2);
    }

    @Test
    void p33_reviews_follow_merges_unmerges_and_archives() {
        String a = customer(People.named("Anne", "Roy").phone("5145550001").email("a@x.ca"));
        String b = customer(People.named("A", "Roy").phone("5145550001"));
        String c = zoe();
        Review asked = directory.sent(Topics.REVIEWS).get(0);
        assertThat(asked.getCustomerIds()).containsExactlyInAnyOrder(a, b);
        assertThat(asked.getSourceKeys()).hasSize(2);

        merge(c, a);
        assertThat(review(asked).getCustomerIds()).containsExactlyInAnyOrder(b, c);
        assertThat(review(asked).getStatus()).isEqualTo(ReviewStatus.OPEN);
        unmerge(a);
        assertThat(review(asked).getCustomerIds()).containsExactlyInAnyOrder(a, b);
        commands.give(CommandType.ARCHIVE, a);
        assertThat(review(asked).getStatus()).isEqualTo(ReviewStatus.OBSOLETE);
        commands.give(CommandType.UNARCHIVE, a);
        assertThat(review(asked).getStatus()).isEqualTo(ReviewStatus.OPEN);
        assertThat(review(asked).getClosedAt()).isNull();
        merge(b, a);
        assertThat(review(asked).getStatus()).isEqualTo(ReviewStatus.MERGED);
        unmerge(a);
        assertThat(review(asked).getStatus()).isEqualTo(ReviewStatus.IGNORED);
    }

    private Review review(Review asked) {
        return directory.get(StateTable.REVIEWS, People.DIRECTORY + '/' + asked.getReviewId());
    }
}
