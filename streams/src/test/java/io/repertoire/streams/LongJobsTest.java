package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.Decision;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.Input;
import io.repertoire.customers.Output;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.testing.InMemoryWire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long jobs go on step by step between records, also after a restart, and end where they fail. */
class LongJobsTest {

    private static final int STEPS = 5;

    private final InMemoryWire wire = new InMemoryWire();

    @TempDir
    Path state;

    /** A command starts a job of some steps; one whose id begins with {@code bad} fails in its second. */
    private static DirectoryMachine stepping() {
        return (input, view) -> {
            if (input instanceof Input.Command command) {
                return put(job(command.value().getCommandId(), 0));
            }
            if (input instanceof Input.Continue next) {
                JobState held = view.get(StateTable.JOBS, "main/" + next.jobId());
                if (next.jobId().startsWith("bad") && held.getDone() == 1) {
                    throw new IllegalStateException("a bug");
                }
                return held.getDone() + 1 == STEPS
                        ? end(next.jobId(), CommandStatus.DONE)
                        : put(job(next.jobId(), held.getDone() + 1));
            }
            if (input instanceof Input.Abandon kept && kept.jobId().startsWith("bad-kept")) {
                var failed = end(kept.jobId(), CommandStatus.FAILED);
                return new Decision(put(job(kept.jobId(), 2)).changes(), failed.outputs());
            }
            if (input instanceof Input.Abandon broken) {
                return end(broken.jobId(), CommandStatus.FAILED);
            }
            return Decision.nothing();
        };
    }

    private static JobState job(String id, long done) {
        return JobState.newBuilder().setJobId(id).setDone(done).setStartedAt(0).build();
    }

    private static Decision put(JobState job) {
        return new Decision(List.of(new StateChange<>(StateTable.JOBS, "main/" + job.getJobId(), job)), List.of());
    }

    private static Decision end(String jobId, CommandStatus status) {
        var result = CommandResult.newBuilder()
                .setCommandId(jobId)
                .setDirectoryId("main")
                .setType(io.repertoire.schemas.CommandType.REVIEW_MERGE_ALL)
                .setStatus(status)
                .setVersion(1)
                .setCompletedAt(Samples.AT)
                .build();
        return new Decision(
                List.of(new StateChange<>(StateTable.JOBS, "main/" + jobId, null)),
                List.of(Output.of(Topics.COMMAND_RESULTS, Keys.of("main", jobId), result)));
    }

    private static List<String> results(TopologyRig rig) {
        return rig.read(Topics.COMMAND_RESULTS).stream()
                .map(r -> r.value().getCommandId() + ' ' + r.value().getStatus())
                .toList();
    }

    /** Often enough on a machine that is so busy that each time is over after one step. */
    private static void takeTurns(TopologyRig rig) {
        for (int i = 0; i < 20; i++) {
            rig.wait(JobQueue.PAUSE);
        }
    }

    @Test
    void several_jobs_go_on_in_turn_and_one_that_fails_ends_without_the_others() {
        try (var rig = TopologyRig.of(state, stepping())) {
            rig.pipe(Topics.COMMANDS, "main", Samples.command("main", "one"));
            rig.pipe(Topics.COMMANDS, "main", Samples.command("main", "bad"));
            rig.pipe(Topics.COMMANDS, "main", Samples.command("main", "two"));
            assertThat(results(rig)).isEmpty();
            takeTurns(rig);
            assertThat(results(rig)).containsExactly("bad FAILED", "one DONE", "two DONE");
            assertThat(rig.held(StateTable.JOBS, "main/one")).isNull();
            assertThat(rig.deadLetters()).isEmpty();
            takeTurns(rig);
            assertThat(results(rig)).isEmpty();
        }
    }

    /** One process after the other over the same stores. */
    private DirectoryProcessor started(MockProcessorContext<Object, byte[]> context) {
        var processor = new DirectoryProcessor(stepping(), wire, Limits.defaults(1), StreamsMetrics.NOOP);
        processor.init(context);
        return processor;
    }

    private void command(MockProcessorContext<Object, byte[]> context, String commandId) {
        var processor = started(context);
        context.setRecordMetadata(Topics.COMMANDS.name(), 0, 0);
        processor.process(new Record<>(
                "main".getBytes(StandardCharsets.UTF_8),
                wire.encode(Topics.COMMANDS, Samples.command("main", commandId)),
                0L));
    }

    private static void takeTurns(MockProcessorContext<Object, byte[]> context) {
        for (int i = 0; i < 20; i++) {
            context.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(1_000L));
        }
    }

    @Test
    void a_job_that_is_kept_when_it_fails_is_tried_again_with_the_next_start_and_not_before() {
        var stores = new KeptStores();
        var first = stores.context();
        command(first, "bad-kept");
        takeTurns(first);
        assertThat(first.forwarded()).as("it failed once").hasSize(1);

        var second = stores.context();
        started(second);
        takeTurns(second);
        assertThat(second.forwarded()).as("and is done").hasSize(1);
    }

    @Test
    void a_job_that_was_going_on_when_the_stage_stopped_goes_on_with_the_next_start() {
        var stores = new KeptStores();
        var first = stores.context();
        command(first, "one");
        assertThat(first.forwarded()).isEmpty();

        var second = stores.context();
        started(second);
        takeTurns(second);
        assertThat(second.forwarded()).hasSize(1);
        assertThat(second.forwarded().get(0).record().key()).isEqualTo("main/one");
    }
}
