package io.repertoire.streams;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.Input;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
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

    /** Where a dead letter is forwarded to. */
    static final String DEAD_LETTERS = "to-" + Topics.STREAMS_DLQ.name();

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryProcessor.class);

    /**
     * How often it is looked whether something of a directory is due. Each look is followed by a commit, also where nothing was
     * due, so it is not often.
     */
    private static final Duration TICK = Duration.ofSeconds(10);

    /** How often it is looked whether dry runs still come further: rarely, for each is an entry to find and read. */
    private static final long LOOK_AT_DRY_RUNS_MILLIS = Duration.ofHours(1).toMillis();

    private final Planner planner;
    private final InputReader reader;
    private final DeadLetters deadLetters;
    private final Duration jobTime;
    private final StreamsMetrics metrics;

    private final JobQueue jobs = new JobQueue();
    /** Those of this task, whose turn it is next first: found in the store at start, then kept up with what is put there. */
    private final Set<String> directories = new LinkedHashSet<>();

    private @Nullable ProcessorContext<Object, byte[]> context;
    private @Nullable DirectoryStores stores;
    private @Nullable Cancellable clock;
    /** Runs only while there is something to go on with. */
    private @Nullable Cancellable jobClock;

    private boolean inspected;
    private long dryRunsSeenAt;

    DirectoryProcessor(DirectoryMachine machine, Wire wire, Limits limits, StreamsMetrics metrics) {
        this.planner = new Planner(machine, wire, limits.maxRecordBytes());
        this.reader = new InputReader(wire, limits.partitions());
        this.deadLetters = new DeadLetters(limits.maxDeadLetterBytes());
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

    private Plan plan(Record<byte[], byte[]> record, RecordMetadata from, DirectoryStores stores) {
        var reading = reader.read(from.topic(), from.partition(), record.key(), record.value(), record.timestamp());
        if (reading instanceof InputReader.Reading.Good readable) {
            return planner.ofRecord(readable.input(), record.timestamp(), stores);
        }
        return new Plan.GiveUp(((InputReader.Reading.Bad) reading).why());
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
            var plan = planner.of(new Input.Continue(job.directoryId(), job.jobId(), at), now, stores);
            if (plan instanceof Plan.GiveUp given) {
                LOG.error(
                        "Job {} of directory {} failed: {}",
                        job.jobId(),
                        job.directoryId(),
                        given.why().code());
                plan = planner.of(new Input.Abandon(job.directoryId(), job.jobId(), at), now, stores);
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
            var plan = planner.of(new Input.Tick(directory, at), now, stores);
            if (plan instanceof Plan.Do todo && !todo.changes().isEmpty()) {
                carryOut(todo, context, stores);
                waiting.add(directory);
            } else if (plan instanceof Plan.GiveUp given) {
                LOG.error(
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
            if (planner.of(new Input.Inspect(directory, at), at.toEpochMilli(), stores) instanceof Plan.Do todo) {
                carryOut(todo, context, stores);
            } else {
                LOG.error("Directory {} cannot be looked at after the start", directory);
            }
        }
    }

    private void lookAtDryRuns(Instant at, ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        for (var directory : stores.directoriesIn(StateTable.DRY_RUN)) {
            var plan = planner.of(new Input.LookAtDryRuns(directory, at), at.toEpochMilli(), stores);
            if (plan instanceof Plan.Do todo && !todo.changes().isEmpty()) {
                carryOut(todo, context, stores);
            } else if (plan instanceof Plan.GiveUp given) {
                LOG.error(
                        "Dry runs of directory {} cannot be looked at: {}",
                        directory,
                        given.why().code());
            }
        }
    }

    private void carryOut(Plan.Do plan, ProcessorContext<Object, byte[]> context, DirectoryStores stores) {
        stores.put(plan.changes());
        if (plan.directory() != null) {
            directories.add(plan.directory());
        }
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
