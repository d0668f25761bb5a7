package io.repertoire.streams;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.keys.SecretMissingException;
import io.repertoire.schemas.Blame;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams stage: validate, dedupe, merge. Reads the three input topics, keeps the directories, writes what becomes of them,
 * exactly once. Waits for Kafka and the registry as long as it takes; stops with FAILED, and says why, when waiting is no use.
 */
public final class StreamsStage implements Stage {

    static final String NAME = "streams";

    private static final Logger LOG = LoggerFactory.getLogger(StreamsStage.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);
    private static final Duration REGISTRY_PATIENCE = Duration.ofMinutes(4);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final int PROBE_TIMEOUT_MS = 4_000;
    private static final int PROBES_MISSED = 2;

    private final StreamsSettings settings;
    private final Wire wire;
    private final DirectoryMachine machine;
    private final Clock clock;
    private final CountingMetrics metrics;
    private final Closing closing = new Closing();
    private final Waits waits = new Waits();
    private final Backoff retries;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable KafkaStreams> streams = new AtomicReference<>();
    private volatile @Nullable Thread runner;

    /** @param wire not closed by this stage */
    public StreamsStage(
            StreamsSettings settings, Wire wire, DirectoryMachine machine, Clock clock, StreamsMetrics metrics) {
        this.settings = settings;
        this.wire = wire;
        this.machine = machine;
        this.clock = clock;
        this.metrics = new CountingMetrics(metrics);
        this.retries = new Backoff(clock, FIRST_RETRY, LONGEST_RETRY);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        if (closing.isSaid() || !started.compareAndSet(false, true)) {
            throw new IllegalStateException("a stage starts once");
        }
        var thread = new Thread(this::run, "repertoire-streams-runner");
        thread.setDaemon(true);
        runner = thread;
        thread.start();
    }

    @Override
    public Health check() {
        var failed = failure.get();
        if (failed != null) {
            return Health.of(Health.State.FAILED, failed);
        }
        if (closing.isSaid()) {
            return Health.of(Health.State.CLOSED, "");
        }
        var waiting = waits.any();
        if (waiting != null) {
            return Health.of(Health.State.WAITING, "waiting for " + waiting);
        }
        var running = streams.get();
        if (running == null) {
            return Health.of(Health.State.STARTING, started.get() ? "looking at Kafka" : "not started");
        }
        return switch (running.state()) {
            case RUNNING ->
                metrics.bugs() == 0
                        ? Health.up()
                        : Health.of(
                                Health.State.DEGRADED,
                                metrics.bugs()
                                        + " records went to the dead letters because of a bug; see their headers");
            case CREATED, REBALANCING ->
                Health.of(Health.State.STARTING, "taking over partitions and restoring their state");
            case PENDING_SHUTDOWN, NOT_RUNNING -> Health.of(Health.State.CLOSED, "");
            case PENDING_ERROR, ERROR -> Health.of(Health.State.FAILED, "Kafka Streams stopped; see the log");
        };
    }

    @Override
    public void close() {
        if (!closing.say()) {
            return;
        }
        var thread = runner;
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join(CLOSE_LIMIT.plusSeconds(5).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try (var admin = openAdmin()) {
            if (admin == null) {
                return;
            }
            var limits = prepare(admin);
            if (limits != null) {
                runUntilClosed(admin, limits);
            }
        } catch (IOException e) {
            fail("the state directory " + settings.stateDirectory() + " cannot be written: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            fail(e instanceof StartupChecks.Refused ? String.valueOf(e.getMessage()) : Blame.cause(e), e);
        }
    }

    private @Nullable Admin openAdmin() {
        return untilItAnswers(() -> Admin.create(KafkaProperties.admin(settings)));
    }

    private @Nullable Limits prepare(Admin admin) {
        return untilItAnswers(() -> {
            var limits = new StartupChecks(settings).run(admin);
            wire.registerAll();
            return limits;
        });
    }

    /** A question to a server that may be away. */
    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    /** @return null if the stage closes first */
    private <T> @Nullable T untilItAnswers(Question<T> question) {
        while (!closing.isSaid()) {
            try {
                return question.ask();
            } catch (KafkaException e) {
                if (!Trouble.passes(e)) {
                    throw e;
                }
                waitFor(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    private void waitFor(Throwable cause) {
        var what = Blame.cause(cause);
        LOG.warn("Streams waits: {}", what);
        var wait = waits.begin(what);
        try {
            closing.within(retries.next());
        } finally {
            waits.end(wait);
        }
    }

    private void runUntilClosed(Admin admin, Limits limits) throws IOException {
        try (var memory = new RocksMemory(settings.cacheBytes(), settings.memtableBytes())) {
            var patient = new PatientWire(wire, REGISTRY_PATIENCE, closing, waits);
            var topology = DirectoryTopology.build(machine, patient, limits, clock, metrics);
            var kafka = new KafkaStreams(
                    topology,
                    KafkaProperties.streams(settings, InstanceId.of(settings.stateDirectory()), memory, limits));
            kafka.setUncaughtExceptionHandler(this::afterAThreadDied);
            streams.set(kafka);
            Runnable unbind = metrics.runsOn(kafka);
            try {
                kafka.start();
                LOG.info("Streams reads {} partitions as {}", limits.partitions(), settings.applicationId());
                watch(admin);
            } finally {
                boolean stopped = kafka.close(CloseOptions.timeout(CLOSE_LIMIT)
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
                if (!stopped) {
                    LOG.warn("Streams did not stop within {} s", CLOSE_LIMIT.toSeconds());
                }
                unbind.run();
            }
        }
    }

    /** Kafka Streams stays RUNNING while no broker answers, so ask. */
    private void watch(Admin admin) {
        int missed = 0;
        Object wait = null;
        while (!closing.within(PROBE_EVERY)) {
            try {
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(PROBE_TIMEOUT_MS))
                        .nodes()
                        .get(2L * PROBE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
                missed = 0;
                if (wait != null) {
                    waits.end(wait);
                    wait = null;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception e) {
                missed++;
                if (missed >= PROBES_MISSED && wait == null) {
                    wait = waits.begin("Kafka: no broker of " + settings.bootstrapServers() + " answers");
                }
            }
        }
    }

    private StreamThreadExceptionResponse afterAThreadDied(Throwable cause) {
        if (closing.isSaid()) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (Trouble.passes(cause)) {
            waitFor(cause);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        fail(why(cause), cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private static String why(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SecretMissingException missing) {
                return String.valueOf(missing.getMessage());
            }
        }
        return Blame.cause(cause);
    }

    private void fail(String why, Throwable cause) {
        failure.compareAndSet(null, why);
        LOG.error("Streams stopped: {} ({})", why, Blame.place(cause));
    }
}
