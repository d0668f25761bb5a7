package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ignore, merge, merge all (E3). */
class ReviewCommandsTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private final Commands commands = new Commands(directory);

    /** Two who share a phone and a family name: a question for a person. */
    private Review question(int n) {
        String phone = String.format("51455%05d", n);
        directory.apply(People.named("Anne", "Roy")
                .phone(phone)
                .email("anne" + n + "@x.ca")
                .recordId("a" + n)
                .said());
        directory.apply(People.named("A", "Roy").phone(phone).recordId("b" + n).said());
        return directory.lastSent(Topics.REVIEWS).get(0);
    }

    private Review held(Review review) {
        return directory.get(StateTable.REVIEWS, People.DIRECTORY + '/' + review.getReviewId());
    }

    private CustomerState customer(String id) {
        return directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + id);
    }

    @Test
    void p14_an_ignored_question_is_never_asked_again_and_its_customers_never_merged_by_a_rule() {
        Review review = question(1);
        CommandResult result = commands.review(CommandType.REVIEW_IGNORE, review.getReviewId());
        assertThat(result.getStatus()).isEqualTo(CommandStatus.DONE);
        Review sent = directory.lastSent(Topics.REVIEWS).get(0);
        assertThat(sent.getStatus()).isEqualTo(ReviewStatus.IGNORED);
        assertThat(sent.getClosedBy()).isEqualTo("alice");
        List<String> ids = review.getCustomerIds();
        assertThat(Distinctions.areApart(customer(ids.get(0)), customer(ids.get(1))))
                .isTrue();
        directory.apply(People.named("A", "Roy")
                .phone("5145500001")
                .email("anne1@x.ca")
                .at(2)
                .said());
        assertThat(directory.lastSent(Topics.REVIEWS))
                .allSatisfy(r -> assertThat(r.getCustomerIds()).isNotEqualTo(ids));
        assertThat(commands.review(CommandType.REVIEW_IGNORE, review.getReviewId())
                        .getCode())
                .isEqualTo("REVIEW_CLOSED");
    }

    @Test
    void a_merge_takes_the_oldest_unless_one_is_chosen() {
        Review one = question(1);
        assertThat(commands.review(CommandType.REVIEW_MERGE, one.getReviewId()).getStatus())
                .isEqualTo(CommandStatus.DONE);
        assertThat(held(one).getStatus()).isEqualTo(ReviewStatus.MERGED);
        assertThat(held(one).getClosedBy()).isEqualTo("alice");
        Review two = question(2);
        CustomerCommand chosen = commands.of(CommandType.REVIEW_MERGE, "C-00004");
        chosen.setReviewId(two.getReviewId());
        String primary = commands.give(chosen).getCustomerIds().get(0);
        assertThat(directory.lastSent(Topics.CHANGES).get(0).getToIds()).hasSize(1);
        assertThat(directory.customers())
                .filteredOn(c -> c.getStatus() == CustomerStatus.ACTIVE)
                .extracting(CustomerState::getCode)
                .containsExactlyInAnyOrder("C-00001", "C-00004");
        assertThat(primary).isNotEmpty();
    }

    @Test
    void reviews_that_do_not_exist_or_are_closed_have_clear_answers() {
        assertThat(commands.review(CommandType.REVIEW_MERGE, null).getCode()).isEqualTo("MISSING_ARGUMENT");
        assertThat(commands.review(CommandType.REVIEW_MERGE, "rev_none").getStatus())
                .isEqualTo(CommandStatus.NOT_FOUND);
        assertThat(commands.review(CommandType.REVIEW_IGNORE, "rev_none").getCode())
                .isEqualTo("UNKNOWN_REVIEW");
        Review review = question(1);
        commands.give(
                CommandType.MERGE,
                review.getCustomerIds().get(0),
                review.getCustomerIds().get(1));
        assertThat(commands.review(CommandType.REVIEW_MERGE, review.getReviewId())
                        .getCode())
                .isEqualTo("REVIEW_CLOSED");
    }

    /** Feeds steps until no job is left. */
    private int runJobs() {
        int steps = 0;
        while (!directory.all(StateTable.JOBS).isEmpty()) {
            JobState job = directory.all(StateTable.JOBS).get(0);
            directory.apply(new Input.Continue(People.DIRECTORY, job.getJobId(), commands.now()));
            steps++;
        }
        return steps;
    }

    @Test
    void merge_all_goes_in_bounded_steps_and_answers_at_the_end() {
        int questions = 450;
        for (int i = 0; i < questions; i++) {
            question(i);
        }
        Review ignored = question(1_000);
        commands.review(CommandType.REVIEW_IGNORE, ignored.getReviewId());
        directory.forgetOutputs();

        CustomerCommand all = commands.of(CommandType.REVIEW_MERGE_ALL, null);
        CommandResult accepted = commands.give(all);
        assertThat(accepted.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();
        int steps = runJobs();
        assertThat(steps).isBetween(3, 4);
        List<CommandResult> results = directory.sent(Topics.COMMAND_RESULTS);
        assertThat(results).hasSize(2);
        CommandResult done = results.get(1);
        assertThat(done.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(done.getCommandId()).isEqualTo(all.getCommandId());
        assertThat(done.getMessage()).isEqualTo(questions + " reviews merged, 0 left as they are.");
        assertThat(directory.customers())
                .filteredOn(c -> c.getStatus() == CustomerStatus.ACTIVE)
                .hasSize(questions + 2);
        assertThat(held(ignored).getStatus()).isEqualTo(ReviewStatus.IGNORED);
        // Each step is an input of its own: its images end with the flag.
        assertThat(directory.outputs()).filteredOn(Output::lastOfInput).hasSizeBetween(3, steps);
        assertThat(commands.give(all)).isEqualTo(done);
    }

    @Test
    void a_step_that_was_cut_off_is_done_again_and_one_for_a_job_that_is_over_does_nothing() {
        question(1);
        CustomerCommand all = commands.of(CommandType.REVIEW_MERGE_ALL, null);
        commands.give(all);
        var next = new Input.Continue(People.DIRECTORY, all.getCommandId(), commands.now());
        assertThat(directory.apply(next)).isNotEmpty();
        assertThat(directory.apply(next)).isEmpty();
    }

    @Test
    void a_job_that_fails_ends_with_an_answer() {
        CustomerCommand all = commands.of(CommandType.REVIEW_MERGE_ALL, null);
        commands.give(all);
        directory.apply(new Input.Abandon(People.DIRECTORY, all.getCommandId(), commands.now()));
        assertThat(directory.lastSent(Topics.COMMAND_RESULTS).get(0).getStatus())
                .isEqualTo(CommandStatus.FAILED);
        assertThat(directory.all(StateTable.JOBS)).isEmpty();
    }

    @Test
    void merge_all_leaves_customers_apart_that_a_person_called_different_even_through_a_third() {
        Review one = question(1);
        String anne = one.getCustomerIds().get(0);
        String alice = one.getCustomerIds().get(1);
        commands.review(CommandType.REVIEW_IGNORE, one.getReviewId());
        directory.apply(People.named("An", "Roy").phone("5145500001").said());
        Review third = directory.lastSent(Topics.REVIEWS).get(0);
        assertThat(third.getCustomerIds()).contains(anne, alice);
        commands.give(CommandType.REVIEW_MERGE_ALL, null);
        runJobs();
        assertThat(customer(anne).getMergedInto()).isNull();
        assertThat(customer(alice).getMergedInto()).isNull();
        assertThat(held(third).getStatus()).isEqualTo(ReviewStatus.OPEN);
    }
}
