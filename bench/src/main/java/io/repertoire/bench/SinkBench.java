package io.repertoire.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.repertoire.embedded.EmbeddedConfig;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.ServerAddresses;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import io.repertoire.sink.DatabaseConfig;
import io.repertoire.sink.Databases;
import io.repertoire.sink.Migrations;
import io.repertoire.sink.Sink;
import io.repertoire.sink.SinkConfig;
import io.repertoire.sink.SinkMetrics;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics → PostgreSQL alone: images that lie ready in Kafka, a quarter of them with a key of their own, read by a real sink into the
 * product's PostgreSQL (fsync and full_page_writes on, synchronous_commit off in the sink's sessions). Arguments: number of images;
 * {@code all} to have with each image its change and its row outcome, as an import gives. Prints a line for people and one of JSON.
 */
public final class SinkBench {

    private static final String DIRECTORY = "bench";
    private static final String IMPORT = "20260101-000000-abcdef";

    private SinkBench() {}

    public static void main(String[] arguments) throws Exception {
        int images = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400_000;
        boolean all = arguments.length > 1 && arguments[1].equals("all");
        // Without the cleaner: it would take superseded images away before they are read.
        try (TemporaryFolder folder = TemporaryFolder.create();
                EmbeddedServers servers = new EmbeddedServers(EmbeddedConfig.in(folder.path())
                        .withSettings(Map.of("log.cleaner.enable", "false"), Map.of()))) {
            ServerAddresses addresses = servers.start();
            try (Wire wire = Wire.open(WireConfig.of(addresses.schemaRegistryUrl()))) {
                createTopics(addresses);
                long bytes = fill(addresses, wire, images, all);
                System.err.printf(Locale.ROOT, "%d images of %d bytes are ready%n", images, bytes / images);
                read(addresses, wire, images, all);
            }
        }
    }

    private static void createTopics(ServerAddresses addresses) {
        try (TopicAdmin admin = new TopicAdmin(
                Admin.create(Map.of("bootstrap.servers", addresses.kafkaBootstrapServers())),
                TopicAdmin.Settings.of(4))) {
            admin.create();
        }
    }

