package io.repertoire.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.embedded.EmbeddedServers;
import io.repertoire.embedded.JdbcAddress;
import io.repertoire.embedded.ServerAddresses;
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
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * {@code bench till}: sales with contact details at a steady rate to an installation that runs, each timed from the moment it was due
 * until the sale and its customer can be read in PostgreSQL. That it was due counts, not that it was sent: a server that makes the
 * sender wait is not let off.
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
    private final double[] visible;
    private final AtomicLong failed = new AtomicLong();
    private final ConcurrentSkipListSet<Integer> awaited = new ConcurrentSkipListSet<>();

    TillLoad(BenchOptions options) {
        this.options = options;
        this.data = (options.data() == null ? Path.of("data") : options.data()).toAbsolutePath();
        this.due = new long[options.rate() * options.seconds()];
        this.visible = new double[due.length];
        Arrays.fill(visible, Double.NaN);
    }

    /** 0 if every event was accepted and seen. */
    int run(PrintWriter out) throws IOException, InterruptedException {
        JdbcAddress database = EmbeddedServers.running(data)
                .map(ServerAddresses::jdbc)
                .orElseThrow(() -> new IOException("nothing runs on " + data + ": start \"repertoire up\" there"));
        String key = options.key() == null
                ? Files.readString(data.resolve("api-key")).strip()
                : options.key();
        String url = new ObjectMapper()
                .readTree(Files.readString(data.resolve("run").resolve("ingest.json")))
                .path("httpUrl")
                .asText();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                PreparedStatement query = connection.prepareStatement(VISIBLE)) {
            query.setString(1, source);
            var till = new Thread(() -> send(url, key), "bench-till");
            till.setDaemon(true);
            till.start();
            watch(connection, query, till);
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
                        }
                    });
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

    private void watch(Connection connection, PreparedStatement query, Thread till)
            throws SQLException, InterruptedException {
        @Nullable Long until = null;
        while (until == null || (!awaited.isEmpty() && System.nanoTime() < until)) {
            if (until == null && !till.isAlive()) {
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
                        visible[sale] = (now - due[sale]) / 1e6;
                        awaited.remove(sale);
                    }
                }
            }
            Thread.sleep(LOOK_NANOS / 1_000_000);
        }
    }

    private int print(PrintWriter out) {
        double[] seen =
                Arrays.stream(visible).filter(v -> !Double.isNaN(v)).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "%,d sales at %,d a second: %,d not accepted, %,d never seen%n",
                due.length,
                options.rate(),
                failed.get(),
                due.length - failed.get() - seen.length);
        if (seen.length > 0) {
            out.printf(
                    Locale.ROOT,
                    "due to visible in PostgreSQL: median %.0f ms, p99 %.0f ms, longest %.0f ms%n",
                    seen[seen.length / 2],
                    seen[(int) (seen.length * 0.99)],
                    seen[seen.length - 1]);
        }
        return seen.length == due.length ? 0 : 1;
    }
}
