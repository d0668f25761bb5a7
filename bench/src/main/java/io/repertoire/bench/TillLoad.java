package io.repertoire.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.embedded.ServerAddresses;
import io.repertoire.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * {@code bench till}: sales with contact details at a steady rate to an installation that runs, each timed from the moment it was due
 * until it is answered, until it is on the topic of recorded sales, and until the sale and its customer can be read in PostgreSQL. That
 * it was due counts, not that it was sent: a server that makes the sender wait is not let off.
 */
final class TillLoad {

    private static final long LOOK_NANOS = 10_000_000L;
    private static final long LAST_LIMIT_NANOS = 60_000_000_000L;
    private static final int LOOKED_FOR = 5_000;

    private static final String VISIBLE = """
            SELECT s.sale_id FROM repertoire.sale s
            JOIN repertoire.customer c ON c.directory_id = s.directory_id AND c.customer_id = s.customer_id
            WHERE s.directory_id = 'main' AND s.source_system = ? AND s.sale_id = ANY (?)""";

    private final BenchOptions options;
    private final Path data;
    private final String source = "bench-" + System.currentTimeMillis();
    private final long[] due;
    private final double[] answered;
    private final double[] recorded;
    private final double[] visible;
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean done;
    private final ConcurrentSkipListSet<Integer> awaited = new ConcurrentSkipListSet<>();

    TillLoad(BenchOptions options) {
        this.options = options;
        this.data = (options.data() == null ? Path.of("data") : options.data()).toAbsolutePath();
        this.due = new long[options.rate() * options.seconds()];
        this.answered = unknown(due.length);
        this.recorded = unknown(due.length);
        this.visible = unknown(due.length);
    }

    private static double[] unknown(int size) {
        var millis = new double[size];
        Arrays.fill(millis, Double.NaN);
        return millis;
    }

    /** 0 if every event was accepted and seen. */
    int run(PrintWriter out) throws IOException, InterruptedException {
        ServerAddresses servers = EmbeddedServers.running(data)
                .orElseThrow(() -> new IOException("nothing runs on " + data + ": start \"repertoire up\" there"));
        String key = options.key() == null
                ? Files.readString(data.resolve("api-key")).strip()
                : options.key();
        String url = new ObjectMapper()
                .readTree(Files.readString(data.resolve("run").resolve("ingest.json")))
                .path("httpUrl")
                .asText();
        JdbcAddress database = servers.jdbc();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                PreparedStatement query = connection.prepareStatement(VISIBLE)) {
            query.setString(1, source);
            var till = new Thread(() -> send(url, key), "bench-till");
            till.setDaemon(true);
            var reader = new Thread(() -> read(servers.kafkaBootstrapServers(), till), "bench-reader");
            reader.setDaemon(true);
            reader.start();
            watch(connection, query, till, reader);
            done = true;
        } catch (SQLException e) {
            throw new IOException("PostgreSQL cannot be asked: " + e.getSQLState(), e);
        }
        return print(out);
    }

    private void send(String url, String key) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long start = System.nanoTime();
        for (int i = 0; i < due.length; i++) {
            due[i] = start + i * 1_000_000_000L / options.rate();
            for (long early = due[i] - System.nanoTime(); early > 0; early = due[i] - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            int sale = i;
            awaited.add(sale);
            var unused = client.sendAsync(request(url, key, sale), HttpResponse.BodyHandlers.discarding())
                    .whenComplete((answer, failure) -> {
                        if (failure != null || answer.statusCode() != 202) {
                            failed.incrementAndGet();
                            awaited.remove(sale);
                        } else {
                            answered[sale] = millisSince(sale, System.nanoTime());
                        }
                    });
        }
    }

    private double millisSince(int sale, long now) {
        return (now - due[sale]) / 1e6;
    }

    /** Starts the till once nothing of it can be missed. */
    private void read(String bootstrap, Thread till) {
        String topic = Topics.RECORDED_SALES.name();
        String mine = "main/" + source + '/';
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            till.start();
            while (!done) {
                for (ConsumerRecord<String, byte[]> sale : consumer.poll(Duration.ofMillis(20))) {
                    if (sale.key() != null && sale.key().startsWith(mine)) {
                        int number = Integer.parseInt(sale.key().substring(mine.length()));
                        recorded[number] = millisSince(number, System.nanoTime());
                    }
                }
            }
        }
    }

    private HttpRequest request(String url, String key, int sale) {
        String body = """
                {"event_id": "%1$d", "source_system": "%2$s", "sale_id": "%1$d", "store": "Laval", "currency": "CAD", "total": 26.44,
                 "customer": {"given_name": "Hélène", "family_name": "Lévesque", "email": "%2$s-%1$d@mail.example.org"}}""".formatted(sale, source);
        return HttpRequest.newBuilder(URI.create(url + "/v1/sales"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void watch(Connection connection, PreparedStatement query, Thread till, Thread reader)
            throws SQLException, InterruptedException {
        @Nullable Long until = null;
        while (until == null || (!awaited.isEmpty() && System.nanoTime() < until)) {
            if (!reader.isAlive()) {
                throw new IllegalStateException("the recorded sales cannot be read");
            }
            if (until == null && till.getState() == Thread.State.TERMINATED) {
                until = System.nanoTime() + LAST_LIMIT_NANOS;
            }
            String[] ids =
                    awaited.stream().limit(LOOKED_FOR).map(String::valueOf).toArray(String[]::new);
            if (ids.length > 0) {
                query.setArray(2, connection.createArrayOf("text", ids));
                try (var rows = query.executeQuery()) {
                    long now = System.nanoTime();
                    while (rows.next()) {
                        int sale = rows.getInt(1);
                        visible[sale] = millisSince(sale, now);
                        awaited.remove(sale);
                    }
                }
            }
            Thread.sleep(LOOK_NANOS / 1_000_000);
        }
    }

    private int print(PrintWriter out) {
        long seen = Arrays.stream(visible).filter(v -> !Double.isNaN(v)).count();
        out.printf(
                Locale.ROOT,
                "%,d sales at %,d a second: %,d not accepted, %,d never seen%n",
                due.length,
                options.rate(),
                failed.get(),
                due.length - failed.get() - seen);
        print(out, "answered", answered);
        print(out, "recorded", recorded);
        print(out, "visible in PostgreSQL", visible);
        return seen == due.length ? 0 : 1;
    }

    private static void print(PrintWriter out, String what, double[] millis) {
        double[] known =
                Arrays.stream(millis).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (known.length > 0) {
            out.printf(
                    Locale.ROOT,
                    "due to %s: median %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                    what,
                    known[known.length / 2],
                    known[(int) (known.length * 0.99)],
                    known[known.length - 1]);
        }
    }
}
