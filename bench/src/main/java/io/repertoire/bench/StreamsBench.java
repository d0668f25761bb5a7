package io.repertoire.bench;

import com.sun.management.OperatingSystemMXBean;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.normalise.DefaultCustomerNormaliser;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.embedded.EmbeddedConfig;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import io.repertoire.streams.StreamsMetrics;
import io.repertoire.streams.StreamsSettings;
import io.repertoire.streams.StreamsStage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The streams stage alone: rows of one directory, published beforehand on an embedded broker in the same JVM, followed by one
 * thread under exactly-once. Prints rows per second, CPU and state per row. {@code StreamsBench [rows]
 * [rules|shared|adapter] [key=value ...]}: with {@code shared} every second row gives one and the same email besides its own phone; with
 * {@code adapter} the machine reads and writes what the rules would, and decides nothing; keys are Kafka
 * Streams' own, to try a setting.
 */
public final class StreamsBench {

    private static final String DIRECTORY = "bench";
    private static final DirectoryPolicy POLICY = DirectoryPolicy.defaults();
    private static final int PARTITIONS = 4;
    private static final int WARM_UP = 20_000;

    private StreamsBench() {}

    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        var mode = args.length > 1 ? args[1] : "rules";
        var kafka = new TreeMap<String, String>();
        for (int i = 2; i < args.length; i++) {
            var setting = args[i].split("=", 2);
            kafka.put(setting[0], setting[1]);
        }
        try (var folder = TemporaryFolder.create()) {
            run(rows, mode, kafka, folder.path());
        }
    }

    private static void run(int rows, String mode, Map<String, String> kafka, Path folder) throws Exception {
        var config =
                EmbeddedConfig.in(folder).using(null, null, new JdbcAddress("jdbc:postgresql://unused", null, null));
        try (var servers = new EmbeddedServers(config)) {
            var addresses = servers.start();
            var bootstrap = addresses.kafkaBootstrapServers();
            try (var wire = Wire.open(WireConfig.of(addresses.schemaRegistryUrl()))) {
                wire.registerAll();
                publish(bootstrap, wire, rows + WARM_UP, mode);
                measure(settings(bootstrap, folder.resolve("streams"), kafka), wire, machine(mode), rows, mode);
            }
        }
    }

    private static StreamsSettings settings(String bootstrap, Path state, Map<String, String> kafka) {
        var usual = StreamsSettings.of(bootstrap, state, PARTITIONS);
        return new StreamsSettings(
                usual.bootstrapServers(),
                usual.applicationId(),
                usual.stateDirectory(),
                usual.partitions(),
                usual.replicationFactor(),
                usual.threads(),
                usual.commitInterval(),
                usual.cacheBytes(),
                usual.memtableBytes(),
                usual.allowOldTransactions(),
                kafka);
    }

    private static DirectoryMachine machine(String mode) {
        return switch (mode) {
            case "adapter" -> new AdapterLoad();
            case "rules", "shared" ->
                DirectoryMachine.create(new DefaultCustomerNormaliser(BlockList.shipped()), directory -> POLICY);
            default -> throw new IllegalArgumentException("rules, shared or adapter, not " + mode);
        };
    }

    private static void publish(String bootstrap, Wire wire, int rows, String mode) throws Exception {
        try (var topics = new TopicAdmin(
                Admin.create(Map.of("bootstrap.servers", bootstrap)), TopicAdmin.Settings.of(PARTITIONS))) {
            topics.create();
        }
        var key = DIRECTORY.getBytes(StandardCharsets.UTF_8);
        var topic = Topics.SUBMISSIONS;
        var serializer = wire.serializer(topic);
        var source = new CustomerRows(DIRECTORY, "b".repeat(64));
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "linger.ms", 20, "compression.type", "lz4"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            if (!mode.equals("adapter")) {
                var unused = producer.send(
                        new ProducerRecord<>(topic.name(), key, serializer.serialize(topic.name(), source.start())));
            }
            for (int n = 0; n < rows; n++) {
                var row = mode.equals("shared") && n % 2 == 0 ? source.rowOfSharedEmail(n) : source.row(n);
                var unused =
                        producer.send(new ProducerRecord<>(topic.name(), key, serializer.serialize(topic.name(), row)));
            }
            producer.flush();
        }
    }

    private static void measure(StreamsSettings settings, Wire wire, DirectoryMachine machine, int rows, String mode)
            throws Exception {
        var counter = new Counter();
        var state = settings.stateDirectory();
        double seconds;
        double streamCpu;
        double processCpu;
        try (var stage = new StreamsStage(settings, wire, machine, Clock.systemUTC(), counter)) {
            stage.start();
            await(stage, counter, WARM_UP);
            long from = System.nanoTime();
            long first = counter.followed.get();
            long cpu = processCpu();
            long thread = streamThreadCpu();
            await(stage, counter, rows + WARM_UP);
            seconds = (System.nanoTime() - from) / 1e9;
            double measured = counter.followed.get() - first;
            processCpu = (processCpu() - cpu) / 1e3 / measured;
            streamCpu = (streamThreadCpu() - thread) / 1e3 / measured;
            printCommits(seconds);
            System.out.printf(
                    Locale.ROOT,
                    "streams (%s): %,d rows in %.2f s = %,.0f rows/s; %.1f us CPU a row in the stream thread, %.1f us in the"
                            + " process (broker included); %.1f outputs a row; dead letters %d%n",
                    mode,
                    (long) measured,
                    seconds,
                    measured / seconds,
                    streamCpu,
                    processCpu,
                    counter.sent.get() / (double) counter.followed.get(),
                    counter.dead.get());
            if (!mode.equals("adapter")) {
                SaleLatency.print(settings.bootstrapServers(), wire, DIRECTORY);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "state on disk: %,d bytes = %,.0f a row (rows and warm-up: %,d; one in four repeats a person)%n",
                size(state),
                size(state) / (double) (rows + WARM_UP),
                rows + WARM_UP);
        System.out.println("exactly_once_v2, commit every 100 ms, one thread, one directory, broker in the same JVM,"
                + " flush every second");
    }

    private static void await(StreamsStage stage, Counter counter, long rows) throws InterruptedException {
        while (counter.followed.get() < rows) {
            Thread.sleep(5);
            if (stage.check().state() == Health.State.FAILED) {
                throw new IllegalStateException(stage.check().detail());
            }
        }
    }

    /** What the stream thread waits for at each commit, by the producer's own account, since the start. */
    private static void printCommits(double seconds) {
        var server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (var name :
                    server.queryNames(new ObjectName("kafka.producer:type=producer-metrics,client-id=*"), null)) {
                if (!name.getKeyProperty("client-id").contains("StreamThread")) {
                    continue;
                }
                for (var metric : new String[] {
                    "flush-time-ns-total", "txn-send-offsets-time-ns-total", "txn-commit-time-ns-total"
                }) {
                    double spent = ((Number) server.getAttribute(name, metric)).doubleValue() / 1e9;
                    System.out.printf(Locale.ROOT, "waited: %s %.2f s of %.2f s measured%n", metric, spent, seconds);
                }
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long streamThreadCpu() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null
                        && info.getThreadName().contains("-StreamThread-")
                        && !info.getThreadName().contains("producer"))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static final class Counter implements StreamsMetrics {
        private final AtomicLong followed = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong dead = new AtomicLong();

        @Override
        public void accepted(String topic) {
            followed.incrementAndGet();
        }

        @Override
        public void rejected(String topic) {
            followed.incrementAndGet();
        }

        @Override
        public void deadLettered(String topic, String code) {
            followed.incrementAndGet();
            dead.incrementAndGet();
        }

        @Override
        public void sent(String topic) {
            sent.incrementAndGet();
        }
    }
}
