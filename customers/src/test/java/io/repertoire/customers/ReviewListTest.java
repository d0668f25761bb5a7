package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A customer about whom there are more questions than its own value holds: all of them follow it (P33). */
class ReviewListTest {

    private static final int QUESTIONS = 400;

    private final DirectoryPolicy policy =
            DirectoryPolicy.defaults().with(MatchPolicy.defaults().withMaxRecords(1));
    private final InMemoryDirectory directory = new InMemoryDirectory(
            new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.bySpelling(), id -> policy));
    private final Commands commands = new Commands(directory);

    /** One customer that takes nobody in, and many rows that name it by our own id. */
    private String asked() {
        directory.apply(People.named("Anne", "Roy").email("anne@x.ca").said());
        String anne = directory.customers().get(0).getCustomerId();
        directory.apply(People.start("i", ImportMode.CREATE_ONLY, null));
        for (int i = 0; i < QUESTIONS; i++) {
            directory.apply(People.named("Anne", "Roy")
                    .ours(anne, null)
                    .attribute("n", "" + i)
                    .from("repertoire")
                    .row("i", "s", i + 2)
                    .said());
        }
        return anne;
    }

    private Map<String, Review> held() {
        var reviews = new TreeMap<String, Review>();
        directory.all(StateTable.REVIEWS).forEach(review -> reviews.put(review.getReviewId(), review));
        return reviews;
    }

    private CustomerState customer(String id) {
        return directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + id);
    }

    private void runJobs() {
        for (List<JobState> jobs = directory.all(StateTable.JOBS);
                !jobs.isEmpty();
                jobs = directory.all(StateTable.JOBS)) {
            directory.apply(new Input.Continue(People.DIRECTORY, jobs.get(0).getJobId(), commands.now()));
        }
    }

    @Test
    void p33_every_question_beyond_the_fiftieth_is_asked_and_follows_when_its_customer_is_put_away_and_comes_back() {
        String anne = asked();
        assertThat(held()).hasSize(QUESTIONS).allSatisfy((id, review) -> assertThat(review.getStatus())
                .isEqualTo(ReviewStatus.OPEN));
        assertThat(directory.sent(Topics.REVIEWS)).hasSize(QUESTIONS);
        assertThat(customer(anne).getOpenReviews()).hasSize(ReviewList.FIRST);

        commands.give(CommandType.ARCHIVE, anne);
        assertThat(held())
                .allSatisfy((id, review) -> assertThat(review.getStatus()).isEqualTo(ReviewStatus.OBSOLETE));
        commands.give(CommandType.UNARCHIVE, anne);
        assertThat(held())
                .allSatisfy((id, review) -> assertThat(review.getStatus()).isEqualTo(ReviewStatus.OPEN));
    }

    @Test
    void p33_they_follow_through_a_merge_and_back() {
        String anne = asked();
        directory.apply(People.named("Zoé", "Roy").email("zoe@x.ca").said());
        String zoe = directory.images().values().stream()
                .filter(c -> "Zoé".equals(c.getGivenName()))
                .findFirst()
                .orElseThrow()
                .getCustomerId();
        commands.give(CommandType.MERGE, zoe, anne);
        assertThat(held())
                .allSatisfy((id, review) ->
                        assertThat(review.getCustomerIds()).contains(zoe).doesNotContain(anne));
        commands.give(CommandType.UNMERGE, anne);
        assertThat(held())
                .allSatisfy((id, review) ->
                        assertThat(review.getCustomerIds()).contains(anne).doesNotContain(zoe));
    }

    @Test
    void p33_an_erasure_closes_all_of_them_and_leaves_no_page() {
        var secret = new ErasurePolicy(
                List.of(SuppressionSecret.of("a secret of the tests")), false, java.time.Duration.ofHours(1));
        String anne = asked();
        var now = directory.under(
                new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.bySpelling(), id -> policy.with(secret)));
        var erase = new Commands(now);
        erase.give(CommandType.ERASE, anne);
        assertThat(now.all(StateTable.JOBS)).isEmpty();
        assertThat(now.all(StateTable.REVIEWS))
                .allSatisfy(review -> assertThat(review.getStatus()).isEqualTo(ReviewStatus.OBSOLETE));
        assertThat(now.all(StateTable.MEMBER_PAGES)).isEmpty();
        CustomerState gone = now.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + anne);
        assertThat(gone.getStatus()).isEqualTo(CustomerStatus.ERASED);
        assertThat(gone.getOpenReviews()).isEmpty();
    }

    @Test
    void p33_a_person_can_answer_every_one_of_them_at_once() {
        asked();
        commands.review(CommandType.REVIEW_MERGE_ALL, null);
        runJobs();
        assertThat(held())
                .allSatisfy((id, review) -> assertThat(review.getStatus()).isEqualTo(ReviewStatus.MERGED));
    }
}
