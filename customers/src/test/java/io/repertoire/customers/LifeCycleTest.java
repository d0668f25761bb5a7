package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Archive and back, and what holds for every command. */
class LifeCycleTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(new RuledDirectoryMachine(
            new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()));
    private final Commands commands = new Commands(directory);

    private String customer(String given, String email) {
        directory.apply(People.named(given, "Roy").email(email).said());
        return directory.lastSent(Topics.DIRECTORY).get(0).getCustomerId();
    }

    @Test
    void what_one_system_deletes_stays_where_another_tells_of_it_too() {
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .from("square")
                .withId("S1")
                .said());
        String luc = directory.lastSent(Topics.DIRECTORY).get(0).getCustomerId();
        directory.apply(People.named("Luc", "Roy").email("luc@x.ca").from("csv").said());
        assertThat(commands.give(deletedBySquare("S1")).getCode()).isEqualTo("HAS_OTHER_SOURCES");
        assertThat(directory.images().get(luc).getStatus()).isEqualTo(CustomerStatus.ACTIVE);

        directory.apply(People.named("Zoé", "Roy")
                .email("zoe@x.ca")
                .from("square")
                .withId("S2")
                .said());
        assertThat(commands.give(deletedBySquare("S2")).getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(commands.give(deletedBySquare("S3")).getStatus())
                .as("it waits for what nobody has told of yet")
                .isEqualTo(CommandStatus.ACCEPTED);
    }

    private CustomerCommand deletedBySquare(String id) {
        CustomerCommand command = commands.of(CommandType.ARCHIVE, null);
        command.getArguments().put("source_system", "square");
        command.getArguments().put("source_customer_id", id);
        command.getArguments().put("unless_shared", "true");
        return command;
    }

    @Test
    void an_archived_customer_is_told_once_and_comes_back() {
        String id = customer("Luc", "luc@x.ca");
        CommandResult done = commands.give(CommandType.ARCHIVE, id);
        assertThat(done.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(done.getCustomerIds()).containsExactly(id);
        assertThat(done.getVersion()).isEqualTo(2);
        assertThat(directory.images().get(id).getStatus()).isEqualTo(CustomerStatus.ARCHIVED);
        CustomerChange change = directory.lastSent(Topics.CHANGES).get(0);
        assertThat(change.getType()).isEqualTo(ChangeType.ARCHIVED);
        assertThat(change.getChangedFields()).containsExactly("status");
        assertThat(change.getReason().getEvidence()).isEqualTo("by alice");

        assertThat(commands.give(CommandType.ARCHIVE, id).getCode()).isEqualTo("ALREADY_ARCHIVED");
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();

        assertThat(commands.give(CommandType.UNARCHIVE, "C-00001").getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(directory.lastSent(Topics.CHANGES).get(0).getType()).isEqualTo(ChangeType.UNARCHIVED);
        assertThat(directory.images().get(id).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
        assertThat(commands.give(CommandType.UNARCHIVE, id).getStatus()).isEqualTo(CommandStatus.NO_CHANGE);
    }

    @Test
    void a_command_for_nobody_and_one_for_no_one_known_have_clear_answers() {
        assertThat(commands.give(CommandType.ARCHIVE, null).getCode()).isEqualTo("MISSING_ARGUMENT");
        assertThat(commands.give(CommandType.ARCHIVE, " ").getCode()).isEqualTo("MISSING_ARGUMENT");
        CommandResult unknown = commands.give(CommandType.ARCHIVE, "C-00009");
        assertThat(unknown.getStatus()).isEqualTo(CommandStatus.NOT_FOUND);
        assertThat(unknown.getMessage()).isEqualTo("There is no customer with this id or code.");
    }

    @Test
    void a_stale_version_is_a_conflict_and_changes_nothing() {
        String id = customer("Luc", "luc@x.ca");
        directory.apply(People.named("Luc", "Roy")
                .email("luc@x.ca")
                .phone("5145550001")
                .at(1)
                .said());
        CustomerCommand stale = commands.of(CommandType.ARCHIVE, id);
        stale.setExpectedVersion(1L);
        CommandResult conflict = commands.give(stale);
        assertThat(conflict.getStatus()).isEqualTo(CommandStatus.CONFLICT);
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();
        CustomerCommand fresh = commands.of(CommandType.ARCHIVE, id);
        fresh.setExpectedVersion(2L);
        assertThat(commands.give(fresh).getStatus()).isEqualTo(CommandStatus.DONE);
    }

    @Test
    void the_same_command_twice_is_one_command_with_one_answer() {
        String id = customer("Luc", "luc@x.ca");
        CustomerCommand command = commands.of(CommandType.ARCHIVE, id);
        CommandResult first = commands.give(command);
        commands.give(CommandType.UNARCHIVE, id);
        CommandResult again = commands.give(command);
        assertThat(again).isEqualTo(first);
        assertThat(directory.lastSent(Topics.DIRECTORY)).isEmpty();
        assertThat(directory.images().get(id).getStatus()).isEqualTo(CustomerStatus.ACTIVE);
    }

    @Test
    void an_answer_is_remembered_for_thirty_days_and_then_leaves_nothing_behind() {
        String id = customer("Luc", "luc@x.ca");
        CustomerCommand command = commands.of(CommandType.ARCHIVE, id);
        CommandResult first = commands.give(command);
        Instant end = first.getCompletedAt().plus(CommandHandler.REMEMBERED);
        directory.apply(new Input.Tick(People.DIRECTORY, end.minusMillis(1)));
        assertThat(commands.give(command)).isEqualTo(first);
        directory.apply(new Input.Tick(People.DIRECTORY, end));
        assertThat(directory.all(StateTable.COMMANDS)).isEmpty();
        assertThat(directory.all(StateTable.DUE)).isEmpty();
        assertThat(commands.give(command).getCode()).isEqualTo("ALREADY_ARCHIVED");
    }

    @Test
    void many_answers_are_forgotten_a_bounded_piece_at_a_time() {
        String id = customer("Luc", "luc@x.ca");
        Instant end = People.RECEIVED;
        for (int i = 0; i < 60; i++) {
            end = commands.give(CommandType.ARCHIVE, id).getCompletedAt().plus(CommandHandler.REMEMBERED);
        }
        directory.apply(new Input.Tick(People.DIRECTORY, end));
        assertThat(directory.all(StateTable.COMMANDS)).hasSize(10);
        directory.apply(new Input.Tick(People.DIRECTORY, end));
        assertThat(directory.all(StateTable.COMMANDS)).isEmpty();
    }
}
