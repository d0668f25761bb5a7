package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.DirectoryView;
import io.repertoire.customers.Input;
import io.repertoire.customers.Output;
import io.repertoire.customers.People;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.Wash;
import io.repertoire.customers.model.History;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Random histories of rows, sales and commands, on whose every step the slow model and the machine have agreed, once more through
 * the real topology: bytes in, bytes out, real stores. Each record of each topic, ids and golden records and outcomes among them,
 * must be the one that the machine gave, and in the end the state the same. Now and then the stage is gone and the next one has only the changelogs.
 */
@AddLifecycleHook(Wash.class)
class ModelHistoryProperties {

    private static final int RESTARTS = 4;

    /** Long jobs are done at one time here, as the history has them, however slow the machine is. */
    private static final Limits ALLOWED = new Limits(
            1, Limits.defaults(1).maxRecordBytes(), Limits.defaults(1).maxDeadLetterBytes(), Duration.ofMinutes(10));

    private record Sent(String key, @Nullable SpecificRecord value) {}

    @Property(tries = 1, shrinking = ShrinkingMode.OFF, seed = "20260304")
    void the_topology_agrees_with_the_slow_model_through_every_restart(@ForAll long seed) throws IOException {
        agrees(seed, 2_000, io.repertoire.customers.model.Limits.none());
    }

    @Property(tries = 2, shrinking = ShrinkingMode.OFF, seed = "20260305")
    void the_topology_agrees_where_customers_and_identifiers_fill_up(@ForAll long seed) throws IOException {
        agrees(seed, 1_000, io.repertoire.customers.model.Limits.narrow());
    }

    @Property(tries = 1, shrinking = ShrinkingMode.OFF, seed = "20260306")
    void the_same_log_through_the_topology_again_gives_the_same_ids_and_everything_else(@ForAll long seed)
            throws IOException {
        var limits = io.repertoire.customers.model.Limits.narrow();
        History history = History.of(seed, 300, limits, 20, 10);
        var once = live(history, limits, new Random(1));
        var again = live(history, limits, new Random(2));
        same(again, once);
    }

    private static void agrees(long seed, int length, io.repertoire.customers.model.Limits limits) throws IOException {
        History history = History.of(seed, length, limits, 20, 10);
        var expected = new LinkedHashMap<String, List<Sent>>();
        for (History.Step step : history.steps()) {
            for (Output<?> output : step.outputs()) {
                add(expected, output.topic(), output.key(), output.value());
            }
        }
        same(live(history, limits, new Random(seed)), expected);
    }

    /** One after the other, since a list of thousands of records that differs somewhere explains nothing. */
    private static void same(Map<String, List<Sent>> actual, Map<String, List<Sent>> expected) {
        expected.forEach((topic, records) -> {
            var got = actual.getOrDefault(topic, List.of());
            for (int i = 0; i < Math.min(got.size(), records.size()); i++) {
                assertThat(got.get(i)).as("%s, record %s", topic, i).isEqualTo(records.get(i));
            }
            assertThat(got).as("%s", topic).hasSameSizeAs(records);
        });
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
    }

    /** What each topic was sent, in order. */
    private static Map<String, List<Sent>> live(
            History history, io.repertoire.customers.model.Limits limits, Random random) throws IOException {
        Path folder = Files.createTempDirectory("history");
        var sent = new LinkedHashMap<String, List<Sent>>();
        var changelogs = new LinkedHashMap<String, Map<Bytes, byte[]>>();
        DirectoryTopology.STORES.forEach(store -> changelogs.put(store, new LinkedHashMap<>()));
        int starts = 0;
        TopologyRig rig = start(folder.resolve("0"), limits, changelogs);
        try {
            Iterator<History.Step> steps = history.steps().iterator();
            boolean waiting = false;
            while (steps.hasNext()) {
                Input input = steps.next().input();
                pipe(rig, input);
                // A rig finds its stores empty and is given the changelogs then: it would not know of a job.
                waiting |= random.nextInt(history.steps().size()) < RESTARTS;
                if (waiting && isIdle(rig)) {
                    waiting = false;
                    stop(rig, sent, changelogs);
                    rig = start(folder.resolve("" + ++starts), limits, changelogs);
                }
            }
            for (StateTable<?> table : StateTable.ALL) {
                sameState(table, rig, history.state());
            }
            stop(rig, sent, changelogs);
        } finally {
            rig.close();
            delete(folder);
        }
        return sent;
    }

    private static boolean isIdle(TopologyRig rig) {
        try (var jobs = rig.store(StateTable.JOBS).all()) {
            return !jobs.hasNext();
        }
    }

    private static TopologyRig start(
            Path folder, io.repertoire.customers.model.Limits limits, Map<String, Map<Bytes, byte[]>> changelogs) {
        var rig = TopologyRig.inMemory(folder, History.machine(limits), ALLOWED);
        changelogs.forEach(rig::restore);
        return rig;
    }

    /** Nothing is left but what is in Kafka. */
    private static void stop(
            TopologyRig rig, Map<String, List<Sent>> sent, Map<String, Map<Bytes, byte[]>> changelogs) {
        assertThat(rig.deadLetters())
                .extracting(letter -> why(letter.headers()))
                .as("dead letters")
                .isEmpty();
        OutputWriter.TOPICS.forEach(topic -> read(rig, topic, sent));
        changelogs.forEach(rig::readChangelog);
        rig.close();
    }

    private static <T extends SpecificRecord> void sameState(
            StateTable<T> table, TopologyRig rig, DirectoryView expected) {
        var keys = new ArrayList<String>();
        try (var entries = rig.store(table).all()) {
            entries.forEachRemaining(entry -> keys.add(new String(entry.key.get(), StandardCharsets.UTF_8)));
        }
        assertThat(keys)
                .as("%s", table)
                .containsExactlyInAnyOrderElementsOf(expected.keys(table, "", null, Integer.MAX_VALUE));
        for (String key : keys) {
            assertThat(rig.held(table, key)).as("%s %s", table, key).isEqualTo(expected.get(table, key));
        }
    }

    private static String why(Headers headers) {
        var why = new StringBuilder();
        headers.forEach(header -> why.append(header.key())
                .append('=')
                .append(new String(header.value(), StandardCharsets.UTF_8))
                .append(' '));
        return why.toString();
    }

    private static <T extends SpecificRecord> void read(TopologyRig rig, Topic<T> topic, Map<String, List<Sent>> sent) {
        rig.read(topic).forEach(record -> add(sent, topic, record.key(), record.value()));
    }

    private static void add(Map<String, List<Sent>> sent, Topic<?> topic, String key, @Nullable SpecificRecord value) {
        sent.computeIfAbsent(topic.name(), name -> new ArrayList<>()).add(new Sent(key, value));
    }

    private static void pipe(TopologyRig rig, Input input) {
        if (input instanceof Input.Submission said) {
            pipe(rig, Topics.SUBMISSIONS, said.value(), said.value().getReceivedAt());
        } else if (input instanceof Input.Sale sale) {
            pipe(rig, Topics.SALE_EVENTS, sale.value(), sale.value().getReceivedAt());
        } else if (input instanceof Input.Command command) {
            pipe(rig, Topics.COMMANDS, command.value(), command.receivedAt());
        } else if (input instanceof Input.Continue job) {
            // The first of them is all of them.
            rig.waitUntil(job.now());
        } else {
            throw new AssertionError("no topic has " + input);
        }
    }

    private static <T extends SpecificRecord> void pipe(TopologyRig rig, Topic<T> topic, T value, Instant at) {
        rig.arriveAt(at);
        rig.pipe(topic, People.DIRECTORY, value);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
