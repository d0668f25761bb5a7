package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sales and commands that name a customer nobody has told of yet. */
class AwaitedTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(
            DirectoryMachine.create(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults()
                    .with(new ErasurePolicy(
                            List.of(SuppressionSecret.of("a secret that is long enough for anybody")),
                            false,
                            Duration.ofDays(1)))));
    private final Commands commands = new Commands(directory);
    private int events;

    private SaleEvent event(String saleId, SaleOperation operation, String tillsId) {
        return SaleEvent.newBuilder()
                .setEventId("e" + ++events)
                .setDirectoryId(People.DIRECTORY)
                .setSourceSystem("till")
                .setSaleId(saleId)
                .setOperation(operation)
                .setReference(tillsId == null ? null : new CustomerReference(null, tillsId, null))
                .setReceivedAt(People.RECEIVED)
                .setOccurredAt(People.DAY.plusSeconds(events))
                .build();
    }

    private RecordedSale sale(SaleEvent event) {
        directory.apply(new Input.Sale(event));
        return directory.lastSent(Topics.RECORDED_SALES).get(0);
    }

    private RecordedSale sale(String saleId, SaleOperation operation, String tillsId) {
        return sale(event(saleId, operation, tillsId));
    }

    private String say(People person) {
        directory.apply(person.said());
        return directory.sourceRecords().stream()
                .filter(held -> held.getRecordId().equals(person.submission().getRecordId()))
                .map(SourceRecordState::getCustomerId)
                .findFirst()
                .orElseThrow();
    }

    private static People jean(String id) {
        return People.named("Jean", "Tremblay").email(id + "@x.ca").withId(id).recordId("t/" + id);
    }

    private RecordedSale last(String saleId) {
        return (RecordedSale) directory
                .lastOutput(Topics.RECORDED_SALES, "main/till/" + saleId)
                .value();
    }

    private List<String> rejects() {
        return directory.lastSent(Topics.REJECTED).stream()
                .flatMap(reject -> reject.getErrors().stream())
                .map(Problem::getCode)
                .toList();
    }

    private long awaited() {
        DirectoryState state = directory.get(StateTable.DIRECTORIES, People.DIRECTORY);
        return state.getAwaited();
    }

    private void pass(Duration time) {
        directory.apply(new Input.Tick(People.DIRECTORY, People.RECEIVED.plus(time)));
    }

    private CommandResult command(CommandType type, String id, Map<String, String> arguments) {
        directory.apply(new Input.Command(vendors(type, id, arguments), People.RECEIVED));
        return directory.lastSent(Topics.COMMAND_RESULTS).get(0);
    }

    private static CustomerCommand vendors(CommandType type, String id, Map<String, String> arguments) {
        var command = new CustomerCommand();
        command.setCommandId(id);
        command.setDirectoryId(People.DIRECTORY);
        command.setType(type);
        command.setActor("till");
        command.setIssuedAt(People.RECEIVED);
        command.setRecordIds(new ArrayList<>());
        var all = new HashMap<>(arguments);
        all.put("source_system", "till");
        command.setArguments(all);
        return command;
    }

    private List<CommandResult> runJobs() {
        var answers = new ArrayList<CommandResult>();
        for (List<JobState> jobs = directory.all(StateTable.JOBS);
                !jobs.isEmpty();
                jobs = directory.all(StateTable.JOBS)) {
            directory.apply(
                    new Input.Continue(People.DIRECTORY, jobs.get(0).getJobId(), People.RECEIVED.plusSeconds(9)));
            answers.addAll(directory.lastSent(Topics.COMMAND_RESULTS));
        }
        return answers;
    }

    private CustomerState customer(String id) {
        return directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + id);
    }

    @Test
    void a_sale_that_overtakes_its_customer_is_recorded_without_one_and_again_when_the_customer_comes() {
        assertThat(sale("s1", SaleOperation.RECORD, "7").getCustomerId()).isNull();
        assertThat(rejects()).isEmpty();
        assertThat(awaited()).isOne();

        String jean = say(jean("7"));

        assertThat(directory.lastSent(Topics.RECORDED_SALES)).hasSize(1);
        assertThat(last("s1").getCustomerId()).isEqualTo(jean);
        assertThat(last("s1").getSourceKey()).isEqualTo("till:i:7");
        assertThat(customer(jean).getSold()).isTrue();
        assertThat(awaited()).isZero();
        assertThat(directory.all(StateTable.AWAITED)).isEmpty();
        assertThat(directory.all(StateTable.DUE))
                .noneMatch(due -> due.getCustomerId().startsWith("awaited/"));
    }

    @Test
    void it_ends_as_if_the_customer_had_come_first() {
        sale("s1", SaleOperation.RECORD, "7");
        sale("s2", SaleOperation.PAYMENT, "7");
        SaleEvent refund = event("r1", SaleOperation.REFUND, null);
        refund.setRefundOf("s1");
        sale(refund);
        String late = say(jean("7"));
        say(People.named("Marie", "Roy").email("m@x.ca").withId("8").recordId("t/8"));
        String marie = customerOf("till:i:8");
        assertThat(last("s2").getCustomerId()).isEqualTo(late);
        assertThat(last("r1").getCustomerId()).isEqualTo(late);
        sale("s2", SaleOperation.REPLACE, "8");
        assertThat(last("s2").getCustomerId()).isEqualTo(marie);
    }

    private String customerOf(String sourceKey) {
        SourceRecordState record = directory.get(StateTable.SOURCE_RECORDS, People.DIRECTORY + '/' + sourceKey);
        return record.getCustomerId();
    }

    @Test
    void whose_it_was_it_stays_until_the_one_who_replaces_them_is_told_of() {
        String jean = say(jean("7"));
        sale("s1", SaleOperation.RECORD, "7");
        assertThat(sale("s1", SaleOperation.REPLACE, "8").getCustomerId()).isEqualTo(jean);
        assertThat(rejects()).isEmpty();
        String marie =
                say(People.named("Marie", "Roy").email("m@x.ca").withId("8").recordId("t/8"));
        assertThat(last("s1").getCustomerId()).isEqualTo(marie);
    }

    @Test
    void a_later_correction_makes_an_end_of_waiting() {
        String jean = say(jean("7"));
        sale("s1", SaleOperation.RECORD, "8");
        sale("s1", SaleOperation.ATTACH, "7");
        say(People.named("Marie", "Roy").email("m@x.ca").withId("8").recordId("t/8"));
        assertThat(last("s1").getCustomerId()).isEqualTo(jean);
        sale("s2", SaleOperation.RECORD, "9");
        sale("s2", SaleOperation.REMOVE, null);
        say(People.named("Luc", "Roy").email("l@x.ca").withId("9").recordId("t/9"));
        assertThat(last("s2").getCustomerId()).isNull();
    }

    @Test
    void after_a_week_it_is_reported_and_nothing_waits_any_more() {
        sale("s1", SaleOperation.RECORD, "7");
        pass(Duration.ofDays(6));
        assertThat(rejects()).isEmpty();
        SaleEvent later = event("s2", SaleOperation.RECORD, "7");
        later.setReceivedAt(People.RECEIVED.plus(Duration.ofDays(6)));
        sale(later);
        pass(Duration.ofDays(7));
        assertThat(rejects()).containsExactly("UNKNOWN_CUSTOMER");
        assertThat(awaited()).isOne();
        pass(Duration.ofDays(13));
        assertThat(rejects()).containsExactly("UNKNOWN_CUSTOMER");
        assertThat(awaited()).isZero();
        assertThat(directory.all(StateTable.AWAITED)).isEmpty();
        assertThat(directory.all(StateTable.DUE)).isEmpty();
        say(jean("7"));
        assertThat(last("s1").getCustomerId()).isNull();
    }

    private SaleEvent byCard(String saleId, String card) {
        SaleEvent event = event(saleId, SaleOperation.RECORD, null);
        event.setReference(new CustomerReference(null, null, card));
        return event;
    }

    @Test
    void a_sale_with_a_card_nobody_has_is_theirs_whoever_is_first_told_to_have_it() {
        assertThat(sale(byCard("s1", "2900012345")).getCustomerId()).isNull();
        sale(byCard("s2", "77"));
        assertThat(rejects()).isEmpty();
        assertThat(directory.snapshot().get(StateTable.AWAITED.name()).keySet())
                .as("a card may be a phone number")
                .noneMatch(key -> key.contains("2900012345"));

        String jean = say(jean("7"));
        assertThat(awaited()).isEqualTo(2);
        assertThat(say(jean("7").card("2900012345"))).isEqualTo(jean);
        assertThat(last("s1").getCustomerId()).isEqualTo(jean);
        assertThat(last("s1").getSourceKey()).as("as if it had been known").isNull();
        assertThat(customer(jean).getSold()).isTrue();
        assertThat(directory.images().get(jean).getConsents()).as("P39").isNotEmpty();

        String marie = say(People.named("Marie", "Roy")
                .email("m@x.ca")
                .card("77")
                .from("web")
                .recordId("w/1"));
        assertThat(last("s2").getCustomerId()).isEqualTo(marie);
        assertThat(awaited()).isZero();
        assertThat(directory.all(StateTable.AWAITED)).isEmpty();
        assertThat(directory.all(StateTable.DUE))
                .noneMatch(due -> due.getCustomerId().startsWith("awaited/"));
    }

    @Test
    void a_card_that_a_person_writes_down_is_one_that_was_waited_for() {
        String jean = say(jean("7"));
        sale(byCard("s1", "77"));
        commands.values(CommandType.EDIT, jean, People.nameless().card("77"));
        assertThat(last("s1").getCustomerId()).isEqualTo(jean);
    }

    @Test
    void a_card_is_reported_after_a_week_and_one_of_an_erased_person_or_an_unknown_id_of_ours_at_once() {
        sale(byCard("s1", "77"));
        pass(Awaited.PATIENCE);
        assertThat(rejects()).containsExactly("UNKNOWN_CUSTOMER");
        assertThat(directory.all(StateTable.AWAITED)).isEmpty();

        String luc = say(People.named("Luc", "Roy").email("l@x.ca").card("88").recordId("t/8"));
        commands.give(CommandType.ERASE, luc);
        runJobs();
        sale(byCard("s2", "88"));
        assertThat(rejects()).containsExactly("UNKNOWN_CUSTOMER");
        SaleEvent ours = event("s3", SaleOperation.RECORD, null);
        ours.setReference(new CustomerReference("C-99999", null, null));
        sale(ours);
        assertThat(rejects()).containsExactly("UNKNOWN_CUSTOMER");
        assertThat(awaited()).isZero();
    }

    @Test
    void more_than_a_hundred_that_wait_for_one_record_are_reported_at_once() {
        for (int i = 0; i < Awaited.MOST; i++) {
            sale("s" + i, SaleOperation.RECORD, "7");
            assertThat(rejects()).isEmpty();
        }
        sale("more", SaleOperation.RECORD, "7");
        assertThat(rejects()).containsExactly("UNKNOWN_CUSTOMER");
        String jean = say(jean("7"));
        assertThat(directory.lastSent(Topics.RECORDED_SALES))
                .hasSize(Awaited.MOST)
                .allSatisfy(sale -> assertThat(sale.getCustomerId()).isEqualTo(jean));
    }

    @Test
    void p41_nothing_waits_for_somebody_who_was_erased() {
        String jean = say(jean("7"));
        commands.give(CommandType.ERASE, jean);
        runJobs();
        assertThat(sale("s1", SaleOperation.RECORD, "7").getSourceKey()).isNull();
        assertThat(rejects()).containsExactly("UNKNOWN_CUSTOMER");
        assertThat(awaited()).isZero();
    }

    @Test
    void the_sales_of_a_record_that_waited_go_with_it_when_it_is_split_off() {
        sale("s1", SaleOperation.RECORD, "7");
        sale("s2", SaleOperation.RECORD, "7");
        String jean =
                say(People.named("Jean", "Tremblay").email("7@x.ca").from("web").recordId("w/1"));
        assertThat(say(jean("7"))).isEqualTo(jean);
        CommandResult split = commands.split(jean, "till:i:7");
        assertThat(last("s1").getCustomerId())
                .isEqualTo(split.getCustomerIds().get(1))
                .isEqualTo(last("s2").getCustomerId());
    }

    @Test
    void p39_a_purchase_that_waited_implies_consent_as_if_it_had_not() {
        sale("s1", SaleOperation.RECORD, "7");
        String jean = say(jean("7"));
        assertThat(directory.images().get(jean).getConsents()).isNotEmpty();
    }

    @Test
    void a_merge_waits_for_both_whatever_order_they_come_in() {
        Map<String, String> merge = Map.of("source_customer_id", "8", "other_source_customer_id", "7");
        assertThat(command(CommandType.MERGE, "m1", merge).getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        String jean = say(jean("7"));
        assertThat(runJobs()).isEmpty();
        String marie =
                say(People.named("Marie", "Roy").email("m@x.ca").withId("8").recordId("t/8"));
        assertThat(runJobs()).extracting(CommandResult::getStatus).containsExactly(CommandStatus.DONE);
        assertThat(customer(jean).getMergedInto()).isEqualTo(marie);
        assertThat(awaited()).isZero();
    }

    @Test
    void a_merge_whose_first_record_comes_goes_on_waiting_for_the_other() {
        command(CommandType.MERGE, "m1", Map.of("source_customer_id", "7", "other_source_customer_id", "8"));
        String jean = say(jean("7"));
        assertThat(runJobs()).extracting(CommandResult::getStatus).containsExactly(CommandStatus.ACCEPTED);
        String marie =
                say(People.named("Marie", "Roy").email("m@x.ca").withId("8").recordId("t/8"));
        assertThat(runJobs()).extracting(CommandResult::getStatus).containsExactly(CommandStatus.DONE);
        assertThat(customer(marie).getMergedInto()).isEqualTo(jean);
    }

    @Test
    void a_command_about_somebody_who_never_comes_is_answered_not_found() {
        command(CommandType.ARCHIVE, "a1", Map.of("source_customer_id", "7"));
        pass(Awaited.PATIENCE);
        assertThat(directory.lastSent(Topics.COMMAND_RESULTS))
                .extracting(CommandResult::getStatus)
                .containsExactly(CommandStatus.NOT_FOUND);
    }

    @Test
    void an_erasure_that_a_shop_asks_for_is_done_if_only_that_shop_told_of_them_and_else_put_to_a_person() {
        Map<String, String> redact = Map.of("source_customer_id", "7", "unless_shared", "true");
        command(CommandType.ERASE, "r1", redact);
        String jean = say(jean("7"));
        assertThat(runJobs()).extracting(CommandResult::getStatus).endsWith(CommandStatus.DONE);
        assertThat(customer(jean).getStatus()).isEqualTo(CustomerStatus.ERASED);

        String luc = say(People.named("Luc", "Roy").email("l@x.ca").withId("9").recordId("t/9"));
        say(People.named("Luc", "Roy").email("l@x.ca").from("web").recordId("w/9"));
        commands.give(CommandType.ARCHIVE, luc);
        CommandResult asked =
                command(CommandType.ERASE, "r2", Map.of("source_customer_id", "9", "unless_shared", "true"));
        assertThat(asked.getCode()).isEqualTo("LEFT_TO_A_PERSON");
        Review review = directory
                .sent(Topics.REVIEWS)
                .get(directory.sent(Topics.REVIEWS).size() - 1);
        assertThat(review.getKind()).isEqualTo(ReviewKind.ERASURE_REQUEST);
        assertThat(review.getStatus()).isEqualTo(ReviewStatus.OPEN);
        commands.give(CommandType.ERASE, luc);
        runJobs();
        Review closed = directory.get(StateTable.REVIEWS, People.DIRECTORY + '/' + review.getReviewId());
        assertThat(closed.getStatus()).isEqualTo(ReviewStatus.OBSOLETE);
    }

    @Test
    void p41_an_erasure_that_waited_and_failed_is_kept_and_done_at_the_next_start() {
        command(CommandType.ERASE, "r1", Map.of("source_customer_id", "7"));
        String jean = say(jean("7"));
        String job = directory.all(StateTable.JOBS).get(0).getJobId();
        directory.apply(new Input.Abandon(People.DIRECTORY, job, People.RECEIVED));
        assertThat(directory.lastSent(Topics.COMMAND_RESULTS))
                .extracting(CommandResult::getCode)
                .containsExactly("FAILED_MIDWAY");
        assertThat(runJobs()).extracting(CommandResult::getStatus).endsWith(CommandStatus.DONE);
        assertThat(customer(jean).getStatus()).isEqualTo(CustomerStatus.ERASED);
    }

    @Test
    void where_nobody_can_be_erased_what_a_shop_asks_for_is_put_to_a_person_and_not_refused_to_nobody() {
        var without = new InMemoryDirectory(
                DirectoryMachine.create(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults()));
        without.apply(jean("7").said());
        Map<String, String> redact = Map.of("source_customer_id", "7", "unless_shared", "true");
        without.apply(new Input.Command(vendors(CommandType.ERASE, "r1", redact), People.RECEIVED));
        assertThat(without.lastSent(Topics.COMMAND_RESULTS).get(0).getCode()).isEqualTo("LEFT_TO_A_PERSON");
        assertThat(without.lastSent(Topics.REVIEWS))
                .extracting(Review::getKind, Review::getStatus)
                .containsExactly(tuple(ReviewKind.ERASURE_REQUEST, ReviewStatus.OPEN));
    }

    @Test
    void p33_what_a_person_asks_for_through_a_shop_follows_the_record_of_that_shop() {
        String both =
                say(People.named("Jean", "Tremblay").email("7@x.ca").from("web").recordId("w/1"));
        assertThat(say(jean("7"))).isEqualTo(both);
        for (CommandType type : List.of(CommandType.DATA_REQUEST, CommandType.ERASE)) {
            command(type, type.name(), Map.of("source_customer_id", "7", "unless_shared", "true"));
            assertThat(directory.lastSent(Topics.REVIEWS).get(0).getSourceKeys())
                    .as(type.name())
                    .containsExactly("till:i:7");
        }
        CommandResult split = commands.split(both, "till:i:7");
        assertThat(directory.all(StateTable.REVIEWS)).hasSize(2).allSatisfy(review -> assertThat(
                        review.getCustomerIds())
                .containsExactly(split.getCustomerIds().get(1)));
    }

    @Test
    void a_request_for_data_is_put_to_a_person_each_time_it_is_made() {
        say(jean("7"));
        Map<String, String> person = Map.of("source_customer_id", "7");
        assertThat(command(CommandType.DATA_REQUEST, "d1", person).getStatus()).isEqualTo(CommandStatus.DONE);
        Review review = directory.lastSent(Topics.REVIEWS).get(0);
        assertThat(review.getKind()).isEqualTo(ReviewKind.DATA_REQUEST);
        commands.review(CommandType.REVIEW_IGNORE, review.getReviewId());
        command(CommandType.DATA_REQUEST, "d2", person);
        assertThat(directory.lastSent(Topics.REVIEWS).get(0).getStatus()).isEqualTo(ReviewStatus.OPEN);
    }
}
