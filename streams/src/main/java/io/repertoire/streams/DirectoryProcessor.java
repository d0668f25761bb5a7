package io.repertoire.streams;

import io.repertoire.customers.Decision;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.Input;
import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.StateChange;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.keys.SecretMissingException;
import io.repertoire.schemas.DeadLetter;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.streams.OutputWriter.EncodedOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the machine its stores and its outputs. Per record: read, compute, encode, and only then put everything and forward
 * everything; whatever fails before has left no trace. No rule of the domain lives in here.
 *
 * <p>Three kinds of failure. The record's own, or a bug's: dead letter, go on. A server's, or the state's: thrown, nothing is
 * lost, the record is read again. An {@code Error}: thrown, the stage stops.
 */
final class DirectoryProcessor implements Processor<byte[], byte[], Object, byte[]> {

    /** What it causes is too large for Kafka to carry. Nothing of it was done; a row of an import is answered as rejected. */
    static final String OUTPUT_TOO_LARGE = "OUTPUT_TOO_LARGE";

    /** Where a dead letter is forwarded to. */
    static final String DEAD_LETTERS = "to-" + Topics.STREAMS_DLQ.name();

    private static final Logger log = LoggerFactory.getLogger(DirectoryProcessor.class);

    /**
     * How often it is looked whether something of a directory is due. Each look is followed by a commit, also where nothing was
     * due, so it is not often.
     */
    private static final Duration TICK = Duration.ofSeconds(10);

    /** How often it is looked whether dry runs still come further: rarely, for each is an entry to find and read. */
    private static final long LOOK_AT_DRY_RUNS_MILLIS = Duration.ofHours(1).toMillis();

    private final JobQueue jobs = new JobQueue();
    /** Those of this task, whose turn it is next first: found in the store at start, then kept up with what is put there. */
    private final Set<String> directories = new LinkedHashSet<>();

    private @Nullable Cancellable clock;
    /** Runs only while there is something to go on with. */
    private @Nullable Cancellable jobClock;

    private boolean inspected;
    private long dryRunsSeenAt;
    private final DirectoryMachine machine;
    private final InputReader reader;
    private final OutputWriter writer;
    private final DeadLetters deadLetters;
    private final int maxRecordBytes;
    private final Duration jobTime;
    private final StreamsMetrics metrics;
    private @Nullable ProcessorContext<Object, byte[]> context;
    private @Nullable DirectoryStores stores;

