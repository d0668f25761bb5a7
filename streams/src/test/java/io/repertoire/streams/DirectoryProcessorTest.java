package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.Decision;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.testing.InMemoryWire;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
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
}
