package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What random histories against the slow model brought to light, each as a story of its own. */
class FoundByTheModelTest {

    private InMemoryDirectory directory = directory(DirectoryPolicy.defaults());
    private Commands commands = new Commands(directory);

    private static InMemoryDirectory directory(DirectoryPolicy policy) {
        DirectoryPolicy erasing = policy.with(new ErasurePolicy(
                List.of(SuppressionSecret.of("a secret that is long enough for anybody")), false, Duration.ofDays(1)));
        return new InMemoryDirectory(DirectoryMachine.create(new PlainNormaliser(), id -> erasing));
    }

    private void narrow(int maxPhones, int emailDegree) {
        directory = directory(new DirectoryPolicy("CA", Set.of(), Set.of(), 5, maxPhones, emailDegree, 4, true));
        commands = new Commands(directory);
    }

    /** @return whose it became */
    private String hear(People said) {
        directory.apply(said.said());
        List<SourceRecordState> put = directory.lastPut(StateTable.SOURCE_RECORDS);
        return put.get(put.size() - 1).getCustomerId();
    }

    private void done(CommandType type, String one, String other) {
        assertThat(commands.give(type, one, other).getStatus()).isEqualTo(CommandStatus.DONE);
    }

    private Customer image(String id) {
        return directory.images().get(id);
    }

    private Review review(ReviewKind kind) {
        return directory.all(StateTable.REVIEWS).stream()
                .filter(r -> r.getKind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void p33_a_question_of_two_of_whom_one_was_erased_is_not_opened_again_by_what_happens_to_the_other() {
        String marie = hear(People.named("Marie", "Roy").email("m@x.ca"));
        String luc = hear(People.named("Luc", "Roy").email("m@x.ca"));
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getStatus()).isEqualTo(ReviewStatus.OPEN);
        commands.give(CommandType.ERASE, luc);
        commands.give(CommandType.ARCHIVE, marie);
        commands.give(CommandType.UNARCHIVE, marie);
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getStatus()).isEqualTo(ReviewStatus.OBSOLETE);
    }

