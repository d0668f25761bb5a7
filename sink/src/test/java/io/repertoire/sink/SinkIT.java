package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.embedded.testing.ServersExtension;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.RecordHeaders;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole sinks on a real broker and a real PostgreSQL. Topics are shared between tests, directories and databases are not. */
@ExtendWith(ServersExtension.class)
class SinkIT {

    private static final int PARTITIONS = 4;
    private static final AtomicInteger DIRECTORIES = new AtomicInteger();
    private static final InMemoryWire WIRE = new InMemoryWire();

    private final Servers servers;
    private final String directory = "sink-" + DIRECTORIES.incrementAndGet();
    private final List<Sink> sinks = new ArrayList<>();
    private TestTables tables;
    private KafkaProducer<byte[], byte[]> producer;
    private final List<Future<?>> sent = new ArrayList<>();
    private long version;

    SinkIT(Servers servers) {
        this.servers = servers;
    }

    @BeforeAll
    static void createTopics(Servers servers) {
        try (var admin = new TopicAdmin(
                Admin.create(Map.of("bootstrap.servers", servers.kafkaBootstrapServers())),
                TopicAdmin.Settings.of(PARTITIONS))) {
            admin.create();
        }
    }

    @BeforeEach
    void open() {
        tables = new TestTables(servers.newDatabase());
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.kafkaBootstrapServers(), "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        WIRE.setRegistryAway(false);
        sinks.forEach(Sink::close);
        producer.close();
        tables.close();
        assertThat(sent).allSatisfy(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(1)));
    }

    private Sink start(SinkMetrics metrics) {
        var sink = new Sink(
                new SinkConfig(
                        tables.config(),
                        Map.of("bootstrap.servers", servers.kafkaBootstrapServers()),
                        Map.of("metadata.max.age.ms", "2000"),
                        Map.of(),
                        500,
                        Duration.ofMillis(50),
                        SinkConfig.DEFAULT_REJECTS_RETENTION),
                WIRE,
                Clock.systemUTC(),
                metrics);
        sinks.add(sink);
        sink.start();
        return sink;
    }

    private Sink start() {
        return start(SinkMetrics.NOOP);
    }

    private <T extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
            Topic<T> topic, String id, @Nullable T value) {
        String key = Keys.of(directory, id);
        return new ProducerRecord<>(
                topic.name(),
                Partitioning.partitionOf(key, PARTITIONS),
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : WIRE.serializer(topic).serialize(topic.name(), value));
    }

    private void sendImage(Customer customer, boolean last) {
        var record = record(Topics.DIRECTORY, customer.getCustomerId(), customer);
        RecordHeaders.put(record.headers(), RecordHeaders.VERSION, Long.toString(customer.getVersion()));
        RecordHeaders.put(record.headers(), RecordHeaders.LAST_OF_INPUT, Boolean.toString(last));
        send(record);
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        sent.add(producer.send(record));
    }

    private void sendImage(String id) {
        sendImage(Records.customer(directory, id, ++version), true);
    }

    private void sendTombstone(String id) {
        var record = record(Topics.DIRECTORY, id, (Customer) null);
        RecordHeaders.put(record.headers(), RecordHeaders.VERSION, Long.toString(++version));
        RecordHeaders.put(record.headers(), RecordHeaders.LAST_OF_INPUT, "true");
        send(record);
    }

    private void sendOutcome(String importId, long line, String customer) {
        send(record(Topics.ROW_OUTCOMES, importId, Records.outcome(directory, importId, line, customer, version)));
    }

    private String customers() throws Exception {
        return tables
                .rows("SELECT customer_id || ':' || version FROM repertoire.customer WHERE directory_id = '" + directory
                        + "' ORDER BY customer_id")
                .stream()
                .map(row -> row.get(0))
                .reduce("", (a, b) -> a.isEmpty() ? b : a + " " + b);
    }

    private void awaitCustomers(String expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(customers()).isEqualTo(expected));
    }

    @Test
    void images_become_customers_and_tombstones_remove_them() {
        start();
        sendImage("a");
        sendImage("b");
        sendTombstone("a");
        sendImage("c");
        sendImage("b");
        awaitCustomers("b:5 c:4");
        await().untilAsserted(() -> assertThat(sinks.get(0).check().ready()).isTrue());
    }

    @Test
    void half_a_merge_is_never_seen() throws Exception {
        start();
        sendImage("a");
        sendImage("b");
        awaitCustomers("a:1 b:2");
        sendImage(Records.customer(directory, "a", 3), false);
        producer.flush();
        await().during(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(customers()).isEqualTo("a:1 b:2"));
        sendImage(Records.merged(directory, "b", 4, "a"), true);
        awaitCustomers("a:3 b:4");
    }

    @Test
    void an_event_is_visible_well_within_a_second_when_there_is_nothing_else_to_do() throws Exception {
        start();
        sendImage("first");
        awaitCustomers("first:1");
        long worst = 0;
        for (int i = 0; i < 10; i++) {
            long began = System.nanoTime();
            sendImage("first");
            producer.flush();
            String expected = "first:" + version;
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(customers()).isEqualTo(expected));
            worst = Math.max(worst, (System.nanoTime() - began) / 1_000_000);
        }
        System.out.println("till event to visible row, worst of 10: " + worst + " ms");
    }

    @Test
    void two_sinks_that_come_and_go_in_the_middle_of_it_leave_every_row_exactly_once() throws Exception {
        Random random = new Random(20260301);
        String importId = "i-" + directory;
        Map<String, Long> expected = new TreeMap<>();
        int rows = 6_000;
        start();
        for (int line = 2; line < rows + 2; line++) {
            String id = "c" + random.nextInt(1_500);
            if (random.nextInt(20) == 0) {
                sendTombstone(id);
                expected.remove(id);
            } else {
                sendImage(id);
                expected.put(id, version);
            }
            sendOutcome(importId, line, id);
            if (line == rows / 4 || line == rows / 2) {
                start();
            }
            if (line == rows * 2 / 5 || line == rows * 3 / 5) {
                sinks.remove(0).close();
            }
            if (line % 500 == 0) {
                Thread.sleep(150);
            }
        }
        send(record(
                Topics.IMPORTS, importId, Records.summary(directory, importId, ImportStatus.PROCESSED, rows, version)));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(tables.queries().importById(directory, importId))
                        .get()
                        .extracting(ImportView::status)
                        .isEqualTo("COMPLETE"));
        assertThat(tables.rows("SELECT count(*), count(DISTINCT line), min(line), max(line) FROM repertoire.row_outcome"
                        + " WHERE directory_id = '" + directory + "'"))
                .containsExactly(List.of("" + rows, "" + rows, "2", "" + (rows + 1)));
        StringBuilder all = new StringBuilder();
        expected.forEach((id, v) ->
                all.append(all.length() == 0 ? "" : " ").append(id).append(':').append(v));
        assertThat(customers()).isEqualTo(all.toString());
    }

    @Test
    void an_idle_sink_says_within_seconds_that_the_database_is_gone_and_back() throws Exception {
        var sink = start();
        sendImage("a");
        awaitCustomers("a:1");
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.check().ready());
        tables.allowConnections(false);
        await().atMost(Duration.ofSeconds(10)).until(() -> sink.check().state() == Health.State.WAITING);
        assertThat(sink.check().detail()).contains("PostgreSQL").doesNotContain("fault");
        tables.allowConnections(true);
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.check().ready());
        sendImage("b");
        awaitCustomers("a:1 b:2");
    }

    @Test
    void what_cannot_be_read_goes_to_the_dead_letter_topic_with_its_bytes_and_the_rest_goes_on() throws Exception {
        var counted = new ArrayList<String>();
        var sink = start(new SinkMetrics() {
            @Override
            public void deadLettered(String topic, String code) {
                counted.add(topic + " " + code);
            }
        });
        sendImage("a");
        byte[] key = Keys.of(directory, "bad").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = {0, 0, 0, 0, 1, 42};
        int partition = Partitioning.partitionOf(directory, PARTITIONS);
        var bad = new ProducerRecord<>(Topics.DIRECTORY.name(), partition, key, bytes);
        RecordHeaders.put(bad.headers(), RecordHeaders.LAST_OF_INPUT, "true");
        long offset = producer.send(bad).get().offset();
        sendImage("b");
        awaitCustomers("a:1 b:2");
        assertThat(counted).hasSize(1);
        assertThat(sink.check().state()).isEqualTo(Health.State.DEGRADED);
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafkaBootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(Topics.SINK_DLQ.name(), partition)));
            consumer.seekToBeginning(consumer.assignment());
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (var letter : consumer.poll(Duration.ofMillis(500))) {
                    if (new String(letter.key(), StandardCharsets.UTF_8).equals(directory + "/bad")) {
                        assertThat(letter.value()).isEqualTo(bytes);
                        assertThat(RecordHeaders.get(letter.headers(), RecordHeaders.ERROR_TOPIC))
                                .isEqualTo(Topics.DIRECTORY.name());
                        assertThat(RecordHeaders.get(letter.headers(), RecordHeaders.ERROR_OFFSET))
                                .isEqualTo(Long.toString(offset));
                        assertThat(RecordHeaders.get(letter.headers(), RecordHeaders.ERROR_STAGE))
                                .isEqualTo("sink");
                        return true;
                    }
                }
                return false;
            });
        }
    }

    @Test
    void while_the_registry_is_away_nothing_is_dropped_and_the_sink_says_what_it_waits_for() {
        InMemoryWire own = WIRE;
        sendImage("a");
        producer.flush();
        own.setRegistryAway(true);
        var fresh = new Sink(
                new SinkConfig(
                        tables.config(),
                        Map.of("bootstrap.servers", servers.kafkaBootstrapServers()),
                        Map.of(),
                        Map.of(),
                        500,
                        Duration.ofMillis(50),
                        SinkConfig.DEFAULT_REJECTS_RETENTION),
                own.another(),
                Clock.systemUTC(),
                SinkMetrics.NOOP);
        sinks.add(fresh);
        fresh.start();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(fresh.check().state()).isEqualTo(Health.State.WAITING);
            assertThat(fresh.check().detail()).contains("registry");
        });
        own.setRegistryAway(false);
        awaitCustomers("a:1");
    }

    @Test
    void when_postgresql_drops_the_connections_the_batch_is_read_again() throws Exception {
        start();
        sendImage("a");
        awaitCustomers("a:1");
        for (int i = 0; i < 3; i++) {
            tables.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid()");
            sendImage("b");
            sendOutcome("i-" + directory, i + 2, "b");
        }
        awaitCustomers("a:1 b:4");
        await().untilAsserted(() -> assertThat(tables.value(
                        "SELECT count(*) FROM repertoire.row_outcome WHERE directory_id = '" + directory + "'"))
                .isEqualTo("3"));
    }

    @Test
    void records_that_expired_before_they_were_read_are_counted_and_their_import_still_ends() throws Exception {
        String importId = "i-" + directory;
        int partition = Partitioning.partitionOf(directory, PARTITIONS);
        sendOutcome("earlier-" + directory, 2, "x");
        var before = start();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(tables.queries().importById(directory, "earlier-" + directory))
                        .isPresent());
        before.close();
        for (int i = 0; i < 10; i++) {
            sendImage("c" + i);
            sendOutcome(importId, i + 2, "c" + i);
        }
        send(record(Topics.IMPORTS, importId, Records.summary(directory, importId, ImportStatus.PROCESSED, 10, 10)));
        producer.flush();
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafkaBootstrapServers()))) {
            var rows = new TopicPartition(Topics.ROW_OUTCOMES.name(), partition);
            admin.deleteRecords(Map.of(rows, RecordsToDelete.beforeOffset(-1)))
                    .all()
                    .get();
        }
        var sink = start();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(tables.queries().importById(directory, importId))
                        .get()
                        .extracting(ImportView::status)
                        .isEqualTo("COMPLETE"));
        assertThat(sink.check().state()).isEqualTo(Health.State.DEGRADED);
        assertThat(Long.parseLong(tables.value("SELECT sum(missing) FROM repertoire.sink_progress")))
                .isPositive();
    }

    @Test
    void an_offset_past_the_end_of_a_topic_stops_the_sink_until_the_tables_are_rebuilt() throws Exception {
        var first = start();
        sendImage("a");
        awaitCustomers("a:1");
        first.close();
        tables.execute("UPDATE repertoire.sink_progress SET last_offset = last_offset + 1000000 WHERE topic = '"
                + Topics.DIRECTORY.name() + "'");
        var second = start();
        sendImage("b");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(second.check().state()).isEqualTo(Health.State.FAILED);
            assertThat(second.check().detail()).contains("db rebuild");
        });
        assertThat(customers()).isEqualTo("a:1");
        Migrations.rebuild(tables.pool());
        awaitCustomers("a:1 b:2");
        await().untilAsserted(() -> assertThat(second.check().state()).isNotEqualTo(Health.State.FAILED));
    }

    @Test
    void a_rebuild_under_a_running_sink_reads_everything_again() throws Exception {
        start();
        for (int i = 0; i < 20; i++) {
            sendImage("c" + i % 7);
        }
        awaitCustomers("c0:15 c1:16 c2:17 c3:18 c4:19 c5:20 c6:14");
        Migrations.rebuild(tables.pool());
        sendImage("z");
        awaitCustomers("c0:15 c1:16 c2:17 c3:18 c4:19 c5:20 c6:14 z:21");
    }
}
