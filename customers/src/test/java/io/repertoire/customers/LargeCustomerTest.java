package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A customer as large as it may become: it stays workable, and beyond the caps nothing is lost (P9). */
class LargeCustomerTest {

    /** What a topic takes by default, and Kafka's own part of it. */
    private static final int LARGEST_RECORD = 1_048_588 - 4_096;

    private static final int ALMOST = Merger.MAX_MEMBERS - 2;

    private final DirectoryPolicy policy = DirectoryPolicy.defaults()
            .with(new ErasurePolicy(
                    List.of(SuppressionSecret.of("a secret of the tests")), false, Duration.ofHours(1)));
    private final InMemoryDirectory directory = new InMemoryDirectory(
            new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.bySpelling(), id -> policy));
    private final Commands commands = new Commands(directory);

    private String say(People person) {
        return directory.customerOf(person);
    }

    private CustomerState customer(String id) {
        return directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + id);
    }

    private List<String> rules() {
        return directory.lastSent(Topics.REVIEWS).stream().map(Review::getRule).toList();
    }

    private String large() {
        String other = say(People.named("Zoé", "Roy").email("zoe@x.ca"));
        directory.largeCustomer("cus_large", ALMOST);
        CustomerState large = customer("cus_large");
        CustomerState absorbed = customer(other);
        absorbed.setStatus(CustomerStatus.MERGED);
        absorbed.setMergedInto("cus_large");
        var ids = new ArrayList<String>(ALMOST);
        for (int i = 0; i < ALMOST; i++) {
            String id = Ids.customerId(People.DIRECTORY, "absorbed/" + i, 0);
            ids.add(id);
            CustomerState copy = CustomerState.newBuilder(absorbed).build();
            copy.setCustomerId(id);
            copy.setMembers(new ArrayList<>(List.of("large:" + i)));
            directory.replace(StateTable.CUSTOMERS, id, copy);
        }
        large.setMergedIds(ids);
        directory.replace(StateTable.CUSTOMERS, "cus_large", large);
        return "cus_large";
    }

    @Test
    void
            p9_a_customer_of_ten_thousand_records_and_merges_takes_the_last_one_and_refuses_the_next_and_nothing_is_lost() {
        String large = large();
        String one = say(People.named("Any", "Body").email("one@x.ca"));
        String two = say(People.named("Any", "Body").email("two@x.ca"));
        String three = say(People.named("Any", "Body").email("three@x.ca"));
        long from = System.nanoTime();
        assertThat(commands.give(CommandType.MERGE, large, one).getStatus()).isEqualTo(CommandStatus.DONE);
        long merge = System.nanoTime() - from;
        assertThat(commands.give(CommandType.MERGE, large, two).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(customer(large).getMemberCount()).isEqualTo(Merger.MAX_MEMBERS);
        assertThat(customer(large).getMergedIds()).hasSize(Merger.MAX_MEMBERS);

        CommandResult refused = commands.give(CommandType.MERGE, large, three);
        assertThat(refused.getStatus()).isEqualTo(CommandStatus.REFUSED);
        assertThat(refused.getCode()).isEqualTo("TOO_LARGE");
        assertThat(customer(three).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(customer(large).getMemberCount()).isEqualTo(Merger.MAX_MEMBERS);

        from = System.nanoTime();
        assertThat(commands.give(CommandType.UNMERGE, two).getStatus()).isEqualTo(CommandStatus.DONE);
        long unmerge = System.nanoTime() - from;
        assertThat(customer(two).getMemberCount()).isEqualTo(1);
        assertThat(customer(large).getMergedIds()).doesNotContain(two);
        System.out.printf(
                "10,000 records and merged ids: MERGE %d ms, UNMERGE %d ms, largest state value %,d B, largest record %,d B%n",
                merge / 1_000_000, unmerge / 1_000_000, directory.largestValue(), directory.largestOutput());
        assertThat(directory.largestValue()).isLessThan(LARGEST_RECORD);
        assertThat(directory.largestOutput()).isLessThan(LARGEST_RECORD);
    }

    @Test
    void p46_it_is_erased_in_steps_whose_records_fit_kafka() {
        String large = large();
        long from = System.nanoTime();
        commands.give(CommandType.ERASE, large);
        long begin = System.nanoTime() - from;
        int steps = 0;
        while (!directory.all(StateTable.JOBS).isEmpty()) {
            directory.apply(new Input.Continue(
                    People.DIRECTORY, directory.all(StateTable.JOBS).get(0).getJobId(), commands.now()));
            steps++;
        }
        System.out.printf(
                "erasure of 10,000 records and merged ids: first step %d ms, %d further steps, largest record %,d B%n",
                begin / 1_000_000, steps, directory.largestOutput());
        assertThat(customer(large).getStatus()).isEqualTo(CustomerStatus.ERASED);
        assertThat(directory.sourceRecords()).noneMatch(r -> r.getSourceKey().startsWith("large:"));
        assertThat(directory.largestOutput()).isLessThan(LARGEST_RECORD);
    }

    @Test
    void p9_at_the_cap_of_records_the_next_row_is_stored_on_its_own_and_asked_about_and_those_held_go_on() {
        int cap = policy.match().maxRecords();
        String jean = say(
                People.named("Jean", "Roy").email("j@x.ca").phone("5145550001").withId("0"));
        for (int i = 1; i < cap; i++) {
            assertThat(say(People.named("Jean", "Roy").email("j@x.ca").withId("" + i)))
                    .isEqualTo(jean);
        }
        assertThat(directory.sent(Topics.REVIEWS)).isEmpty();
        String next = say(People.named("Jean", "Roy").email("j@x.ca").withId("next"));
        assertThat(next).isNotEqualTo(jean);
        assertThat(rules()).containsExactly("TOO_MANY_RECORDS");
        String lookedUp = say(People.nameless().phone("5145550001").withId("look-up"));
        assertThat(lookedUp).isNotEqualTo(jean);
        assertThat(rules()).containsExactly("TOO_MANY_RECORDS");
        assertThat(say(People.named("Jean", "Roy")
                        .email("j@x.ca")
                        .title("Chef")
                        .withId("7")
                        .at(1)))
                .isEqualTo(jean);
        assertThat(directory.images().get(jean).getJobTitle()).isEqualTo("Chef");
        assertThat(directory.sourceRecords()).hasSize(cap + 2);
        assertThat(commands.give(CommandType.MERGE, jean, next).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(customer(jean).getMemberCount()).isEqualTo(cap + 1);
    }

    @Test
    void p9_at_the_caps_of_emails_phones_and_spellings_it_is_the_same() {
        String jean = say(People.named("Jean", "Roy").email("j0@x.ca").card("77"));
        for (int i = 1; i < 5; i++) {
            assertThat(say(People.named("Jean", "Roy")
                            .email("j" + i + "@x.ca")
                            .phone("514555000" + i)
                            .card("77")))
                    .isEqualTo(jean);
        }
        String sixth = say(People.named("Jean", "Roy").email("j6@x.ca").card("77"));
        assertThat(sixth).isNotEqualTo(jean);
        assertThat(rules()).containsExactly("TOO_MANY_EMAILS");
        String known = say(
                People.named("Jean", "Roy").email("j0@x.ca").phone("5145550005").withId("1"));
        assertThat(known).isEqualTo(jean);
        String phone = say(
                People.named("Jean", "Roy").email("j0@x.ca").phone("5145550009").from("web"));
        assertThat(phone).isNotEqualTo(jean);
        assertThat(rules()).containsExactly("TOO_MANY_PHONES");
        // One that is held and brings a sixth stays where it is, with its value, and a person is asked.
        assertThat(say(People.named("Jean", "Roy")
                        .email("j0@x.ca")
                        .phone("5145550008")
                        .withId("1")
                        .at(1)))
                .isEqualTo(jean);
        String marie = say(People.named("Marie", "Roy").email("m@x.ca").withId("m"));
        for (int i = 1; i < HeldNames.MAX; i++) {
            assertThat(say(People.named(
                                    "Marie" + "e".repeat(i % 3) + " " + "abcdefghijklmnopqrstuvwxyzABCDEFGH".charAt(i),
                                    "Roy")
                            .email("m@x.ca")
                            .withId("m" + i)))
                    .isEqualTo(marie);
        }
        assertThat(customer(marie).getNames()).hasSize(HeldNames.MAX);
        String another = say(People.named("Marie Zz", "Roy").email("m@x.ca").withId("more"));
        assertThat(another).isNotEqualTo(marie);
        assertThat(rules()).containsExactly("TOO_MANY_RECORDS");
    }
}
