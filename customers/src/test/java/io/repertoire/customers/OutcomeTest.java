package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** DESIGN §8: what a row becomes. */
class OutcomeTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private long line = 1;

    private RowOutcome row(People person) {
        return row("i1", "sha1", ++line, person);
    }

    private RowOutcome row(String importId, String sha, long atLine, People person) {
        directory.apply(person.from("csv").row(importId, sha, atLine).said());
        return directory.lastSent(Topics.ROW_OUTCOMES).get(0);
    }

    private Customer lastImage() {
        List<Customer> images = directory.lastSent(Topics.DIRECTORY);
        return images.get(images.size() - 1);
    }

    @Test
    void created_makes_a_customer_with_id_code_version_image_and_event() {
        RowOutcome outcome = row(People.named("Jean", "Tremblay").email("j@x.ca"));
        assertThat(outcome.getOutcome()).isEqualTo(RowOutcomeKind.CREATED);
        Customer image = lastImage();
        assertThat(image.getCustomerId()).isEqualTo(outcome.getCustomerId()).matches("cus_[a-z2-7]{20}");
        assertThat(image.getCode()).isEqualTo("C-00001");
        assertThat(image.getVersion()).isEqualTo(1).isEqualTo(outcome.getVersion());
        assertThat(image.getDisplayName()).isEqualTo("Jean Tremblay");
        assertThat(directory.lastSent(Topics.CHANGES))
                .extracting(CustomerChange::getType)
                .containsExactly(ChangeType.CREATED);
        assertThat(directory.outputs()).filteredOn(Output::lastOfInput).hasSize(1);
    }

    @Test
    void rejected_by_a_rule_stores_nothing_and_says_why() {
        RowOutcome outcome = row(People.nameless());
        assertThat(outcome.getOutcome()).isEqualTo(RowOutcomeKind.REJECTED);
        assertThat(outcome.getCustomerId()).isNull();
        assertThat(outcome.getSourceKey()).isNull();
        assertThat(directory.customers()).isEmpty();
        RejectedRecord rejected = directory.lastSent(Topics.REJECTED).get(0);
        assertThat(rejected.getErrors()).extracting(Problem::getCode).containsExactly("NO_IDENTITY");
        assertThat(rejected.getLine()).isEqualTo(2);
    }

    @Test
    void rejected_by_ingest_keeps_its_problem_even_without_a_customer() {
        var submission = People.named("x", "y").row("i1", "sha1", 2).submission();
        submission.setCustomer(null);
        submission.setProblems(List.of(new Problem(null, null, "UNCLOSED_QUOTE", null, null, Severity.ERROR)));
        directory.apply(new Input.Submission(submission));
        RowOutcome outcome = directory.lastSent(Topics.ROW_OUTCOMES).get(0);
        assertThat(outcome.getOutcome()).isEqualTo(RowOutcomeKind.REJECTED);
        assertThat(outcome.getProblems()).extracting(Problem::getCode).containsExactly("UNCLOSED_QUOTE");
    }

    @Test
    void unchanged_when_the_same_content_comes_again_and_no_version_is_taken() {
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        RowOutcome again = row(
                "i2",
                "sha2",
                9,
                People.named("Jean", "Tremblay").email("J@X.ca").at(5));
        assertThat(again.getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
        assertThat(again.getVersion()).isEqualTo(1);
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();
    }

    @Test
    void the_same_content_later_wins_a_field_back_and_is_updated() {
        row(People.named("Jean", "Tremblay").email("j@x.ca").title("Chef"));
        row(People.named("Jean", "Tremblay").email("j@x.ca").title("Patron").at(2));
        RowOutcome again = row(
                "i2",
                "sha2",
                2,
                People.named("Jean", "Tremblay").email("j@x.ca").title("Chef").at(4));
        assertThat(again.getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        assertThat(lastImage().getJobTitle()).isEqualTo("Chef");
    }

    @Test
    void updated_says_which_fields_changed() {
        row(People.named("Jean", "Tremblay").email("j@x.ca").withId("1"));
        RowOutcome outcome = row(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .phone("5145550001")
                .withId("1")
                .at(1));
        assertThat(outcome.getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        CustomerChange change = directory.lastSent(Topics.CHANGES).get(0);
        assertThat(change.getType()).isEqualTo(ChangeType.UPDATED);
        assertThat(change.getChangedFields()).containsExactly("phones", "quality");
        assertThat(change.getAfter().getPhones()).hasSize(1);
        assertThat(change.getVersion()).isEqualTo(2);
    }

    @Test
    void blank_keeps_and_the_token_clears() {
        row(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .title("Chef")
                .notes("n")
                .withId("1"));
        row(People.named("Jean", "Tremblay").title("\\N").notes(" ").withId("1").at(1));
        assertThat(lastImage().getJobTitle()).isNull();
        assertThat(lastImage().getNotes()).isEqualTo("n");
        assertThat(lastImage().getEmails()).hasSize(1);
    }

    @Test
    void a_cleared_field_is_not_brought_back_by_what_was_said_before() {
        row(People.named("Jean", "Tremblay").title("Chef").withId("1").at(1));
        row(People.named("Jean", "Tremblay").title("\\N").withId("1").at(5));
        RowOutcome late =
                row(People.named("Jean", "Tremblay").title("Commis").withId("1").at(3));
        assertThat(late.getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
        assertThat(directory.images().get(late.getCustomerId()).getJobTitle()).isNull();
    }

    @Test
    void an_older_version_loses_and_fills_only_what_was_never_said() {
        row(People.named("Jean", "Tremblay").title("Chef").withId("1").at(5));
        RowOutcome late = row(People.named("Jean", "Tremblay")
                .title("Commis")
                .notes("vegan")
                .withId("1")
                .at(1));
        assertThat(late.getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        assertThat(lastImage().getJobTitle()).isEqualTo("Chef");
        assertThat(lastImage().getNotes()).isEqualTo("vegan");
    }

    @Test
    void a_field_that_says_the_same_keeps_its_event_time() {
        row(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .title("Chef")
                .withId("1")
                .at(1));
        row(People.named("Jean", "Tremblay").email("j@x.ca").title("Patron").at(3));
        // The first source changes its notes only: its title is as old as before.
        row(People.named("Jean", "Tremblay")
                .email("j@x.ca")
                .title("Chef")
                .notes("n")
                .withId("1")
                .at(6));
        assertThat(lastImage().getJobTitle()).isEqualTo("Patron");
        assertThat(lastImage().getNotes()).isEqualTo("n");
    }

    @Test
    void a_phone_edited_without_an_id_adds_it_and_the_later_is_primary() {
        row(People.named("Jean", "Tremblay").email("j@x.ca").phone("5145550001"));
        row(People.named("Jean", "Tremblay").email("j@x.ca").phone("5145550002").at(1));
        assertThat(lastImage().getPhones()).hasSize(2);
        assertThat(lastImage().getPhones().get(0).getE164()).isEqualTo("+15145550002");
        assertThat(lastImage().getPhones().get(0).getPrimary()).isTrue();
        assertThat(lastImage().getPhones().get(1).getPrimary()).isFalse();
    }

    @Test
    void review_only_when_the_question_is_new() {
        row(People.named("Jean", "Tremblay").email("f@x.ca"));
        RowOutcome first = row(People.named("Marie", "Roy").email("f@x.ca").withId("2"));
        assertThat(first.getOutcome()).isEqualTo(RowOutcomeKind.REVIEW);
        assertThat(first.getCustomerId()).isNotNull();
        RowOutcome again = row(People.named("Marie", "Roy")
                .email("f@x.ca")
                .notes("n")
                .withId("2")
                .at(1));
        assertThat(again.getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        assertThat(directory.lastSent(Topics.REVIEWS)).isEmpty();
    }

    @Test
    void merged_when_two_that_existed_are_now_one() {
        RowOutcome a = row(People.named("Jean", "Tremblay").phone("5145550001"));
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        RowOutcome c = row(People.named("Jean", "Tremblay").email("j@x.ca").phone("5145550001"));
        assertThat(c.getOutcome()).isEqualTo(RowOutcomeKind.MERGED);
        assertThat(c.getCustomerId()).isEqualTo(a.getCustomerId());
        CustomerChange change = directory.lastSent(Topics.CHANGES).get(0);
        assertThat(change.getType()).isEqualTo(ChangeType.MERGED);
        assertThat(change.getFromIds()).hasSize(1);
        assertThat(change.getToIds()).containsExactly(a.getCustomerId());
    }

    @Test
    void a_group_on_an_unchanged_row_is_added_and_the_row_is_updated() {
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        directory.apply(People.start("i2", ImportMode.UPSERT, "Gold"));
        RowOutcome outcome =
                row("i2", "sha1", 2, People.named("Jean", "Tremblay").email("j@x.ca"));
        assertThat(outcome.getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        assertThat(lastImage().getGroups()).containsExactly(new GroupMembership("Gold", "i2"));
        directory.apply(People.start("i3", ImportMode.UPSERT, "Gold"));
        assertThat(row("i3", "sha1", 2, People.named("Jean", "Tremblay").email("j@x.ca"))
                        .getOutcome())
                .isEqualTo(RowOutcomeKind.UNCHANGED);
    }

    @Test
    void two_versions_of_one_id_in_one_file_end_as_the_later_line_and_the_file_again_changes_nothing() {
        for (String importId : List.of("i1", "i2")) {
            RowOutcome one = row(
                    importId,
                    "sha1",
                    2,
                    People.named("Jean", "Tremblay").title("Chef").withId("1"));
            RowOutcome two = row(
                    importId,
                    "sha1",
                    3,
                    People.named("Jean", "Tremblay").title("Patron").withId("1"));
            if (importId.equals("i2")) {
                assertThat(one.getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
                assertThat(two.getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
            }
            assertThat(directory.images().get(two.getCustomerId()).getJobTitle())
                    .isEqualTo("Patron");
        }
    }

    @Test
    void update_by_id_updates_the_known_refuses_the_unknown_and_never_merges() {
        row(People.named("Jean", "Tremblay").withId("1"));
        row(People.named("Jean", "Tremblay").email("j@x.ca"));
        directory.apply(People.start("i2", ImportMode.UPDATE_BY_ID, null));
        RowOutcome known = row(
                "i2",
                "sha2",
                2,
                People.named("Jean", "Tremblay").email("j@x.ca").withId("1").at(1));
        assertThat(known.getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        RowOutcome unknown = row(
                "i2",
                "sha2",
                3,
                People.named("Jean", "Tremblay").email("j@x.ca").withId("99"));
        assertThat(unknown.getOutcome()).isEqualTo(RowOutcomeKind.REJECTED);
        assertThat(unknown.getProblems()).extracting(Problem::getCode).containsExactly("UNKNOWN_ID");
        RowOutcome missing =
                row("i2", "sha2", 4, People.named("Jean", "Tremblay").email("j@x.ca"));
        assertThat(missing.getOutcome()).isEqualTo(RowOutcomeKind.REJECTED);
    }

    @Test
    void an_edit_in_our_own_export_wins_over_what_was_exported_and_not_over_what_came_since() {
        directory.apply(People.named("Jean", "Tremblay")
                .email("old@x.ca")
                .at(People.RECEIVED)
                .said());
        String id = lastImage().getCustomerId();
        directory.apply(People.start("i1", ImportMode.UPDATE_BY_ID, null));
        assertThat(own("i1", 2, id, "old@x.ca").getOutcome()).isEqualTo(RowOutcomeKind.UNCHANGED);
        assertThat(own("i1", 3, id, "edited@x.ca").getOutcome()).isEqualTo(RowOutcomeKind.UPDATED);
        assertThat(lastImage().getEmails().get(0).getValue()).isEqualTo("edited@x.ca");

        Instant later = People.RECEIVED.plusSeconds(60);
        CustomerSubmission till = People.named("Jean", "Tremblay")
                .email("edited@x.ca")
                .phone("5145550001")
                .at(later)
                .submission();
        till.setReceivedAt(later);
        directory.apply(new Input.Submission(till));
        CustomerSubmission stale = People.named("Jean", "Tremblay")
                .phone("5145550002")
                .ours(id, null)
                .from("repertoire")
                .at(People.RECEIVED)
                .row("i1", "sha1", 4)
                .submission();
        stale.setReceivedAt(later.plusSeconds(60));
        directory.apply(new Input.Submission(stale));
        assertThat(lastImage().getPhones().get(0).getE164()).isEqualTo("+15145550001");
    }

    /** A row of our export, made when the customer last changed. */
    private RowOutcome own(String importId, long atLine, String customerId, String email) {
        CustomerSubmission row = People.named("Jean", "Tremblay")
                .email(email)
                .ours(customerId, null)
                .from("repertoire")
                .at(People.RECEIVED)
                .row(importId, "sha1", atLine)
                .submission();
        row.setReceivedAt(People.RECEIVED.plusSeconds(atLine));
        directory.apply(new Input.Submission(row));
        return directory.lastSent(Topics.ROW_OUTCOMES).get(0);
    }

    @Test
    void create_only_makes_a_new_customer_and_asks_where_it_would_have_matched() {
        RowOutcome a = row(People.named("Jean", "Tremblay").email("j@x.ca"));
        directory.apply(People.start("i2", ImportMode.CREATE_ONLY, null));
        RowOutcome b = row(
                "i2",
                "sha2",
                2,
                People.named("Jean", "Tremblay").email("j@x.ca").notes("n"));
        assertThat(b.getOutcome()).isEqualTo(RowOutcomeKind.REVIEW);
        assertThat(b.getCustomerId()).isNotEqualTo(a.getCustomerId());
        assertThat(directory.lastSent(Topics.REVIEWS).get(0).getKind()).isEqualTo(ReviewKind.CREATE_ONLY_MATCH);
        assertThat(row("i2", "sha2", 3, People.named("Luc", "Roy").email("l@x.ca"))
                        .getOutcome())
                .isEqualTo(RowOutcomeKind.CREATED);
    }

    @Test
    void an_event_time_ahead_of_its_receipt_is_the_receipt() {
        RowOutcome outcome =
                row(People.named("Jean", "Tremblay").email("j@x.ca").at(People.RECEIVED.plusSeconds(900_000)));
        assertThat(outcome.getProblems()).extracting(Problem::getCode).containsExactly("EVENT_TIME_IN_FUTURE");
        assertThat(lastImage().getEmails().get(0).getLastSeen()).isEqualTo(People.RECEIVED);
    }
}