    DirectoryProcessor(DirectoryMachine machine, Wire wire, Limits limits, StreamsMetrics metrics) {
        this.machine = machine;
        this.reader = new InputReader(wire, limits.partitions());
        this.writer = new OutputWriter(wire);
        this.deadLetters = new DeadLetters(limits.maxDeadLetterBytes());
        this.maxRecordBytes = limits.maxRecordBytes();
        this.jobTime = limits.jobTime();
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<Object, byte[]> context) {
        this.context = context;
        var opened = new DirectoryStores(context, UUID.randomUUID().toString());
        this.stores = opened;
        jobs.found(opened.keys(StateTable.JOBS));
        directories.addAll(opened.keys(StateTable.DIRECTORIES));
        clock = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick(now, context, opened));
        startJobClock(context, opened);
    }

    private void startJobClock(ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        if (jobClock == null) {
            jobClock = context.schedule(
                    JobQueue.PAUSE, PunctuationType.WALL_CLOCK_TIME, now -> continueJobs(now, context, stores));
        }
    }

    private void stopJobClock() {
        if (jobClock != null) {
            jobClock.cancel();
            jobClock = null;
        }
    }

    /** A task that is suspended or revived closes its processors and has the same ones begin again. */
    @Override
    public void close() {
        if (clock != null) {
            clock.cancel();
            clock = null;
        }
        stopJobClock();
        jobs.clear();
        directories.clear();
        inspected = false;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (context == null || stores == null) {
            throw new IllegalStateException("process before init");
        }
        var from = context.recordMetadata().orElseThrow();
        metrics.received(from.topic());
        var plan = plan(record, from, stores);
        if (plan instanceof Plan.Do todo) {
            count(todo, from);
            carryOut(todo, context, stores);
        } else if (plan instanceof Plan.GiveUp given) {
            metrics.deadLettered(from.topic(), given.why().code());
            if (given.answer() != null) {
                carryOut(given.answer(), context, stores);
            }
            context.forward(deadLetters.of(record, from, given.why()), DEAD_LETTERS);
        }
    }

    /** What to do about one record, decided before anything is done. */
    private sealed interface Plan {
        /** @param jobs changes to the table of long jobs */
        record Do(List<DirectoryStores.EncodedChange> changes, List<EncodedOutput> outputs, List<StateChange<?>> jobs)
                implements Plan {}

        /** @param answer what is said of it all the same, so that nobody waits for it */
        record GiveUp(DeadLetter why, @Nullable Do answer) implements Plan {
            GiveUp(DeadLetter why) {
                this(why, null);
            }
        }
    }

    private Plan plan(Record<byte[], byte[]> record, RecordMetadata from, DirectoryStores stores) {
        var reading = reader.read(from.topic(), from.partition(), record.key(), record.value(), record.timestamp());
        if (reading instanceof InputReader.Reading.Good readable) {
            return plan(readable.input(), record.timestamp(), stores);
        }
        return new Plan.GiveUp(((InputReader.Reading.Bad) reading).why());
    }

    private Plan plan(Input input, long timestamp, DirectoryStores stores) {
        var plan = attempt(input, timestamp, stores);
        if (plan instanceof Plan.GiveUp given && input instanceof Input.Command failed) {
            var answer = attempt(new Input.FailedCommand(failed.value(), failed.receivedAt()), timestamp, stores);
            return answer instanceof Plan.Do todo ? new Plan.GiveUp(given.why(), todo) : given;
        }
        if (plan instanceof Plan.GiveUp given && input instanceof Input.Submission failed) {
            var code = given.why().code().equals(OUTPUT_TOO_LARGE)
                    ? ProblemCode.OUTPUT_TOO_LARGE
                    : ProblemCode.INTERNAL_ERROR;
            var answer = attempt(new Input.Failed(failed.value(), code), timestamp, stores);
            return answer instanceof Plan.Do todo ? new Plan.GiveUp(given.why(), todo) : given;
        }
        return plan;
    }

    private Plan attempt(Input input, long timestamp, DirectoryStores stores) {
        try {
            return encode(machine.apply(input, stores), timestamp, stores);
        } catch (KafkaException e) {
            throw e; // the stores or the registry; the machine knows neither
        } catch (SecretMissingException e) {
            throw e; // only the configuration can mend it, and giving the record up would lose it
        } catch (RuntimeException bug) {
            return new Plan.GiveUp(DeadLetter.of(StreamsStage.NAME, bug));
        }
    }

    private Plan encode(Decision decision, long timestamp, DirectoryStores stores) {
        var changes =
                new ArrayList<DirectoryStores.EncodedChange>(decision.changes().size());
        List<StateChange<?>> jobs = List.of();
        for (var change : decision.changes()) {
            if (change.table().name().equals(StateTable.DIRECTORIES.name())) {
                directories.add(change.key());
            }
            if (isJob(change)) {
                jobs = jobs.isEmpty() ? new ArrayList<>(1) : jobs;
                jobs.add(change);
            }
            var encoded = stores.encode(change);
            if (encoded.largerThan(maxRecordBytes)) {
                return tooLarge("a state record of table " + change.table());
            }
            changes.add(encoded);
        }
        var outputs = new ArrayList<EncodedOutput>(decision.outputs().size());
        for (var output : decision.outputs()) {
            var encoded = writer.encode(output, timestamp);
            if (encoded.largerThan(maxRecordBytes)) {
                return tooLarge("a record of " + output.topic());
            }
            outputs.add(encoded);
        }
        return new Plan.Do(changes, outputs, jobs);
    }

    private static boolean isJob(StateChange<?> change) {
        return change.table().name().equals(StateTable.JOBS.name());
    }

    private Plan tooLarge(String what) {
        return new Plan.GiveUp(DeadLetter.of(
                StreamsStage.NAME,
                OUTPUT_TOO_LARGE,
                what + " would be larger than the " + maxRecordBytes + " bytes that the topics take"));
    }

    private void count(Plan.Do plan, RecordMetadata from) {
        boolean rejected = false;
        for (var output : plan.outputs()) {
            rejected |= output.topic().equals(Topics.REJECTED.name());
        }
        if (rejected) {
            metrics.rejected(from.topic());
        } else {
            metrics.accepted(from.topic());
        }
    }

    /**
     * Long jobs go on between records, one step of each in turn and for a bounded time, so that a till's event does not wait for
     * them. A job whose step fails is not gone on with.
     */
    private void continueJobs(long now, ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        var at = Instant.ofEpochMilli(now);
        if (!inspected) {
            inspected = true;
            inspect(at, context, stores);
        }
        long end = System.nanoTime() + jobTime.toNanos();
        while (!jobs.isEmpty() && System.nanoTime() < end) {
            var job = jobs.next();
            var plan = attempt(new Input.Continue(job.directoryId(), job.jobId(), at), now, stores);
            if (plan instanceof Plan.GiveUp given) {
                log.error(
                        "Job {} of directory {} failed: {}",
                        job.jobId(),
                        job.directoryId(),
                        given.why().code());
                plan = attempt(new Input.Abandon(job.directoryId(), job.jobId(), at), now, stores);
                if (plan instanceof Plan.Do todo) {
                    carryOut(todo, context, stores);
                }
                // One that is kept is tried again at the next start.
                jobs.drop(job);
            } else if (plan instanceof Plan.Do todo) {
                carryOut(todo, context, stores);
                if (todo.jobs().isEmpty()) {
                    jobs.drop(job);
                }
            }
        }
        if (jobs.isEmpty()) {
            stopJobClock();
        }
    }

    /**
     * Tells the directories what time it is, whether or not anything arrives; what is due is done in bounded pieces. Each has a
     * turn before one has a second, and whoever has had one stands behind those who have not, the next time too.
     */
    private void tick(long now, ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        var at = Instant.ofEpochMilli(now);
        if (now - dryRunsSeenAt >= LOOK_AT_DRY_RUNS_MILLIS) {
            dryRunsSeenAt = now;
            lookAtDryRuns(at, context, stores);
        }
        long end = System.nanoTime() + JobQueue.WORK.toNanos();
        var waiting = new ArrayDeque<>(directories);
        while (!waiting.isEmpty() && System.nanoTime() < end) {
            var directory = waiting.remove();
            directories.remove(directory);
            directories.add(directory);
            var plan = attempt(new Input.Tick(directory, at), now, stores);
            if (plan instanceof Plan.Do todo && !todo.changes().isEmpty()) {
                carryOut(todo, context, stores);
                waiting.add(directory);
            } else if (plan instanceof Plan.GiveUp given) {
                log.error(
                        "What is due in directory {} failed: {}",
                        directory,
                        given.why().code());
            }
        }
    }

    /** Once after the start, for each directory of this task: what came with a new configuration. */
    private void inspect(Instant at, ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        var all = new LinkedHashSet<>(directories);
        // A dry run may be all that there ever was of a directory.
        all.addAll(stores.directoriesIn(StateTable.DRY_RUN));
        for (var directory : all) {
            if (attempt(new Input.Inspect(directory, at), at.toEpochMilli(), stores) instanceof Plan.Do todo) {
                carryOut(todo, context, stores);
            } else {
                log.error("Directory {} cannot be looked at after the start", directory);
            }
        }
    }

    private void lookAtDryRuns(Instant at, ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        for (var directory : stores.directoriesIn(StateTable.DRY_RUN)) {
            var plan = attempt(new Input.LookAtDryRuns(directory, at), at.toEpochMilli(), stores);
            if (plan instanceof Plan.Do todo && !todo.changes().isEmpty()) {
                carryOut(todo, context, stores);
            }
        }
    }

    private void carryOut(Plan.Do plan, ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        stores.put(plan.changes());
        jobs.changed(plan.jobs());
        if (!jobs.isEmpty()) {
            startJobClock(context, stores);
        }
        for (var output : plan.outputs()) {
            metrics.sent(output.topic());
        }
        for (var output : plan.outputs()) {
            context.forward(output.record(), output.sink());
        }
    }
}
