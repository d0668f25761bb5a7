package io.repertoire.bench;

import com.sun.management.OperatingSystemMXBean;
import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.SubmissionCheck;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.embedded.EmbeddedConfig;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.ingest.Ingest;
import io.repertoire.ingest.IngestConfig;
import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.Mapping;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * The ingest stage alone, step by step and then as a whole, on an embedded broker in the same JVM and without flow control:
 * {@code IngestBench [rows [rounds]]}. The generated file has 25 % repeated people, accents, quotes and bad rows.
 */
public final class IngestBench {

    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 3;

    private IngestBench() {}

    public static void main(String[] args) throws Exception {
        int rows = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
        try (var folder = TemporaryFolder.create()) {
            run(rows, rounds, folder.path());
        }
    }

    private static void run(int rows, int rounds, Path folder) throws Exception {
        var file = folder.resolve("customers.csv");
        var unused = new CustomerFileGenerator(1).write(file, rows);
        System.out.printf(Locale.ROOT, "%,d rows, %,d bytes%n", rows, Files.size(file));
        var config =
                EmbeddedConfig.in(folder).using(null, null, new JdbcAddress("jdbc:postgresql://unused", null, null));
        try (var servers = new EmbeddedServers(config)) {
            var addresses = servers.start();
            var bootstrap = addresses.kafkaBootstrapServers();
            try (var wire = Wire.open(WireConfig.of(addresses.schemaRegistryUrl()));
                    var topics = new TopicAdmin(
                            Admin.create(Map.of("bootstrap.servers", bootstrap)), TopicAdmin.Settings.of(PARTITIONS))) {
                topics.create();
                wire.registerAll();
                for (int round = 1; round <= rounds; round++) {
                    System.out.println("round " + round);
                    steps(file, wire, rows);
                    whole(file, folder.resolve("data-" + round), bootstrap, wire, "r" + round);
                }
            }
        }
    }

    private static void steps(Path file, Wire wire, int rows) throws IOException {
        report("hash and check the encoding", rows, () -> FileProbe.of(file).size());
        report("read", rows, () -> read(file, null, null));
        report("read and map", rows, () -> read(file, new Layouts(), null));
        report("read, map and encode", rows, () -> read(file, new Layouts(), wire));
    }

    private static long read(Path file, @Nullable Layouts layouts, @Nullable Wire wire) throws IOException {
        var known = new Layouts();
        try (var table = (CsvTable) CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, known::known)) {
            List<String> header = table.header().cells();
            var origin = new RowMapper.Origin("main", "i", "b".repeat(64), "plain-en", Instant.EPOCH, Instant.EPOCH);
            var mapper = new RowMapper((Mapping) known.map(header, null), origin);
            var serializer = wire == null ? null : wire.serializer(Topics.SUBMISSIONS);
            long sum = 0;
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                sum += row.size();
                if (layouts != null) {
                    var submission = mapper.map(row);
                    sum += submission.getLine();
                    if (serializer != null) {
                        sum += serializer.serialize(Topics.SUBMISSIONS.name(), submission).length;
                    }
                }
            }
            return sum;
        }
    }

    private static void whole(Path file, Path data, String bootstrap, Wire wire, String directory) throws Exception {
        var inbox = Files.createDirectories(data.resolve("inbox").resolve(directory));
        var sent = new CountDownLatch(1);
        long[] result = new long[1];
        var metrics = new IngestMetrics() {
            @Override
            public void fileSent(long rows, long millis) {
                result[0] = rows;
                sent.countDown();
            }
        };
        var check = new SubmissionCheck(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults());
        var config = IngestConfig.of(data, Map.of("bootstrap.servers", bootstrap))
                .withoutFlowControl()
                .withTimes(Duration.ofMillis(50), Duration.ofSeconds(2));
        try (var ingest = new Ingest(config, wire, check, Clock.systemUTC(), metrics)) {
            ingest.start();
            Files.copy(file, inbox.resolve("customers.csv.tmp"));
            Files.writeString(inbox.resolve("customers.csv.ok"), "");
            long cpu = processCpu();
            long from = System.nanoTime();
            Files.move(inbox.resolve("customers.csv.tmp"), inbox.resolve("customers.csv"));
            sent.await();
            print("dropped to last row committed", result[0], System.nanoTime() - from, processCpu() - cpu);
        }
    }

    private interface Step {
        long run() throws IOException;
    }

    private static void report(String what, long rows, Step step) throws IOException {
        long cpu = processCpu();
        long from = System.nanoTime();
        long sum = step.run();
        print(what, rows, System.nanoTime() - from, processCpu() - cpu);
        if (sum == 0) {
            throw new IllegalStateException("nothing was read");
        }
    }

    private static void print(String what, long rows, long nanos, long cpuNanos) {
        System.out.printf(
                Locale.ROOT,
                "  %-32s %,11.0f rows/s  %6.2f us CPU a row, whole process%n",
                what,
                rows / (nanos / 1e9),
                cpuNanos / 1e3 / rows);
    }

    private static long processCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