    @Test
    void p33_such_a_question_is_listed_with_whoever_holds_the_other_and_comes_back_when_they_are_taken_apart() {
        String marie = hear(People.named("Marie", "Roy").email("m@x.ca"));
        String luc = hear(People.named("Luc", "Roy").email("m@x.ca"));
        String zoe = hear(People.named("Zoé", "Gagnon").email("z@x.ca"));
        String asked = review(ReviewKind.POSSIBLE_DUPLICATE).getReviewId();
        commands.give(CommandType.ERASE, luc);
        done(CommandType.MERGE, zoe, marie);
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getCustomerIds()).containsExactlyInAnyOrder(luc, zoe);
        assertThat(listed(zoe)).containsExactly(asked);
        done(CommandType.UNMERGE, zoe, marie);
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getCustomerIds()).containsExactlyInAnyOrder(luc, marie);
        assertThat(listed(zoe)).isEmpty();
        assertThat(listed(marie)).containsExactly(asked);
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getStatus()).isEqualTo(ReviewStatus.OBSOLETE);
    }

    private List<String> listed(String customer) {
        return directory
                .get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + customer)
                .getOpenReviews();
    }

    @Test
    void p14_what_was_said_of_a_look_up_goes_with_it_to_whom_it_turns_out_to_be() {
        String luc = hear(People.named("Luc", "Bouchard").email("l@x.ca").phone("5145550001"));
        assertThat(hear(People.nameless().withId("1").phone("5145550001"))).isEqualTo(luc);
        String marie = hear(People.named("Marie", "Gagnon").email("t@x.ca"));
        done(CommandType.DISTINCT, luc, marie);
        String jean = hear(People.named("Jean", "Roy").email("t@x.ca"));
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getCustomerIds()).containsExactlyInAnyOrder(jean, marie);
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getStatus()).isEqualTo(ReviewStatus.OPEN);
        assertThat(hear(People.named("Jean", "Roy").withId("1").email("t@x.ca").at(1)))
                .isEqualTo(jean);
        assertThat(review(ReviewKind.POSSIBLE_DUPLICATE).getStatus()).isEqualTo(ReviewStatus.IGNORED);
    }

    @Test
    void p26_of_two_emails_set_by_hand_the_later_one_is_primary_however_lately_a_file_says_the_other() {
        String a = hear(People.named("Marie", "Roy").withId("1"));
        String b = hear(People.named("Marie", "Roy").withId("2"));
        commands.values(CommandType.EDIT, a, People.nameless().email("first@x.ca"));
        commands.values(CommandType.EDIT, b, People.nameless().email("second@x.ca"));
        done(CommandType.MERGE, a, b);
        directory.apply(new Input.Submission(lately(People.named("Marie", "Roy").email("first@x.ca"))));
        List<Email> emails = image(a).getEmails();
        assertThat(emails).extracting(Email::getValue).containsExactly("second@x.ca", "first@x.ca");
    }

    /** A year after everything else. */
    private static io.repertoire.schemas.CustomerSubmission lately(People said) {
        var submission = said.at(365).submission();
        submission.setReceivedAt(People.RECEIVED.plus(Duration.ofDays(400)));
        return submission;
    }

    @Test
    void a_group_added_by_hand_is_shown_though_somebody_took_an_absorbed_customer_out_of_it() {
        String a = hear(People.named("Marie", "Roy").withId("1"));
        String b = hear(People.named("Marie", "Roy").withId("2").group("vip"));
        assertThat(commands.group(CommandType.GROUP_REMOVE, b, "vip").getStatus())
                .isEqualTo(CommandStatus.DONE);
        done(CommandType.MERGE, a, b);
        assertThat(image(a).getGroups()).isEmpty();
        assertThat(commands.group(CommandType.GROUP_ADD, a, "vip").getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(image(a).getGroups()).extracting(g -> g.getName()).containsExactly("vip");
    }

    @Test
    void p31_the_same_row_twice_at_one_time_says_nothing_more_than_once() {
        People first =
                People.named("Marie", "Roy").withId("1").phone("5145550001").email("m@x.ca");
        String marie = hear(first.at(0).row("i1", "a", 2));
        hear(People.named("Marie", "Roy")
                .phone("5145550002")
                .email("m@x.ca")
                .at(5)
                .row("i1", "a", 3));
        // Says the number again, so that its time stays; and once more on a later line.
        hear(People.named("Marie", "Roy").withId("1").phone("5145550001").at(10).row("i1", "a", 4));
        Customer once = image(marie);
        directory.apply(People.named("Marie", "Roy")
                .withId("1")
                .phone("5145550001")
                .at(10)
                .row("i1", "a", 5)
                .said());
        assertThat(directory.lastSent(Topics.ROW_OUTCOMES).get(0).getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
        assertThat(image(marie).getPhones()).isEqualTo(once.getPhones());
        assertThat(once.getPhones().get(0).getE164()).isEqualTo("+15145550002");
    }

    @Test
    void a_late_version_asks_nothing_about_a_recycled_id() {
        hear(People.named("Marie", "Roy")
                .withId("1")
                .email("m@x.ca")
                .phone("5145550001")
                .at(10));
        directory.apply(People.named("Luc", "Côté")
                .withId("1")
                .email("l@x.ca")
                .phone("5145550002")
                .title("Dr")
                .at(1)
                .said());
        assertThat(directory.lastSent(Topics.REVIEWS)).isEmpty();
    }

    @Test
    void p4_a_customer_that_a_split_makes_counts_by_its_name_and_what_joined_by_that_alone_is_asked_about() {
        narrow(5, 2);
        String marie = hear(People.named("Marie", "Roy").email("m@x.ca").withId("1"));
        hear(People.named("Marie", "Roy").email("m@x.ca").title("again"));
        hear(People.named("Luc", "Côté").email("m@x.ca"));
        String sophie =
                hear(People.named("Sophie", "Gagnon").phone("5145550009").withId("2"));
        done(CommandType.MERGE, marie, sophie);
        String typed = hear(
                People.named("Sophie", "Gagnon").withId("2").email("m@x.ca").at(3));
        assertThat(typed).isEqualTo(marie);
        assertThat(image(marie).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.OK);
        String key = directory.sourceRecords().stream()
                .filter(r -> "2".equals(r.getSourceCustomerId()))
                .findFirst()
                .orElseThrow()
                .getSourceKey();
        commands.split(marie, key);
        assertThat(image(marie).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.SHARED);
        assertThat(directory.lastSent(Topics.REVIEWS))
                .extracting(Review::getKind)
                .contains(ReviewKind.SHARED_IDENTIFIER);
    }

    @Test
    void p4_a_record_that_is_split_off_is_not_counted_twice() {
        narrow(5, 1);
        String marie = hear(People.named("Marie", "Roy").email("m@x.ca").withId("1"));
        String luc = hear(People.named("Luc", "Côté").email("l@x.ca").withId("2"));
        done(CommandType.MERGE, marie, luc);
        String key = directory.sourceRecords().stream()
                .filter(r -> "2".equals(r.getSourceCustomerId()))
                .findFirst()
                .orElseThrow()
                .getSourceKey();
        commands.split(marie, key);
        assertThat(directory.sent(Topics.DIRECTORY))
                .flatExtracting(Customer::getEmails)
                .extracting(Email::getQuality)
                .containsOnly(ContactQuality.OK);
    }

    @Test
    void p14_what_was_said_of_a_third_stays_said_when_it_is_taken_back_between_two() {
        String a = hear(People.named("Marie", "Roy").withId("1"));
        String third = hear(People.named("Marie", "Roy").withId("3").phone("5145550003"));
        done(CommandType.MERGE, a, third);
        String b = hear(People.named("Marie", "Roy").withId("2").email("m@x.ca"));
        done(CommandType.DISTINCT, a, b);
        String thirdKey = directory.sourceRecords().stream()
                .filter(r -> "3".equals(r.getSourceCustomerId()))
                .findFirst()
                .orElseThrow()
                .getSourceKey();
        commands.split(a, thirdKey);
        // Taken back between a and b, and only there; then they come apart again.
        done(CommandType.MERGE, a, b);
        assertThat(commands.give(CommandType.UNMERGE, null, b).getStatus()).isEqualTo(CommandStatus.DONE);
        hear(People.named("Marie", "Roy").email("m@x.ca").phone("5145550003"));
        String owner = directory.sourceRecords().stream()
                .filter(r -> r.getSourceKey().equals(thirdKey))
                .findFirst()
                .orElseThrow()
                .getCustomerId();
        assertThat(owner).isNotEqualTo(b);
        assertThat(image(b).getMergedIds()).isEmpty();
        assertThat(image(owner).getMergedIds()).doesNotContain(b);
    }

    @Test
    void p9_where_not_all_fit_into_one_customer_the_oldest_are_united_first() {
        narrow(2, 3);
        String older = hear(People.named("Marie", "Roy").email("o@x.ca").phone("5145550001"));
        String younger = hear(People.named("Marie", "Roy").email("y@x.ca").phone("5145550002"));
        hear(People.named("Marie", "Roy").email("y@x.ca").phone("5145550003"));
        // The older comes to the number after the younger. Together they would have three, and two are allowed.
        hear(People.named("Marie", "Roy").email("o@x.ca").phone("5145550002"));
        String third = hear(People.named("Marie", "Roy").externalId("square", "7"));
        hear(People.named("Marie", "Roy").externalId("square", "7").phone("5145550002"));
        assertThat(image(third).getMergedInto()).isEqualTo(older);
        assertThat(image(younger).getMergedInto()).isNull();
    }

    @Test
    void p41_an_address_that_was_many_peoples_is_suppressed_alike_however_many_records_of_the_last_hold_it() {
        for (int records = 1; records <= 2; records++) {
            narrow(5, 1);
            String marie = hear(People.named("Marie", "Roy").email("m@x.ca").withId("1"));
            if (records == 2) {
                hear(People.named("Marie", "Roy").email("m@x.ca").title("again"));
            }
            String luc = hear(People.named("Luc", "Côté").email("m@x.ca").withId("2"));
            assertThat(image(luc).getEmails().get(0).getQuality()).isEqualTo(ContactQuality.SHARED);
            commands.give(CommandType.ERASE, luc);
            directory.apply(People.named("Zoé", "Gagnon").email("m@x.ca").said());
            List<Customer> zoe = directory.lastSent(Topics.DIRECTORY);
            assertThat(zoe).as("it is Marie's too, so others still get in").hasSize(1);
            commands.give(CommandType.ERASE, zoe.get(0).getCustomerId());
            commands.give(CommandType.ERASE, marie);
            directory.apply(People.named("Anne", "Bouchard").email("m@x.ca").said());
            assertThat(directory.lastSent(Topics.DIRECTORY))
                    .as("nobody else's any more")
                    .isEmpty();
        }
    }

    @Test
    void a_name_set_by_hand_leads_where_a_name_from_any_source_leads() {
        String luc = hear(People.named("Luc", "Roy").email("l@x.ca").phone("5145550001"));
        String other = hear(People.nameless().company("Acme").email("l2@x.ca"));
        commands.values(CommandType.EDIT, other, People.nameless().phone("5145550001"));
        assertThat(directory.customers()).allMatch(c -> c.getMergedInto() == null);
        commands.values(CommandType.EDIT, other, People.named("Luc", "Roy"));
        assertThat(directory.customers().stream().filter(c -> c.getMergedInto() == null))
                .extracting(c -> c.getCustomerId())
                .containsExactly(luc);
    }
}
