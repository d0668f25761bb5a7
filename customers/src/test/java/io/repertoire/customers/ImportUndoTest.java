package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.SubmittedConsent;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is answered, what is told, and what is left, when an import is undone. That everything is as before: {@link ImportUndoProperties}. */
class ImportUndoTest {

    private final UndoneDirectory directory = new UndoneDirectory();

    private void read(String importId, @Nullable String group, People... rows) {
        directory.say(People.start(importId, ImportMode.UPSERT, group).value());
        long line = 1;
        for (People row : rows) {
            directory.say(row.row(importId, "sha-" + importId, ++line).submission());
        }
        directory.say(People.end(importId, rows.length).value());
    }

    private CommandResult undo(String importId) {
        CommandResult accepted = directory.undo(importId);
        assertThat(accepted.getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        directory.runJobs();
        List<CommandResult> results = directory.directory.sent(Topics.COMMAND_RESULTS);
        return results.get(results.size() - 1);
    }

    private static People jean() {
        return People.named("Jean", "Roy").withId("1").email("j@x.ca");
    }

    private List<Customer> customers() {
        return List.copyOf(directory.directory.images().values());
    }

    private ImportSummary summary(String importId) {
        return (ImportSummary) directory
                .directory
                .lastOutput(Topics.IMPORTS, People.DIRECTORY + '/' + importId)
                .value();
    }

    @Test
    void customers_that_only_it_created_get_a_tombstone_and_a_change_event_and_the_import_is_undone() {
        read("i1", null, jean());
        String id = customers().get(0).getCustomerId();
        CommandResult done = undo("i1");

        assertThat(done.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(done.getMessage()).startsWith("Undone: 1 records taken away, 0 put back, 0 left");
        assertThat(customers()).isEmpty();
        Output<?> tombstone = directory.directory.lastOutput(Topics.DIRECTORY, People.DIRECTORY + '/' + id);
        assertThat(tombstone.value()).isNull();
        assertThat(tombstone.version()).isEqualTo(2);
        assertThat(tombstone.lastOfInput()).isTrue();
        List<CustomerChange> changes = directory.directory.sent(Topics.CHANGES);
        CustomerChange last = changes.get(changes.size() - 1);
        assertThat(last.getType()).isEqualTo(ChangeType.REMOVED);
        assertThat(last.getAfter()).isNull();
        assertThat(last.getReason().getImportId()).isEqualTo("i1");
        ImportSummary summary = summary("i1");
        assertThat(summary.getStatus()).isEqualTo(ImportStatus.UNDONE);
        assertThat(summary.getCounts().getCreated()).isEqualTo(1);
        assertThat(summary.getEndedAt()).isNotNull();
        assertThat(summary.getThroughVersion()).isEqualTo(2);
    }

    @Test
    void codes_and_versions_go_on_while_the_same_file_gives_the_same_customer() {
        read("i1", null, jean());
        Customer first = customers().get(0);
        undo("i1");
        directory.say(People.start("i2", ImportMode.UPSERT, null).value());
        directory.say(jean().row("i2", "sha-i1", 2).submission());
        directory.say(People.end("i2", 1).value());
        Customer again = customers().get(0);
        assertThat(again.getCustomerId()).isEqualTo(first.getCustomerId());
        assertThat(again.getCode()).isNotEqualTo(first.getCode());
        assertThat(again.getVersion()).isGreaterThan(first.getVersion());
    }

    @Test
    void what_cannot_be_undone_is_refused_with_a_code_and_changes_nothing() {
        assertThat(directory.undo("i1").getCode()).isEqualTo("UNKNOWN_IMPORT");
        assertThat(directory.give(CommandType.IMPORT_UNDO, c -> {}).getCode()).isEqualTo("MISSING_ARGUMENT");
        read("i1", null, jean());
        directory.say(People.start("i2", ImportMode.UPSERT, null).value());
        assertThat(directory.undo("i2").getCode()).isEqualTo("IMPORT_RUNNING");
        assertThat(directory.undo("i1").getCode()).isEqualTo("IMPORT_NOT_LAST");
        directory.say(People.refused("i2", "NO_HEADER").value());
        assertThat(directory.undo("i2").getCode()).isEqualTo("NOTHING_TO_UNDO");
        undo("i1");
        assertThat(directory.undo("i1").getCode()).isEqualTo("ALREADY_UNDONE");
    }

    @Test
    void one_that_is_being_undone_is_not_undone_twice() {
        read("i1", null, jean());
        assertThat(directory.undo("i1").getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        CommandResult second = directory.undo("i1");
        assertThat(second.getStatus()).isEqualTo(CommandStatus.NO_CHANGE);
        assertThat(second.getCode()).isEqualTo("UNDO_GOES_ON");
    }

    @Test
    void the_latest_first_by_when_they_came_and_not_by_what_they_are_called() {
        read("z", null, jean().at(1));
        read("a", null, jean().title("Boss").at(2));
        assertThat(directory.undo("z").getMessage()).contains("The last one is a.");
        undo("a");
        assertThat(customers().get(0).getJobTitle()).isNull();
        undo("z");
        assertThat(customers()).isEmpty();
    }

    @Test
    void what_it_replaced_is_kept_for_thirty_days_and_then_deleted_in_steps() {
        directory.say(jean().submission());
        read("i1", null, jean().title("Boss").at(2));
        assertThat(directory.directory.all(StateTable.UNDO)).hasSize(1);
        var later = directory.now().plus(Duration.ofDays(31));
        directory.directory.apply(new Input.Tick(People.DIRECTORY, later));
        directory.runJobs();
        assertThat(directory.directory.all(StateTable.UNDO)).isEmpty();
        assertThat(directory.undo("i1").getCode()).isEqualTo("UNDO_EXPIRED");
    }

    @Test
    void a_record_that_a_till_spoke_of_since_is_left_as_it_is_without_the_group() {
        directory.say(jean().submission());
        read(
                "i1",
                "fair",
                jean().title("Boss").at(2),
                People.named("Marie", "Gagnon").withId("2"));
        directory.say(jean().title("Owner").at(3).submission());
        directory.say(People.named("Marie", "Gagnon").withId("2").submission());
        CommandResult done = undo("i1");
        assertThat(done.getMessage()).contains("0 records taken away, 0 put back, 2 left");
        assertThat(customers()).extracting(Customer::getJobTitle).containsExactlyInAnyOrder("Owner", null);
        assertThat(customers()).allMatch(customer -> customer.getGroups().isEmpty());
    }

    @Test
    void what_joined_a_customer_since_keeps_it() {
        read("i1", null, jean());
        directory.say(People.named("Jean", "Roy")
                .from("web")
                .email("j@x.ca")
                .phone("5145550001")
                .submission());
        undo("i1");
        assertThat(customers()).hasSize(1);
        assertThat(customers().get(0).getSourceRecordCount()).isEqualTo(1);
        assertThat(customers().get(0).getPhones()).hasSize(1);
    }

    @Test
    void an_erased_person_is_destroyed_in_what_is_kept_and_does_not_come_back() {
        directory.say(jean().submission());
        read(
                "i1",
                null,
                jean().email("second@x.ca").at(2),
                People.named("Marie", "Gagnon").withId("2"));
        String id = customers().stream()
                .filter(c -> "Jean".equals(c.getGivenName()))
                .findFirst()
                .orElseThrow()
                .getCustomerId();
        directory.give(CommandType.ERASE, c -> c.setCustomerId(id));
        directory.runJobs();
        assertThat(directory.directory.holds("j@x.ca")).isFalse();
        assertThat(directory.directory.holds("second@x.ca")).isFalse();
        undo("i1");
        assertThat(customers()).isEmpty();
        assertThat(directory.directory.holds("Jean")).isFalse();
    }

    @Test
    void an_address_of_somebody_erased_since_is_not_put_back_on_somebody_else() {
        directory.say(jean().submission());
        directory.say(
                People.named("Marie", "Gagnon").withId("2").email("j@x.ca").submission());
        read(
                "i1",
                null,
                jean().email("new@x.ca").at(2),
                jean().email("\\N").email("new@x.ca").at(3));
        for (Customer customer : customers()) {
            if ("Marie".equals(customer.getGivenName())) {
                directory.give(CommandType.ERASE, c -> c.setCustomerId(customer.getCustomerId()));
                directory.runJobs();
            }
        }
        undo("i1");
        assertThat(directory.directory.holds("j@x.ca")).isFalse();
    }

    @Test
    void an_import_that_begins_meanwhile_is_decided_row_by_row_and_can_be_undone_itself() {
        read("i1", null, jean(), People.named("Marie", "Gagnon").withId("2"));
        directory.undo("i1");
        read("i2", null, jean().title("Boss").at(2), People.named("Luc", "Roy").withId("3"));
        directory.runJobs();
        assertThat(customers()).extracting(Customer::getGivenName).containsExactlyInAnyOrder("Jean", "Luc");
        undo("i2");
        assertThat(customers()).isEmpty();
        assertThat(directory.directory.all(StateTable.UNDO)).isEmpty();
    }

    @Test
    void p41_what_was_kept_before_an_import_that_is_undone_under_a_later_one_is_still_found() {
        directory.say(jean().submission());
        read("i1", null, jean().title("Clerk").at(2));
        read("i2", null, jean().title("Boss").at(3));
        directory.undo("i2");
        read("i3", null, jean().title("Owner").at(4));
        directory.runJobs();
        UndoneDirectory twin = directory.twin();

        undo("i3");
        undo("i1");
        assertThat(customers().get(0).getJobTitle()).isNull();

        twin.give(CommandType.ERASE, c -> c.setCustomerId(customers().get(0).getCustomerId()));
        twin.runJobs();
        assertThat(twin.directory.all(StateTable.UNDO)).isEmpty();
        assertThat(twin.directory.holds("j@x.ca")).isFalse();
    }

    @Test
    void what_an_undone_import_said_does_not_come_back_with_the_undo_of_a_later_one() {
        directory.say(jean().submission());
        read("i1", null, jean().title("Boss").at(2));
        directory.undo("i1");
        read("i2", null, jean().title("Owner").at(3));
        directory.runJobs();
        assertThat(customers()).extracting(Customer::getJobTitle).containsExactly("Owner");
        undo("i2");
        assertThat(customers()).extracting(Customer::getJobTitle).containsOnlyNulls();
        assertThat(directory.directory.all(StateTable.UNDO)).isEmpty();
    }

    /** Two files at a time, of which the one that began first speaks last and ends first. */
    private void readTwoAtOnce() {
        directory.say(jean().email("first@x.ca").submission());
        directory.say(People.start("i1", ImportMode.UPSERT, null).value());
        directory.say(People.start("i2", ImportMode.UPSERT, null).value());
        directory.say(jean().email("second@x.ca").at(2).row("i2", "sha-i2", 2).submission());
        directory.say(jean().email("third@x.ca").at(3).row("i1", "sha-i1", 2).submission());
        directory.say(People.end("i1", 1).value());
        directory.pass(Duration.ofDays(1));
        directory.say(People.end("i2", 1).value());
        directory.pass(Duration.ofDays(29));
        directory.runJobs();
        assertThat(directory.undo("i1").getCode()).isEqualTo("UNDO_EXPIRED");
        assertThat(directory.directory.all(StateTable.UNDO)).hasSize(1);
    }

    @Test
    void p41_an_erasure_destroys_what_an_import_keeps_behind_one_that_ran_beside_it_and_has_expired() {
        readTwoAtOnce();
        directory.give(
                CommandType.ERASE, c -> c.setCustomerId(customers().get(0).getCustomerId()));
        directory.runJobs();
        assertThat(directory.directory.all(StateTable.UNDO)).isEmpty();
        assertThat(directory.directory.holds("first@x.ca")).isFalse();
        assertThat(directory.directory.holds("second@x.ca")).isFalse();
    }

    @Test
    void what_an_import_said_that_can_no_longer_be_undone_outlives_the_undo_of_one_that_ran_beside_it() {
        readTwoAtOnce();
        assertThat(undo("i2").getMessage()).contains("0 records taken away, 0 put back, 1 left");
        assertThat(customers().get(0).getEmails()).extracting(Email::getValue).contains("third@x.ca");
        assertThat(directory.directory.all(StateTable.UNDO)).isEmpty();
    }

    @Test
    void p41_an_undo_in_the_midst_of_a_long_erasure_hides_nothing_from_it() {
        int rows = 400;
        var told = new People[rows];
        var again = new People[rows];
        for (int i = 0; i < rows; i++) {
            // No rule makes one of so many.
            String email = i < rows / 2 ? "j@x.ca" : "k@x.ca";
            told[i] = People.named("Jean", "Roy")
                    .withId("" + i)
                    .email(email)
                    .title("told")
                    .at(1);
            again[i] = People.named("Jean", "Roy")
                    .withId("" + i)
                    .email(email)
                    .title("again")
                    .at(2);
            directory.say(
                    People.named("Jean", "Roy").withId("" + i).email(email).submission());
        }
        String one = customers().get(0).getCustomerId();
        String other = customers().get(1).getCustomerId();
        directory.give(CommandType.MERGE, c -> {
            c.setCustomerId(one);
            c.setOtherCustomerId(other);
        });
        read("i1", null, told);
        read("i2", null, again);
        assertThat(directory.directory.all(StateTable.UNDO)).hasSize(2 * rows);
        directory.undo("i2");
        directory.give(CommandType.ERASE, c -> c.setCustomerId(one));
        assertThat(directory.directory.sourceRecords()).isNotEmpty();
        while (!directory.directory.all(StateTable.JOBS).isEmpty()) {
            // Alphabetical: the undo was the earlier command.
            directory.step(0);
        }
        assertThat(directory.directory.all(StateTable.UNDO)).isEmpty();
        assertThat(directory.directory.holds("@x.ca")).isFalse();
    }

    private static SubmittedConsent newsletter(ConsentStatus status, int day) {
        return new SubmittedConsent(
                ConsentChannel.EMAIL,
                ConsentPurpose.MARKETING,
                status,
                null,
                People.DAY.plus(Duration.ofDays(day)),
                ConsentBasis.EXPRESS,
                null);
    }

    @Test
    void p34_after_a_no_that_is_taken_back_the_no_before_it_counts_and_the_yes_that_followed_that() {
        directory.say(People.named("Marie", "Gagnon")
                .withId("2")
                .email("j@x.ca")
                .consent(newsletter(ConsentStatus.DENIED, 1))
                .submission());
        directory.say(jean().consent(newsletter(ConsentStatus.GRANTED, 2)).submission());
        // She has another address now, and nobody who has this one says no any more.
        directory.say(People.named("Marie", "Gagnon")
                .withId("2")
                .email("m@x.ca")
                .at(1)
                .submission());
        String held = directory.held().toString();
        Supplier<List<Consent>> ofJean = () -> customers().stream()
                .filter(customer -> "Jean".equals(customer.getGivenName()))
                .findFirst()
                .orElseThrow()
                .getConsents();
        assertThat(ofJean.get()).extracting(Consent::getStatus).containsExactly(ConsentStatus.GRANTED);
        for (String file : List.of("i1", "i2")) {
            read(
                    file,
                    null,
                    People.named("Jean", "Roy")
                            .email("j@x.ca")
                            .consent(newsletter(ConsentStatus.DENIED, file.equals("i1") ? 3 : 4)));
            assertThat(ofJean.get()).extracting(Consent::getStatus).containsExactly(ConsentStatus.DENIED);
        }
        undo("i2");
        assertThat(ofJean.get().get(0).getDecidedAt()).isEqualTo(People.DAY.plus(Duration.ofDays(3)));
        undo("i1");
        assertThat(ofJean.get()).extracting(Consent::getStatus).containsExactly(ConsentStatus.GRANTED);
        assertThat(directory.held().toString()).isEqualTo(held);
    }

    @Test
    void p34_after_a_no_that_is_taken_back_one_that_was_said_twice_counts_as_it_did() {
        People no = People.named("Marie", "Gagnon")
                .withId("2")
                .email("j@x.ca")
                .consent(new SubmittedConsent(
                        ConsentChannel.EMAIL,
                        ConsentPurpose.MARKETING,
                        ConsentStatus.DENIED,
                        null,
                        null,
                        ConsentBasis.EXPRESS,
                        null));
        directory.say(no.submission());
        directory.say(no.title("boss").at(1).submission());
        String held = directory.held().toString();
        read("i1", null, jean().consent(newsletter(ConsentStatus.DENIED, 90)));
        undo("i1");
        assertThat(directory.held().toString()).isEqualTo(held);
    }

    @Test
    void steps_are_bounded_and_new_rows_cost_no_entry() {
        int rows = 1_200;
        var people = new People[rows];
        for (int i = 0; i < rows; i++) {
            people[i] = People.named("Jean", "Roy").withId("" + i).email(i + "@x.ca");
        }
        read("i1", null, people);
        assertThat(directory.directory.all(StateTable.UNDO)).isEmpty();
        directory.undo("i1");
        int held = rows;
        while (directory.step()) {
            List<SourceRecordState> now = directory.directory.sourceRecords();
            assertThat(held - now.size()).isLessThanOrEqualTo(ImportUndo.AT_ONCE);
            held = now.size();
        }
        assertThat(held).isZero();
        assertThat(directory.directory.customers()).isEmpty();
    }
}
