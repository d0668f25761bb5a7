package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.People;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.model.History;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** An undo goes on by itself in the next process, which has nothing but the stores. */
class ImportUndoTest {

    private static final int ROWS = 2_000;

    private final InMemoryWire wire = new InMemoryWire();
    private final KeptStores stores = new KeptStores();
    private final List<CommandStatus> answers = new ArrayList<>();
    private final List<ImportStatus> statuses = new ArrayList<>();
    private MockProcessorContext<Object, byte[]> context = new MockProcessorContext<>();
    private DirectoryProcessor processor = started();

    private DirectoryProcessor started() {
        context = stores.context();
        var next = new DirectoryProcessor(
                History.machine(io.repertoire.customers.model.Limits.none()),
                wire,
                Limits.defaults(1),
                StreamsMetrics.NOOP);
        next.init(context);
        return next;
    }

    private <T extends SpecificRecord> void pipe(Topic<T> topic, T value) {
        context.setRecordMetadata(topic.name(), 0, 0);
        processor.process(new Record<>(
                People.DIRECTORY.getBytes(StandardCharsets.UTF_8),
                wire.encode(topic, value),
                People.RECEIVED.toEpochMilli()));
        note();
    }

    /** Once, as the clock of production does every 100 ms: some steps, not all of them. */
    private void turn() {
        for (var punctuator : context.scheduledPunctuators()) {
            punctuator.getPunctuator().punctuate(People.RECEIVED.toEpochMilli());
        }
        note();
    }

    private void note() {
        for (var sent : context.forwarded()) {
            String topic = sent.childName().orElse("");
            byte[] value = (byte[]) sent.record().value();
            assertThat(topic).isNotEqualTo(DirectoryProcessor.DEAD_LETTERS);
            if (topic.endsWith(Topics.COMMAND_RESULTS.name())) {
                answers.add(wire.deserializer(Topics.COMMAND_RESULTS)
                        .deserialize(Topics.COMMAND_RESULTS.name(), value)
                        .getStatus());
            } else if (topic.endsWith(Topics.IMPORTS.name())) {
                statuses.add(wire.deserializer(Topics.IMPORTS)
                        .deserialize(Topics.IMPORTS.name(), value)
                        .getStatus());
            }
        }
        context.resetForwards();
    }

    private List<String> keys(StateTable<?> table) {
        var keys = new ArrayList<String>();
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(table.name());
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> keys.add(entry.key.toString()));
        }
        return keys;
    }

    @Test
    void an_undo_goes_on_after_every_restart_until_only_what_was_there_before_is_left() {
        pipe(
                Topics.SUBMISSIONS,
                People.named("Jean", "Roy").withId("1").email("j@x.ca").submission());
        pipe(Topics.SUBMISSIONS, People.start("i1", ImportMode.UPSERT, "g").value());
        for (int i = 1; i <= ROWS; i++) {
            pipe(
                    Topics.SUBMISSIONS,
                    People.named("Jean", "Roy")
                            .withId("" + i)
                            .email(i == 1 ? "changed@x.ca" : i + "@x.ca")
                            .row("i1", "sha", i + 1)
                            .at(1)
                            .submission());
        }
        pipe(Topics.SUBMISSIONS, People.end("i1", ROWS).value());
        assertThat(keys(StateTable.SOURCE_RECORDS)).hasSize(ROWS);
        assertThat(keys(StateTable.UNDO)).hasSize(1);
        var command = Samples.command(People.DIRECTORY, "undo");
        command.setType(CommandType.IMPORT_UNDO);
        command.setImportId("i1");
        command.setArguments(new HashMap<>());
        pipe(Topics.COMMANDS, command);
        assertThat(keys(StateTable.JOBS)).containsExactly("main/undo");
        for (int turns = 0; turns < 100 && !keys(StateTable.JOBS).isEmpty(); turns++) {
            processor = started();
            turn();
        }
        assertThat(keys(StateTable.JOBS)).isEmpty();
        assertThat(keys(StateTable.SOURCE_RECORDS)).containsExactly("main/till:i:1");
        assertThat(keys(StateTable.UNDO)).isEmpty();
        assertThat(keys(StateTable.IDENTIFIERS)).noneMatch(key -> key.contains("changed@x.ca"));
        assertThat(answers).containsExactly(CommandStatus.ACCEPTED, CommandStatus.DONE);
        assertThat(statuses.stream().distinct())
                .containsExactly(
                        ImportStatus.RUNNING, ImportStatus.PROCESSED, ImportStatus.UNDOING, ImportStatus.UNDONE);
        assertThat(statuses).endsWith(ImportStatus.UNDONE);
    }
}