    /** @return bytes of the images */
    private static long fill(ServerAddresses addresses, Wire wire, int images, boolean all) {
        Random random = new Random(42);
        int keys = Math.max(1, images / 4);
        int[] versions = new int[keys];
        long bytes = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        addresses.kafkaBootstrapServers(),
                        "linger.ms",
                        "20",
                        "batch.size",
                        "262144",
                        "buffer.memory",
                        "67108864"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < images; i++) {
                // Every key once, then again at random: as many first images as
                // a file with a quarter of distinct people has.
                int key = i < keys ? i : random.nextInt(keys);
                versions[key]++;
                var customer = SampleImages.customer(DIRECTORY, key, i + 1L, versions[key]);
                var record = record(wire, Topics.DIRECTORY, customer.getCustomerId(), customer);
                RecordHeaders.put(record.headers(), RecordHeaders.VERSION, Long.toString(i + 1L));
                RecordHeaders.put(record.headers(), RecordHeaders.LAST_OF_INPUT, "true");
                bytes += record.value().length;
                send(producer, record);
                if (all) {
                    send(
                            producer,
                            record(wire, Topics.CHANGES, customer.getCustomerId(), SampleImages.change(customer)));
                    send(
                            producer,
                            record(wire, Topics.ROW_OUTCOMES, IMPORT, SampleImages.outcome(customer, IMPORT, i + 2L)));
                }
            }
        }
        return bytes;
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                throw new IllegalStateException("Kafka takes no records", failure);
            }
        });
    }

    private static <T extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            Wire wire, Topic<T> topic, String id, T value) {
        String key = Keys.of(DIRECTORY, id);
        return new ProducerRecord<>(
                topic.name(),
                Partitioning.partitionOf(key, 4),
                key.getBytes(StandardCharsets.UTF_8),
                wire.serializer(topic).serialize(topic.name(), value));
    }

    private static void read(ServerAddresses addresses, Wire wire, int images, boolean all) throws Exception {
        DatabaseConfig database = new DatabaseConfig(
                addresses.jdbc().url(),
                addresses.jdbc().user(),
                addresses.jdbc().password());
        Meter meter = new Meter();
        try (HikariDataSource pool = Databases.pool(database, "bench", 2);
                Sink sink = new Sink(
                        SinkConfig.of(database, Map.of("bootstrap.servers", addresses.kafkaBootstrapServers())),
                        wire,
                        Clock.systemUTC(),
                        meter)) {
            Migrations.migrate(pool);
            sink.start();
            while (!finished(pool, images, all)) {
                Thread.sleep(50);
            }
            meter.report(all);
        }
    }

    private static boolean finished(DataSource database, int images, boolean all) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT coalesce((SELECT max(version) FROM repertoire.directory_version), 0),"
                                + " coalesce((SELECT max(rows_held) FROM repertoire.import), 0)")) {
            result.next();
            boolean done = result.getLong(1) >= images && (!all || result.getLong(2) >= images);
            connection.rollback();
            return done;
        }
    }

    /** Time and CPU from the first batch's cut on. */
    private static final class Meter implements SinkMetrics {
        private long directoryRecords;
        private long rows;
        private long batches;
        private long beganNanos;
        private long endedNanos;
        private long beganPostgres;
        private long beganSink;

        @Override
        public synchronized void applied(String family, int count, int written, long nanos) {
            endedNanos = System.nanoTime();
            if (beganNanos == 0) {
                // The first batch is left out but for its time: the clock starts with the second.
                beganNanos = endedNanos;
                beganPostgres = postgresCpuMillis();
                beganSink = sinkCpuMillis();
            }
            if (family.equals("directory")) {
                directoryRecords += count;
            }
            rows += written;
            batches++;
        }

        synchronized void report(boolean all) {
            long images = directoryRecords;
            double seconds = (endedNanos - beganNanos) / 1e9;
            double postgres = (postgresCpuMillis() - beganPostgres) * 1000.0 / images;
            double sink = (sinkCpuMillis() - beganSink) * 1000.0 / images;
            System.out.printf(
                    Locale.ROOT,
                    "%,d images%s in %.1f s: %,.0f images/s; CPU per image: PostgreSQL %.1f us, sink %.1f us; %d batches, %,d rows"
                            + " written; fsync on, full_page_writes on, synchronous_commit off%n",
                    images,
                    all ? " with changes and row outcomes" : "",
                    seconds,
                    images / seconds,
                    postgres,
                    sink,
                    batches,
                    rows);
            System.out.printf(
                    Locale.ROOT,
                    "{\"bench\":\"sink\",\"images\":%d,\"history\":%b,\"seconds\":%.2f,\"imagesPerSecond\":%.0f,"
                            + "\"postgresMicrosPerImage\":%.1f,\"sinkMicrosPerImage\":%.1f,\"batches\":%d,\"rows\":%d,"
                            + "\"fsync\":true,\"fullPageWrites\":true,\"synchronousCommit\":false}%n",
                    images,
                    all,
                    seconds,
                    images / seconds,
                    postgres,
                    sink,
                    batches,
                    rows);
        }

        private static long postgresCpuMillis() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info()
                            .command()
                            .map(c -> c.contains("postgres"))
                            .orElse(false))
                    .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                    .mapToLong(Duration::toMillis)
                    .sum();
        }

        private static long sinkCpuMillis() {
            var threads = ManagementFactory.getThreadMXBean();
            long nanos = 0;
            for (long id : threads.getAllThreadIds()) {
                var info = threads.getThreadInfo(id);
                if (info != null && info.getThreadName().startsWith("sink-")) {
                    nanos += threads.getThreadCpuTime(id);
                }
            }
            return nanos / 1_000_000;
        }
    }
}
