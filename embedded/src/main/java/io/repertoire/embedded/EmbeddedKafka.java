package io.repertoire.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A broker and controller in this JVM, on disk, reachable from this machine only. */
final class EmbeddedKafka implements EmbeddedServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int NODE = 1;
    private static final long CLOSE_SECONDS = 20;

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final boolean durable;
    private final Map<String, String> settings;
    private volatile @Nullable KafkaRaftServer server;
    private volatile @Nullable HangingTransactions transactions;
    private volatile @Nullable String fault = "not started";

    EmbeddedKafka(Path folder, int port, int controllerPort, boolean durable, Map<String, String> settings) {
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
        this.durable = durable;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "kafka";
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Folders.deleteHalves(folder);
        Folders.createWhole(folder, EmbeddedKafka::format);
        if (!Files.exists(folder.resolve("meta.properties"))) {
            throw new EmbeddedServerException(folder + " holds something else than Kafka's data: move it away");
        }
        var started = new KafkaRaftServer(KafkaConfig.fromProps(properties(), false), Time.SYSTEM);
        server = started;
        Exit.setHaltProcedure(this::lost);
        Exit.setExitProcedure(this::lost);
        started.startup();
        fault = null;
        var checked = new HangingTransactions(bootstrapServers());
        transactions = checked;
        checked.start();
    }

    /**
     * Kafka ends the process, without a word and with everything in it, when it can no longer write to its folder. Here that is
     * a fault of one server: whoever runs it says so and stops the others in order. Kafka relies on nothing running after this
     * call, so it never returns.
     */
    private void lost(int status, @Nullable String message) {
        LOG.error("Kafka gave up with status {}: {}", status, message);
        fault = "Kafka can no longer write to " + folder
                + " and has stopped. Is the disk full? Nothing is lost: make room and start again.";
        while (true) {
            LockSupport.park(this);
        }
    }

    /** What is left of it in this JVM cannot be cleared away. */
    @Override
    public boolean canStartAgain() {
        return false;
    }

    @Override
    public @Nullable String fault() {
        return fault;
    }

    @Override
    public void close() {
        var running = server;
        if (running == null) {
            return;
        }
        server = null;
        fault = "stopped";
        var checked = transactions;
        if (checked != null) {
            checked.close();
        }
        // Kafka waits for itself without a limit.
        var closer = new Thread(
                () -> {
                    try {
                        running.shutdown();
                        running.awaitShutdown();
                    } catch (RuntimeException e) {
                        LOG.warn("Kafka did not stop cleanly; it recovers at its next start", e);
                    }
                },
                "kafka-close");
        closer.setDaemon(true);
        closer.start();
        try {
            closer.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            if (closer.isAlive()) {
                LOG.warn("Kafka did not stop within {} s; it recovers at its next start", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the folder a new cluster id, and the features of this release, transactions of version 2 among them. */
    private static void format(Path folder) throws IOException {
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setFeatureLevel("transaction.version", (short) 2)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("Kafka's folder cannot be formatted", e);
        }
    }

    private Properties properties() {
        var p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE));
        p.setProperty("log.dirs", folder.toString());
        p.setProperty("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("inter.broker.listener.name", "PLAINTEXT");
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        p.setProperty("auto.create.topics.enable", "false");

        // One node.
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "4");
        p.setProperty("group.initial.rebalance.delay.ms", "0");

        // After a kill the controller takes the broker for alive, and the new one for a double, until this is over.
        p.setProperty("broker.session.timeout.ms", "6000");
        p.setProperty("broker.heartbeat.interval.ms", "1000");

        // A transaction whose owner was killed holds up every reader until the broker aborts it.
        p.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

        // There is no second broker to recover from: what was acknowledged is on disk a second later.
        if (durable) {
            p.setProperty("log.flush.interval.ms", "1000");
            p.setProperty("log.flush.scheduler.interval.ms", "1000");
        }

        // Thousands of MBeans that nobody reads take a second of the start; what counts is at /metrics.
        p.setProperty("metric.reporters", "");

        // A machine with two cores and some hundred partitions.
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "4");
        p.setProperty("num.recovery.threads.per.data.dir", "2");
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(32 << 20));
        p.setProperty("log.segment.bytes", Integer.toString(128 << 20));
        p.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
        p.setProperty("message.max.bytes", Integer.toString(10 << 20));
        p.setProperty("replica.fetch.max.bytes", Integer.toString(10 << 20));
        p.setProperty("metadata.max.idle.interval.ms", "0");
        settings.forEach(p::setProperty);
        return p;
    }
}
