package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SaleState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A sale goes with the source record that made it. */
class SaleMovesTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(
            DirectoryMachine.create(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults()));
    private final Commands commands = new Commands(directory);
    private int events;

    private void sale(
            String saleId, SaleOperation operation, @Nullable CustomerReference reference, @Nullable People person) {
        directory.apply(new Input.Sale(Sales.event(
                "e" + ++events,
                operation,
                saleId,
                reference,
                person == null ? null : person.details(),
                People.DAY.plusSeconds(events))));
    }

    private void sale(String saleId, People person) {
        sale(saleId, SaleOperation.RECORD, null, person);
    }

    private static CustomerReference tills(String id) {
        return new CustomerReference(null, id, null);
    }

    /** As a reader of the compacted topic has it, with merges followed. */
    private String ownerOf(String saleId) {
        RecordedSale last = (RecordedSale) directory
                .lastOutput(Topics.RECORDED_SALES, "main/till/" + saleId)
                .value();
        CustomerState customer = customer(last.getCustomerId());
        while (customer.getMergedInto() != null) {
            customer = customer(customer.getMergedInto());
        }
        return customer.getCustomerId();
    }

    private CustomerState customer(String id) {
        return directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + id);
    }

    private String say(People person) {
        return directory.customerOf(person);
    }

    private int runJobs() {
        int steps = 0;
        for (List<JobState> jobs = directory.all(StateTable.JOBS);
                !jobs.isEmpty();
                jobs = directory.all(StateTable.JOBS)) {
            directory.apply(new Input.Continue(People.DIRECTORY, jobs.get(0).getJobId(), commands.now()));
            steps++;
        }
        return steps;
    }

    private static People jean(String notes) {
        return People.named("Jean", "Tremblay").email("j@x.ca").attribute("n", notes);
    }

    @Test
    void sales_of_a_record_that_is_split_off_go_with_it_and_the_others_stay() {
        sale("s1", jean("a"));
        sale("s2", jean("b"));
        sale("s3", jean("b"));
        String jean = ownerOf("s1");
        assertThat(ownerOf("s2")).isEqualTo(jean);
        SaleState second = directory.get(StateTable.SALES, "main/till/s2");
        directory.forgetOutputs();

        CommandResult split = commands.split(jean, second.getSale().getSourceKey());

        assertThat(split.getStatus()).isEqualTo(CommandStatus.DONE);
        String part = split.getCustomerIds().get(1);
        assertThat(ownerOf("s2")).isEqualTo(part);
        assertThat(ownerOf("s3")).isEqualTo(part);
        assertThat(directory.sent(Topics.RECORDED_SALES)).hasSize(2).allSatisfy(sale -> assertThat(sale.getVersion())
                .isEqualTo(split.getVersion()));
        assertThat(customer(part).getSold()).isTrue();
        assertThat(directory.all(StateTable.JOBS)).isEmpty();
    }

    @Test
    void a_merge_rewrites_no_sale_and_an_unmerge_gives_back_those_made_meanwhile() {
        sale("s1", jean("a"));
        sale("m1", SaleOperation.RECORD, null, People.named("Marie", "Roy").email("m@x.ca"));
        String jean = ownerOf("s1");
        String marie = ownerOf("m1");
        directory.forgetOutputs();
        commands.give(CommandType.MERGE, jean, marie);
        assertThat(directory.sent(Topics.RECORDED_SALES)).isEmpty();
        sale("m2", SaleOperation.RECORD, null, People.named("Marie", "Roy").email("m@x.ca"));
        assertThat(ownerOf("m2")).isEqualTo(jean);

        commands.give(CommandType.UNMERGE, marie);

        assertThat(ownerOf("m2")).isEqualTo(marie);
        assertThat(directory.lastSent(Topics.RECORDED_SALES)).hasSize(1);
    }

    @Test
    void sales_that_name_the_tills_own_id_follow_its_record_and_those_that_name_the_customer_stay() {
        String jean = say(jean("a").withId("17"));
        say(jean("b").from("web"));
        sale("by-id", SaleOperation.RECORD, tills("17"), null);
        sale("by-customer", SaleOperation.RECORD, new CustomerReference(jean, null, null), null);
        CommandResult split = commands.split(jean, "till:i:17");
        assertThat(ownerOf("by-id")).isEqualTo(split.getCustomerIds().get(1));
        assertThat(ownerOf("by-customer")).isEqualTo(jean);
    }

    @Test
    void
            a_sale_that_was_given_to_somebody_else_does_not_follow_the_record_that_made_it_and_one_given_to_a_record_does() {
        sale("s1", jean("a"));
        sale("s2", jean("b"));
        String jean = ownerOf("s1");
        String marie = say(People.named("Marie", "Roy").email("m@x.ca").withId("5"));
        SaleState second = directory.get(StateTable.SALES, "main/till/s2");
        String record = second.getSale().getSourceKey();
        sale("s2", SaleOperation.REPLACE, new CustomerReference(marie, null, null), null);
        sale("s1", SaleOperation.REPLACE, null, jean("b"));
        CommandResult split = commands.split(jean, record);
        assertThat(ownerOf("s2")).isEqualTo(marie);
        assertThat(ownerOf("s1")).isEqualTo(split.getCustomerIds().get(1));
    }

    @Test
    void p11_a_look_up_that_turns_out_to_be_somebody_takes_its_sales_along() {
        String jean = say(People.named("Jean", "Tremblay").phone("514 842-1234").email("j@x.ca"));
        say(People.nameless().phone("514 842-1234").withId("9"));
        sale("s1", SaleOperation.RECORD, tills("9"), null);
        assertThat(ownerOf("s1")).isEqualTo(jean);
        String marie = say(
                People.named("Marie", "Roy").phone("514 842-1234").withId("9").at(1));
        assertThat(marie).isNotEqualTo(jean);
        assertThat(ownerOf("s1")).isEqualTo(marie);
        assertThat(customer(marie).getSold()).isTrue();
    }

    @Test
    void p10_what_the_old_holder_of_a_number_bought_stays_with_the_old_holder() {
        String jean = say(People.named("Jean", "Tremblay")
                .phone("514 842-1234")
                .email("j@x.ca")
                .at(-500));
        sale("old", People.nameless().phone("514 842-1234"));
        assertThat(ownerOf("old")).isEqualTo(jean);
        String marie = say(People.named("Marie", "Roy")
                .phone("514 842-1234")
                .email("m@x.ca")
                .at(400)
                .from("web"));
        assertThat(marie).isNotEqualTo(jean);
        assertThat(ownerOf("old")).isEqualTo(jean);
    }

    @Test
    void thousands_of_sales_follow_in_steps_and_a_second_split_meanwhile_is_not_lost() {
        int sales = 1_300;
        say(jean("x").from("web"));
        for (int i = 0; i < sales; i++) {
            sale("a" + i, jean("a"));
            sale("b" + i, jean("b"));
        }
        String jean = ownerOf("a0");
        SaleState ofA = directory.get(StateTable.SALES, "main/till/a0");
        SaleState ofB = directory.get(StateTable.SALES, "main/till/b0");
        String partA = commands.split(jean, ofA.getSale().getSourceKey())
                .getCustomerIds()
                .get(1);
        assertThat(directory.lastSent(Topics.RECORDED_SALES)).hasSizeLessThanOrEqualTo(SaleMoves.AT_ONCE);
        String partB = commands.split(jean, ofB.getSale().getSourceKey())
                .getCustomerIds()
                .get(1);
        assertThat(directory.all(StateTable.JOBS)).hasSize(2);
        assertThat(runJobs()).isBetween(4, 12);
        for (int i = 0; i < sales; i++) {
            assertThat(ownerOf("a" + i)).isEqualTo(partA);
            assertThat(ownerOf("b" + i)).isEqualTo(partB);
        }
    }
}
