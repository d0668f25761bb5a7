package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waited for somebody whom an import brought, and what is left of it when that import is undone. */
class ImportUndoWaitingTest {

    private final UndoneDirectory directory = new UndoneDirectory();

    private void read(String importId, People... rows) {
        directory.say(People.start(importId, ImportMode.UPSERT, "fair").value());
        long line = 1;
        for (People row : rows) {
            directory.say(row.row(importId, "sha-" + importId, ++line).submission());
        }
        directory.say(People.end(importId, rows.length).value());
        directory.runJobs();
    }

    private String undo(String importId) {
        assertThat(directory.undo(importId).getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        directory.runJobs();
        List<CommandResult> results = directory.directory.sent(Topics.COMMAND_RESULTS);
        SoundState.check(directory.directory);
        return results.get(results.size() - 1).getMessage();
    }

    private void asked(CommandType type, Map<String, String> arguments) {
        CommandResult answer = directory.give(type, command -> {
            command.setActor("till");
            command.getArguments().putAll(arguments);
            command.getArguments().put("source_system", "till");
        });
        assertThat(answer.getStatus()).as("it waits").isEqualTo(CommandStatus.ACCEPTED);
    }

    private static People jean() {
        return People.named("Jean", "Roy").from("till").withId("7").email("j@x.ca");
    }

    private static People marie() {
        return People.named("Marie", "Gagnon").from("till").withId("8").email("m@x.ca");
    }

    private List<Customer> customers() {
        return List.copyOf(directory.directory.images().values());
    }

    private long awaited() {
        DirectoryState state = directory.directory.get(StateTable.DIRECTORIES, People.DIRECTORY);
        return state == null ? 0 : state.getAwaited();
    }

    @Test
    void somebody_a_sale_was_waiting_for_stays_with_that_sale() {
        directory.directory.apply(new Input.Sale(SaleEvent.newBuilder()
                .setEventId("e1")
                .setDirectoryId(People.DIRECTORY)
                .setSourceSystem("till")
                .setSaleId("s1")
                .setOperation(SaleOperation.RECORD)
                .setReference(new CustomerReference(null, "7", null))
                .setReceivedAt(People.RECEIVED)
                .setOccurredAt(People.DAY)
                .build()));
        assertThat(awaited()).isOne();
        read("i1", jean(), marie());

        assertThat(undo("i1"))
                .isEqualTo("Undone: 1 records taken away, 0 put back, 1 left as they are because something"
                        + " else changed them since.");
        assertThat(customers()).hasSize(1);
        assertThat(customers().get(0).getGivenName()).isEqualTo("Jean");
        assertThat(customers().get(0).getGroups()).isEmpty();
        SaleState sale = directory.directory.all(StateTable.SALES).get(0);
        assertThat(sale.getSale().getCustomerId()).isEqualTo(customers().get(0).getCustomerId());
        assertThat(sale.getAwaited()).isNull();
        assertThat(awaited()).isZero();

        read("i2", jean(), marie());
        assertThat(customers()).extracting(Customer::getGivenName).containsExactlyInAnyOrder("Jean", "Marie");
    }

    @Test
    void who_was_there_and_was_merged_by_a_command_that_waited_is_left_merged_with_nobody_else_of_the_import() {
        directory.say(jean().submission());
        String jean = customers().get(0).getCustomerId();
        asked(CommandType.MERGE, Map.of("source_customer_id", "7", "other_source_customer_id", "8"));
        read("i1", marie());
        assertThat(customers())
                .filteredOn(c -> c.getStatus() == CustomerStatus.MERGED)
                .hasSize(1);

        undo("i1");
        assertThat(directory.directory.sourceRecords())
                .extracting(SourceRecordState::getSourceKey)
                .containsExactly("till:i:7");
        assertThat(customers())
                .filteredOn(c -> c.getStatus() == CustomerStatus.ACTIVE)
                .extracting(Customer::getCustomerId)
                .containsExactly(jean);
        assertThat(customers().stream().flatMap(c -> c.getEmails().stream()).map(e -> e.getValue()))
                .containsExactly("j@x.ca");
        assertThat(awaited()).isZero();
    }

    @Test
    void who_was_there_and_was_absorbed_by_a_command_that_waited_stays_absorbed() {
        directory.say(jean().submission());
        String jean = customers().get(0).getCustomerId();
        asked(CommandType.MERGE, Map.of("source_customer_id", "8", "other_source_customer_id", "7"));
        read("i1", marie());

        undo("i1");
        List<SourceRecordState> records = directory.directory.sourceRecords();
        assertThat(records).extracting(SourceRecordState::getSourceKey).containsExactly("till:i:7");
        assertThat(records.get(0).getCustomerId()).isNotEqualTo(jean);
        assertThat(customers())
                .filteredOn(c -> c.getStatus() == CustomerStatus.ACTIVE)
                .extracting(Customer::getGivenName)
                .containsExactly("Jean");
    }

    @Test
    void who_was_archived_by_a_command_that_waited_is_gone_and_who_was_there_before_stays_archived() {
        asked(CommandType.ARCHIVE, Map.of("source_customer_id", "7"));
        read("i1", jean());
        assertThat(customers()).extracting(Customer::getStatus).containsExactly(CustomerStatus.ARCHIVED);
        undo("i1");
        assertThat(customers()).isEmpty();

        directory.say(People.named("Jean", "Roy").from("web").email("j@x.ca").submission());
        asked(CommandType.ARCHIVE, Map.of("source_customer_id", "7"));
        read("i2", jean());
        assertThat(customers()).hasSize(1);
        undo("i2");
        assertThat(customers()).extracting(Customer::getStatus).containsExactly(CustomerStatus.ARCHIVED);
        assertThat(directory.directory.sourceRecords()).hasSize(1);
    }

    @Test
    void p41_who_was_erased_by_a_command_that_waited_stays_erased_and_does_not_come_back_with_the_file() {
        directory.say(People.named("Jean", "Roy").from("web").email("j@x.ca").submission());
        asked(CommandType.ERASE, Map.of("source_customer_id", "7"));
        read("i1", jean());
        assertThat(directory.directory.holds("j@x.ca")).isFalse();

        undo("i1");
        assertThat(directory.directory.sourceRecords()).isEmpty();
        assertThat(directory.directory.holds("j@x.ca")).isFalse();
        read("i2", jean());
        assertThat(directory.directory.sourceRecords()).isEmpty();
    }
}
