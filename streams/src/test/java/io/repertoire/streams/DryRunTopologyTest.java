package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.Input;
import io.repertoire.customers.People;
import io.repertoire.customers.PlainNormaliser;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dry runs through the real topology: what they wrote is in no changelog, and gone in the end. */
class DryRunTopologyTest {

    @TempDir
    Path state;

    private static DirectoryMachine machine() {
        return DirectoryMachine.create(new PlainNormaliser(), id -> DirectoryPolicy.defaults());
    }

    private static void say(TopologyRig rig, Input.Submission input) {
        rig.pipe(Topics.SUBMISSIONS, People.DIRECTORY, input.value());
    }

    private static Input.Submission row(String importId, String name, long line) {
        return People.named(name, "Roy")
                .email(name + "@x.ca")
                .from("csv")
                .row(importId, "sha", line)
                .said();
    }

    private static List<String> outcomes(TopologyRig rig) {
        return rig.read(Topics.ROW_OUTCOMES).stream()
                .map(r -> r.value().getLine() + " " + r.value().getOutcome())
                .toList();
    }

    private static List<ImportStatus> statuses(TopologyRig rig) {
        return rig.read(Topics.IMPORTS).stream().map(r -> r.value().getStatus()).toList();
    }

    private static int held(KeyValueStore<Bytes, byte[]> store) {
        int entries = 0;
        try (var all = store.all()) {
            for (; all.hasNext(); all.next()) {
                entries++;
            }
        }
        return entries;
    }

    @Test
    void two_in_a_row_say_the_same_and_the_store_is_empty_after_them() {
        try (var rig = TopologyRig.of(state, machine())) {
            for (String run : List.of("d1", "d2")) {
                say(rig, People.startDry(run, ImportMode.UPSERT, null));
                say(rig, row(run, "ana", 2));
                say(rig, row(run, "ana", 3));
                assertThat(held(rig.store(StateTable.DRY_RUN))).isPositive();
                say(rig, People.end(run, 2));
                assertThat(outcomes(rig)).containsExactly("2 CREATED", "3 UNCHANGED");
                assertThat(statuses(rig)).containsExactly(ImportStatus.RUNNING, ImportStatus.DRY_RUN_DONE);
            }
            rig.wait(JobQueue.PAUSE);
            assertThat(held(rig.store(StateTable.DRY_RUN))).isZero();
            assertThat(held(rig.store(StateTable.JOBS))).isZero();
            assertThat(held(rig.store(StateTable.CUSTOMERS))).isZero();
            assertThat(rig.saidNothing()).isTrue();
            assertThat(rig.deadLetters()).isEmpty();

            var changelog = new java.util.HashMap<Bytes, byte[]>();
            rig.readChangelog(StateTable.DRY_RUN.name(), changelog);
            assertThat(changelog).isEmpty();
            rig.readChangelog(StateTable.IMPORT_PROGRESS.name(), changelog);
            assertThat(changelog).hasSize(2);
        }
    }

    @Test
    void one_whose_file_is_gone_is_aborted_after_a_day_and_its_store_emptied() {
        try (var rig = TopologyRig.of(state, machine())) {
            say(rig, People.startDry("d1", ImportMode.UPSERT, null));
            say(rig, row("d1", "ana", 2));
            rig.wait(Duration.ofHours(1));
            assertThat(statuses(rig)).containsExactly(ImportStatus.RUNNING);
            rig.wait(Duration.ofHours(24));
            rig.wait(JobQueue.PAUSE);
            assertThat(statuses(rig)).containsExactly(ImportStatus.DRY_RUN_ABORTED);
            assertThat(held(rig.store(StateTable.DRY_RUN))).isZero();
            assertThat(held(rig.store(StateTable.JOBS))).isZero();
        }
    }

    @Test
    void a_restart_in_the_middle_aborts_it_and_clears_what_it_left_and_the_next_one_is_right() {
        var stores = new KeptStores();
        var wire = new InMemoryWire();
        var first = stores.context();
        var before = new DirectoryProcessor(machine(), wire, Limits.defaults(1), StreamsMetrics.NOOP);
        before.init(first);
        process(before, wire, first, People.startDry("d1", ImportMode.UPSERT, null));
        process(before, wire, first, row("d1", "ana", 2));
        before.close();
        var overlay = stores.of(StateTable.DRY_RUN);
        assertThat(held(overlay)).isPositive();

        var second = stores.context();
        var after = new DirectoryProcessor(machine(), wire, Limits.defaults(1), StreamsMetrics.NOOP);
        after.init(second);
        second.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(1_000L));
        assertThat(held(overlay)).as("before any record").isZero();
        process(after, wire, second, row("d1", "luc", 3));
        process(after, wire, second, row("d1", "zoe", 4));
        process(after, wire, second, People.end("d1", 3));
        assertThat(second.forwarded()).hasSize(1);
        assertThat(wire.decode(Topics.IMPORTS, (byte[])
                                second.forwarded().get(0).record().value())
                        .getStatus())
                .isEqualTo(ImportStatus.DRY_RUN_ABORTED);

        second.resetForwards();
        process(after, wire, second, People.startDry("d2", ImportMode.UPSERT, null));
        process(after, wire, second, row("d2", "ana", 2));
        process(after, wire, second, People.end("d2", 1));
        var forwarded = second.forwarded();
        assertThat(wire.decode(Topics.IMPORTS, (byte[])
                                forwarded.get(forwarded.size() - 1).record().value())
                        .getStatus())
                .isEqualTo(ImportStatus.DRY_RUN_DONE);
        second.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(2_000L));
        assertThat(held(overlay)).isZero();
    }

    @Test
    void a_tills_event_in_the_middle_is_recorded_as_ever() {
        try (var rig = TopologyRig.of(state, machine())) {
            say(rig, People.startDry("d1", ImportMode.UPSERT, null));
            say(rig, row("d1", "ana", 2));
            say(rig, People.named("ana", "Roy").email("ana@x.ca").withId("7").said());
            assertThat(rig.read(Topics.DIRECTORY)).hasSize(1);
            say(rig, row("d1", "luc", 3));
            say(rig, People.end("d1", 2));
            var last = rig.read(Topics.IMPORTS);
            assertThat(last.get(last.size() - 1).value().getDirectoryChangedMeanwhile())
                    .isTrue();
            assertThat(held(rig.store(StateTable.CUSTOMERS))).isEqualTo(1);
        }
    }

    private static void process(
            DirectoryProcessor processor,
            InMemoryWire wire,
            MockProcessorContext<Object, byte[]> context,
            Input.Submission input) {
        context.setRecordMetadata(Topics.SUBMISSIONS.name(), 0, 0);
        processor.process(new Record<>(
                People.DIRECTORY.getBytes(StandardCharsets.UTF_8), wire.encode(Topics.SUBMISSIONS, input.value()), 0L));
    }
}
