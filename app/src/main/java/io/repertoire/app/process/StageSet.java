package io.repertoire.app.process;

import io.repertoire.app.http.HealthReport;
import io.repertoire.app.metrics.Metrics;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages that no other live process runs, run here until {@link #close}. Used by one thread. */
public final class StageSet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StageSet.class);
    private static final int ASK_SECONDS = 10;

    /** Who would be in which consumer group, if it ran on another machine. */
    private static final Map<String, String> GROUPS =
            Map.of(StageFactory.STREAMS, "repertoire-streams", StageFactory.SINK, "repertoire-sink-directory");

    private final Connections connections;
    private final DataFolder data;
    private final StageFactory factory;
    private final boolean ownKafka;
    private final HealthReport health = new HealthReport();
    private final HealthWatch watch;
    private final Set<String> missing;
    private boolean runsAny;
    private final Cleanup cleanup = new Cleanup();

    /** What an import needs. */
    public static final List<String> WHOLE_LINE = List.of(StageFactory.SINK, StageFactory.STREAMS, StageFactory.INGEST);

    /** What a command needs: somebody who carries it out, and the tables that show it. */
    public static final List<String> WITHOUT_INGEST = List.of(StageFactory.SINK, StageFactory.STREAMS);

    /**
     * @param stages what is needed
     * @param ownKafka true if Kafka is the embedded one of this data folder, so that nobody elsewhere can use it
     */
    public StageSet(
            List<String> stages,
            Connections connections,
            DataFolder data,
            Wire wire,
            boolean ownKafka,
            Terminal terminal,
            Clock clock) {
        this.missing = new LinkedHashSet<>(stages);
        this.connections = connections;
        this.data = data;
        this.factory = new StageFactory(connections, data, wire, cleanup.add("metrics", new Metrics()), clock);
        this.ownKafka = ownKafka;
        this.watch = new HealthWatch(health, terminal);
    }

    /** Topics and schemas; waits for servers that cannot be reached. */
    public static void prepare(Connections connections, Wire wire, Terminal terminal, Shutdown shutdown) {
        new Preparation(connections, terminal, shutdown).run(wire);
    }

    /**
     * Starts what nobody runs now. Call again from time to time: one that ran elsewhere may have stopped, and one that was killed
     * is a member of its group for some seconds still.
     */
    public void startMissing() {
        if (missing.isEmpty()) {
            return;
        }
        Set<String> elsewhere = ownKafka ? Set.of() : aliveElsewhere();
        for (String name : List.copyOf(missing)) {
            if (elsewhere.contains(name)) {
                continue;
            }
            Optional<RunningPart> claim = RunningPart.claim(data, name);
            if (claim.isPresent()) {
                missing.remove(name);
                runsAny = true;
                cleanup.add("claim of " + name, claim.get()).publish(null);
                Stage stage = cleanup.add(name, factory.stage(name));
                stage.start();
                health.add(name, stage::check);
            }
        }
    }

    /** True if at least one stage runs here. */
    public boolean runsAny() {
        return runsAny;
    }

    /** Says what waits, fails or is well again. */
    public void look() {
        watch.look();
    }

    /** Why a stage of this process will not go on by itself, for people; empty while all can. */
    public Optional<String> broken() {
        return health.check().entrySet().stream()
                .filter(entry -> entry.getValue().state() == io.repertoire.schemas.Health.State.FAILED)
                .map(entry -> "The " + entry.getKey() + " stage has failed: "
                        + entry.getValue().detail())
                .findFirst();
    }

    private Set<String> aliveElsewhere() {
        var alive = new LinkedHashSet<String>();
        try (Admin admin = connections.admin()) {
            Collection<String> groups = GROUPS.values();
            Map<String, org.apache.kafka.common.KafkaFuture<ConsumerGroupDescription>> described =
                    admin.describeConsumerGroups(groups).describedGroups();
            for (String name : GROUPS.keySet()) {
                var group = described.get(GROUPS.get(name));
                if (group != null && hasMembers(group)) {
                    alive.add(name);
                }
            }
        }
        return alive;
    }

    private static boolean hasMembers(org.apache.kafka.common.KafkaFuture<ConsumerGroupDescription> group) {
        try {
            return !group.get(ASK_SECONDS, TimeUnit.SECONDS).members().isEmpty();
        } catch (ExecutionException | TimeoutException noSuchGroup) {
            LOG.debug("A consumer group cannot be described", noSuchGroup);
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
