package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.Decision;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.Input;
import io.repertoire.customers.Output;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.normalise.DefaultCustomerNormaliser;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.DeadLetter;
import io.repertoire.schemas.ImportEnd;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ProblemStage;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.RejectedRecord;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTopologyTest {

    @TempDir
    Path state;

    @Test
    void its_description_is_the_golden_one() throws IOException {
        var topology = DirectoryTopology.build(
                Samples.counting(), new InMemoryWire(), Limits.defaults(4), Clock.systemUTC(), StreamsMetrics.NOOP);
        try (var golden = getClass().getResourceAsStream("/topology.txt")) {
            assertThat(topology.describe().toString())
                    .as("renaming a store or a node orphans the state of every installation")
                    .isEqualTo(golden == null ? "" : new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void every_input_topic_reaches_the_machine_as_what_it_carries() {
        var seen = new ArrayList<Input>();
        try (var rig = TopologyRig.of(state, (input, view) -> {
            seen.add(input);
            return Decision.nothing();
        })) {
            var submission = Samples.submission("main", "r1");
            var sale = Samples.sale("main", "s1");
            var command = Samples.command("main", "c1");
            rig.pipe(Topics.SUBMISSIONS, "main", submission);
            rig.pipe(Topics.SALE_EVENTS, "main", sale);
            rig.pipe(Topics.COMMANDS, "main", command);
            assertThat(seen)
                    .containsExactly(
                            new Input.Submission(submission),
                            new Input.Sale(sale),
                            new Input.Command(command, Samples.AT));
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    @Test
    void what_was_put_for_one_input_is_there_for_the_next() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            for (int i = 0; i < 3; i++) {
                rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r" + i));
            }
            rig.pipe(Topics.SUBMISSIONS, "other", Samples.submission("other", "r"));
            assertThat(rig.read(Topics.ROW_OUTCOMES))
                    .extracting(r -> r.key() + " " + r.value().getLine())
                    .containsExactly("main/count 1", "main/count 2", "main/count 3", "other/count 1");
            assertThat(rig.held(StateTable.DIRECTORIES, "main")).isEqualTo(Samples.directoryState(3L));
        }
    }

    @Test
    void a_change_to_null_deletes() {
        try (var rig = TopologyRig.of(state, (input, view) -> {
            var held = view.get(StateTable.DIRECTORIES, "main");
            return new Decision(
                    List.of(new StateChange<>(
                            StateTable.DIRECTORIES, "main", held == null ? Samples.directoryState(1L) : null)),
                    List.of());
        })) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            assertThat(rig.held(StateTable.DIRECTORIES, "main")).isNotNull();
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r2"));
            assertThat(rig.held(StateTable.DIRECTORIES, "main")).isNull();
        }
    }

    @Test
    void images_and_tombstones_carry_their_version_and_whether_they_end_their_input() {
        try (var rig = TopologyRig.of(
                state,
                (input, view) -> new Decision(
                        List.of(),
                        List.of(
                                new Output<>(Topics.DIRECTORY, "main/a", null, 41, false),
                                new Output<>(Topics.DIRECTORY, "main/b", null, 42, true))))) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            var records = rig.read(Topics.DIRECTORY);
            assertThat(records).extracting(r -> r.key()).containsExactly("main/a", "main/b");
            assertThat(records).allSatisfy(r -> assertThat(r.value()).isNull());
            assertThat(records)
                    .extracting(r -> RecordHeaders.get(r.headers(), RecordHeaders.VERSION)
                            + " "
                            + RecordHeaders.get(r.headers(), RecordHeaders.LAST_OF_INPUT))
                    .containsExactly("41 false", "42 true");
        }
    }

    @Test
    void other_topics_carry_no_version_headers() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            assertThat(rig.read(Topics.ROW_OUTCOMES).get(0).headers()).isEmpty();
        }
    }

    @Test
    void received_is_accepted_plus_rejected_plus_dead_lettered() {
        try (var rig = TopologyRig.of(state, (input, view) -> {
            var id = ((Input.Submission) input).value().getRecordId();
            if (id.equals("bug")) {
                throw new IllegalStateException();
            }
            return id.equals("bad")
                    ? new Decision(List.of(), List.of(Output.of(Topics.REJECTED, "main/none", rejected(id))))
                    : Decision.nothing();
        })) {
            for (var id : List.of("good", "bad", "bug", "good")) {
                rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", id));
            }
            rig.pipe(Topics.SUBMISSIONS, "main", new byte[] {1, 2, 3});
            assertThat(rig.metrics.count("received")).isEqualTo(5);
            assertThat(rig.metrics.count("accepted")).isEqualTo(2);
            assertThat(rig.metrics.count("rejected")).isEqualTo(1);
            assertThat(rig.metrics.count("dead-lettered")).isEqualTo(2);
            assertThat(rig.metrics.events()).contains("sent customers.rejected.v1");
        }
    }

    @Test
    void a_row_that_shows_a_bug_is_a_dead_letter_and_its_import_still_ends() {
        var rules = DirectoryMachine.create(
                new DefaultCustomerNormaliser(BlockList.shipped()), id -> DirectoryPolicy.defaults());
        try (var rig = TopologyRig.of(state, (input, view) -> {
            if (input instanceof Input.Submission s && s.value().getRecordId().equals("bug")) {
                throw new IllegalStateException();
            }
            return rules.apply(input, view);
        })) {
            for (var id : List.of("good", "bug")) {
                var row = Samples.customer(id, "Ana", "Lopez", id + "@shop.ca");
                row.setImportId("i1");
                rig.pipe(Topics.SUBMISSIONS, "main", row);
            }
            var end = Samples.submission("main", "end");
            end.setKind(SubmissionKind.IMPORT_END);
            end.setImportId("i1");
            end.setImportEnd(ImportEnd.newBuilder().setRead(2).build());
            rig.pipe(Topics.SUBMISSIONS, "main", end);
            assertThat(rig.deadLetters())
                    .extracting(r -> RecordHeaders.get(r.headers(), RecordHeaders.ERROR_CODE))
                    .containsExactly(DeadLetter.BUG);
            assertThat(rig.read(Topics.ROW_OUTCOMES))
                    .extracting(r -> r.value().getRecordId() + " " + r.value().getOutcome())
                    .containsExactly("good CREATED", "bug REJECTED");
            assertThat(rig.read(Topics.REJECTED))
                    .extracting(r -> r.value().getErrors().get(0).getCode())
                    .containsExactly("INTERNAL_ERROR");
            assertThat(rig.read(Topics.IMPORTS)).singleElement().satisfies(r -> {
                assertThat(r.value().getStatus()).isEqualTo(ImportStatus.PROCESSED);
                assertThat(r.value().getCounts().getRead()).isEqualTo(2);
                assertThat(r.value().getCounts().getRejected()).isEqualTo(1);
            });
            assertThat(rig.metrics.count("dead-lettered")).isEqualTo(1);
            assertThat(rig.metrics.count("rejected")).isZero();
        }
    }

    @Test
    void a_producers_own_timestamp_reaches_no_output_topic() {
        try (var rig = TopologyRig.of(state, Samples.counting())) {
            rig.pipe(Topics.SUBMISSIONS, "main", Samples.submission("main", "r1"));
            assertThat(rig.read(Topics.ROW_OUTCOMES).get(0).getRecordTime()).isEqualTo(Samples.AT);
        }
    }

    @Test
    void it_is_one_sub_topology() {
        Topology topology = DirectoryTopology.build(
                Samples.counting(), new InMemoryWire(), Limits.defaults(4), Clock.systemUTC(), StreamsMetrics.NOOP);
        assertThat(topology.describe().subtopologies()).hasSize(1);
    }

    private static RejectedRecord rejected(String recordId) {
        return RejectedRecord.newBuilder()
                .setDirectoryId("main")
                .setRecordId(recordId)
                .setSourceSystem("till")
                .setStage(ProblemStage.VALIDATE)
                .setFirstSeen(Samples.AT)
                .build();
    }
}
