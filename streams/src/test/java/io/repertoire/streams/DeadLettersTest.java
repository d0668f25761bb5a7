package io.repertoire.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.customers.Decision;
import io.repertoire.customers.Output;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.DeadLetter;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    @TempDir
    Path state;

    @Test
    void bytes_that_are_no_record_go_there_as_they_came_with_the_kafka_headers_of_an_error() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            var headers = new org.apache.kafka.common.header.internals.RecordHeaders();
            headers.add(RecordHeaders.ORIGIN_SHA256, "abc".getBytes(UTF_8));
            headers.add("traceparent", "00-1".getBytes(UTF_8));
            rig.pipe(Topics.SALE_EVENTS, "main", Samples.sale("main", "s1"));
            rig.pipe(Topics.SALE_EVENTS, "main".getBytes(UTF_8), new byte[] {7, 7, 7}, headers);

            var letter = only(rig);
            assertThat(letter.key()).isEqualTo("main".getBytes(UTF_8));
            assertThat(letter.value()).containsExactly(7, 7, 7);
            assertThat(header(letter, RecordHeaders.ERROR_TOPIC)).isEqualTo("sales.events.v1");
            assertThat(header(letter, RecordHeaders.ERROR_PARTITION)).isEqualTo("0");
            assertThat(header(letter, RecordHeaders.ERROR_OFFSET)).isEqualTo("1");
            assertThat(header(letter, RecordHeaders.ERROR_EXCEPTION)).isEqualTo(UndecodableException.class.getName());
            assertThat(header(letter, RecordHeaders.ERROR_MESSAGE)).isNotBlank();
            assertThat(header(letter, RecordHeaders.ERROR_STAGE)).isEqualTo("streams");
            assertThat(header(letter, RecordHeaders.ERROR_CODE)).isEqualTo(UndecodableException.NOT_WIRE_FORMAT);
            assertThat(header(letter, RecordHeaders.ERROR_AT)).isEqualTo(Samples.AT.toString());
            assertThat(header(letter, RecordHeaders.ORIGIN_SHA256)).isEqualTo("abc");
            assertThat(header(letter, "traceparent")).isEqualTo("00-1");
            assertThat(rig.held(StateTable.DIRECTORIES, "main").getVersion()).isEqualTo(1);
        }
    }

    @Test
    void a_record_without_a_key_or_with_a_key_that_is_no_directory_id_goes_there() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            var value = rig.wire.encode(Topics.SUBMISSIONS, Samples.submission("main", "r"));
            rig.pipe(Topics.SUBMISSIONS, null, value, new org.apache.kafka.common.header.internals.RecordHeaders());
            rig.pipe(Topics.SUBMISSIONS, "Not A Directory", value);
            rig.pipe(
                    Topics.SUBMISSIONS,
                    new byte[] {(byte) 0xFF, 0},
                    value,
                    new org.apache.kafka.common.header.internals.RecordHeaders());
            rig.pipe(Topics.SUBMISSIONS, "main/1", value);
            rig.pipe(Topics.SUBMISSIONS, "", value);
            var letters = rig.deadLetters();
            assertThat(letters)
                    .extracting(l -> header(l, RecordHeaders.ERROR_CODE))
                    .containsOnly("WRONG_KEY")
                    .hasSize(5);
            assertThat(letters.get(0).key()).isNull();
            assertThat(letters.get(2).key()).isEqualTo(new byte[] {(byte) 0xFF, 0});
            assertThat(rig.saidNothing()).isTrue();
        }
    }

    @Test
    void a_record_whose_value_names_another_directory_than_its_key_goes_there() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("other", "r"));
            rig.pipe(Topics.SALE_EVENTS, "main", Samples.sale("other", "s"));
            rig.pipe(Topics.COMMANDS, "main", Samples.command("other", "c"));
            assertThat(rig.deadLetters())
                    .extracting(l -> header(l, RecordHeaders.ERROR_CODE))
                    .containsExactly("WRONG_KEY", "WRONG_KEY", "WRONG_KEY");
            assertThat(rig.saidNothing()).isTrue();
        }
    }

    @Test
    void p55_a_record_on_another_partition_than_its_keys_goes_there_and_one_on_its_own_does_not() {
        int partitions = 4;
        var elsewhere = directoryWhere(partitions, false);
        var here = directoryWhere(partitions, true);
        try (var rig = new TopologyRig(state, Samples.counting(), Limits.defaults(partitions))) {
            rig.pipe(Topics.SUBMISSIONS, elsewhere, Samples.submission(elsewhere, "r"));
            rig.pipe(Topics.SUBMISSIONS, here, Samples.submission(here, "r"));
            rig.pipe(Topics.SUBMISSIONS, elsewhere, Samples.submission(elsewhere, "r"));
            assertThat(rig.deadLetters())
                    .extracting(l -> header(l, RecordHeaders.ERROR_CODE))
                    .containsExactly("WRONG_PARTITION", "WRONG_PARTITION");
            assertThat(rig.read(Topics.ROW_OUTCOMES)).hasSize(1);
        }
    }

    @Test
    void a_record_without_a_value_goes_there() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            rig.pipe(Topics.COMMANDS, "main", (byte[]) null);
            var letter = only(rig);
            assertThat(header(letter, RecordHeaders.ERROR_CODE)).isEqualTo("NULL_VALUE");
            assertThat(letter.value()).isNull();
        }
    }

    @Test
    void upon_a_bug_nothing_is_put_nothing_forwarded_and_the_reader_goes_on() {
        var fuse = new boolean[] {false};
        var counting = Samples.counting();
        try (var rig = TopologyRig.of(state, (input, view) -> {
            var decision = counting.apply(input, view);
            if (fuse[0]) {
                throw new IllegalStateException("jean.tremblay@example.org is in no index");
            }
            return decision;
        })) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            fuse[0] = true;
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r2"));
            fuse[0] = false;
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r3"));

            var letter = only(rig);
            assertThat(header(letter, RecordHeaders.ERROR_CODE)).isEqualTo(DeadLetter.BUG);
            assertThat(rig.wire.decode(Topics.SUBMISSIONS, letter.value())).isEqualTo(Samples.submission("main", "r2"));
            assertThat(rig.read(Topics.ROW_OUTCOMES))
                    .extracting(r -> r.value().getLine())
                    .containsExactly(1L, 2L);
            assertThat(letter.headers())
                    .allSatisfy(h -> assertThat(new String(h.value(), UTF_8)).doesNotContain("tremblay"));
        }
    }

    @Test
    void an_output_that_cannot_be_encoded_is_a_bug_and_leaves_no_trace() {
        try (var rig = TopologyRig.of(state, (input, view) -> {
            var broken = Samples.outcome("main", "i", 1);
            broken.setRecordId(null);
            return new Decision(
                    List.of(new StateChange<>(StateTable.DIRECTORIES, "main", Samples.directoryState(9L))),
                    List.of(
                            Output.of(Topics.ROW_OUTCOMES, "main/i", Samples.outcome("main", "i", 1)),
                            Output.of(Topics.ROW_OUTCOMES, "main/i", broken)));
        })) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            assertThat(header(only(rig), RecordHeaders.ERROR_CODE)).isEqualTo(DeadLetter.BUG);
            assertThat(rig.saidNothing()).isTrue();
            assertThat(rig.held(StateTable.DIRECTORIES, "main")).isNull();
        }
    }

    @Test
    void an_input_whose_output_no_topic_would_take_goes_there_and_leaves_no_trace() {
        try (var rig = new TopologyRig(
                state,
                (input, view) -> {
                    var large = Samples.outcome("main", "i", 1);
                    large.setSourceKey("x".repeat(20_000));
                    return new Decision(
                            List.of(new StateChange<>(StateTable.DIRECTORIES, "main", Samples.directoryState(9L))),
                            List.of(Output.of(Topics.ROW_OUTCOMES, "main/i", large)));
                },
                new Limits(1, 20_000, 20_000))) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            assertThat(header(only(rig), RecordHeaders.ERROR_CODE)).isEqualTo("OUTPUT_TOO_LARGE");
            assertThat(rig.saidNothing()).isTrue();
            assertThat(rig.held(StateTable.DIRECTORIES, "main")).isNull();
        }
    }

    @Test
    void an_input_whose_state_no_changelog_would_take_goes_there() {
        try (var rig = new TopologyRig(
                state,
                (input, view) -> new Decision(
                        List.of(new StateChange<>(
                                StateTable.IDENTIFIERS,
                                "main/email/x",
                                Samples.identifierState(List.of("y".repeat(30_000)), false, 1L))),
                        List.of()),
                new Limits(1, 20_000, 20_000))) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            assertThat(header(only(rig), RecordHeaders.ERROR_CODE)).isEqualTo("OUTPUT_TOO_LARGE");
            assertThat(rig.held(StateTable.IDENTIFIERS, "main/email/x")).isNull();
        }
    }

    @Test
    void a_dead_letter_too_large_for_its_topic_is_cut_and_says_so() {
        try (var rig = new TopologyRig(state, Samples.counting(), new Limits(1, 20_000, 20_000))) {
            rig.pipe(Topics.SUBMISSIONS, "main", new byte[20_000]);
            var letter = only(rig);
            assertThat(header(letter, DeadLetters.CUT_FROM)).isEqualTo("20000");
            long bytes = letter.value().length + 4L;
            for (var h : letter.headers()) {
                bytes += h.key().length() + h.value().length;
            }
            assertThat(bytes).isLessThanOrEqualTo(20_000).isGreaterThan(19_000);
        }
    }

    @Test
    void while_the_registry_is_away_the_record_waits_and_is_no_dead_letter() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            var bytes = rig.wire.encode(Topics.SUBMISSIONS, Samples.submission("main", "r1"));
            rig.wire.setRegistryAway(true);
            assertThatThrownBy(() -> rig.pipe(Topics.SUBMISSIONS, "main", foreign(bytes)))
                    .hasRootCauseInstanceOf(RegistryUnavailableException.class);
            assertThat(rig.deadLetters()).isEmpty();
            assertThat(rig.saidNothing()).isTrue();
        }
    }

    @Test
    void state_that_cannot_be_read_stops_the_reader_and_blames_no_input() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            rig.store(StateTable.DIRECTORIES).put(Bytes.wrap("main".getBytes(UTF_8)), new byte[] {1, 2, 3});
            assertThatThrownBy(() -> rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1")))
                    .hasStackTraceContaining(StateException.class.getName());
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    /** As written with a schema that was never asked for. */
    private static byte[] foreign(byte[] bytes) {
        var copy = bytes.clone();
        copy[4] = 99;
        return copy;
    }

    private static String directoryWhere(int partitions, boolean onFirst) {
        for (int i = 0; ; i++) {
            if ((Partitioning.partitionOf("shop-" + i, partitions) == 0) == onFirst) {
                return "shop-" + i;
            }
        }
    }

    private static String header(TestRecord<?, ?> record, String name) {
        return RecordHeaders.get(record.headers(), name);
    }

    private static TestRecord<byte[], byte[]> only(TopologyRig rig) {
        var letters = rig.deadLetters();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }
}
