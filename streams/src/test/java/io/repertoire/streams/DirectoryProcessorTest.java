package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.customers.Decision;
import io.repertoire.customers.Input;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.keys.SecretMissingException;
import io.repertoire.customers.keys.SourceKeySecretMissingException;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.testing.InMemoryWire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class DirectoryProcessorTest {

    private final MockProcessorContext<Object, byte[]> context = new MockProcessorContext<>();

    private void open(String name) {
        var store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
    }

    @Test
    void a_task_that_was_suspended_and_goes_on_keeps_one_clock_of_each_kind() {
        StateTable.ALL.forEach(table -> open(table.name()));
        open(DirectoryStores.SCHEMAS);
        var processor = new DirectoryProcessor(
                (input, view) -> Decision.nothing(), new InMemoryWire(), Limits.defaults(1), new RecordedMetrics());
        processor.init(context);
        processor.close();
        processor.init(context);
        assertThat(context.scheduledPunctuators())
                .filteredOn(clock -> !clock.cancelled())
                .hasSize(2);
    }

    @Test
    void with_nothing_to_go_on_with_only_the_slow_clock_runs_since_each_tick_costs_a_commit() {
        StateTable.ALL.forEach(table -> open(table.name()));
        open(DirectoryStores.SCHEMAS);
        var processor = new DirectoryProcessor(
                (input, view) -> Decision.nothing(), new InMemoryWire(), Limits.defaults(1), new RecordedMetrics());
        processor.init(context);
        var jobs = context.scheduledPunctuators().stream()
                .filter(clock -> clock.getInterval().equals(JobQueue.PAUSE))
                .toList();
        assertThat(jobs).hasSize(1);
        jobs.get(0).getPunctuator().punctuate(0);
        assertThat(jobs.get(0).cancelled()).isTrue();
    }

    @Test
    void a_directory_with_much_to_do_lets_every_other_one_have_its_turn() {
        StateTable.ALL.forEach(table -> open(table.name()));
        open(DirectoryStores.SCHEMAS);
        var turns = new ArrayList<String>();
        var processor = new DirectoryProcessor(
                (input, view) -> input instanceof Input.Tick ? busy(input.directoryId(), turns) : Decision.nothing(),
                new InMemoryWire(),
                Limits.defaults(1),
                new RecordedMetrics());
        processor.init(context);
        processor.close();
        var stores = new DirectoryStores(context, "epoch");
        for (var directory : List.of("a", "b", "c")) {
            stores.put(List.of(stores.encode(counted(directory))));
        }
        processor.init(context);
        var ticks = context.scheduledPunctuators().stream()
                .filter(clock -> !clock.cancelled() && !clock.getInterval().equals(JobQueue.PAUSE))
                .toList();
        assertThat(ticks).hasSize(1);
        for (int i = 0; i < 6; i++) {
            ticks.get(0).getPunctuator().punctuate(i);
        }
        assertThat(turns).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void p42_a_record_is_not_given_up_for_a_secret_that_is_missing() {
        StateTable.ALL.forEach(table -> open(table.name()));
        open(DirectoryStores.SCHEMAS);
        var wire = new InMemoryWire();
        var processor = new DirectoryProcessor(
                (input, view) -> {
                    throw new SourceKeySecretMissingException("main", "ab12cd34");
                },
                wire,
                Limits.defaults(1),
                new RecordedMetrics());
        processor.init(context);
        context.setRecordMetadata(Topics.COMMANDS.name(), 0, 0);
        var command = new Record<>(
                "main".getBytes(StandardCharsets.UTF_8),
                wire.encode(Topics.COMMANDS, Samples.command("main", "one")),
                0L);
        assertThatThrownBy(() -> processor.process(command))
                .isInstanceOf(SecretMissingException.class)
                .hasMessageContaining("directory.main.source.key.secret")
                .hasMessageContaining("ab12cd34");
        assertThat(context.forwarded()).isEmpty();
    }

    /** One that is never done, and takes all the time there is. */
    private static Decision busy(String directory, List<String> turns) {
        turns.add(directory);
        LockSupport.parkNanos(JobQueue.WORK.plusMillis(20).toNanos());
        return new Decision(List.of(counted(directory)), List.of());
    }

    private static StateChange<DirectoryState> counted(String directory) {
        return new StateChange<>(
                StateTable.DIRECTORIES,
                directory,
                DirectoryState.newBuilder().setVersion(1).setNextCode(1).build());
    }
}
