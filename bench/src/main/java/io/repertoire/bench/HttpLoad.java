package io.repertoire.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * Posts customers to {@code /v1/customers} for some seconds, each connection sending the next request once the last is answered,
 * and prints events a second and how long answers took. The events are as small as a till's: a name, an email, a phone.
 */
final class HttpLoad {

    private final BenchOptions options;

    HttpLoad(BenchOptions options) {
        this.options = options;
    }

    /** What one connection saw: nanoseconds of each answer, and how many were not a success. */
    private record Seen(List<Long> nanos, long failed) {}

    /** 0 if every event was accepted. */
    int run(PrintWriter out) throws IOException, InterruptedException {
        String key = options.key();
        if (key == null) {
            throw new IllegalArgumentException("--key is needed: the directory's API key.");
        }
        var seen = new ArrayList<Seen>();
        long start = System.nanoTime();
        long end = start + options.seconds() * 1_000_000_000L;
        ThreadFactory daemons = work -> {
            var thread = new Thread(work, "bench-http");
            thread.setDaemon(true);
            return thread;
        };
        var threads = Executors.newFixedThreadPool(options.connections(), daemons);
        try {
            var tasks = new ArrayList<Callable<Seen>>();
            for (int i = 0; i < options.connections(); i++) {
                int connection = i;
                tasks.add(() -> post(key, connection, end));
            }
            for (Future<Seen> future : threads.invokeAll(tasks)) {
                seen.add(future.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            threads.shutdownNow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return print(out, seen, seconds);
    }

    private Seen post(String key, int connection, long end) throws IOException {
        var nanos = new ArrayList<Long>();
        long failed = 0;
        long run = System.currentTimeMillis();
        String type = options.batch() == 1 ? "application/json" : "application/x-ndjson";
        try (var http = new PlainHttp(URI.create(options.url()), "/v1/customers", key, type)) {
            for (long sent = 0; System.nanoTime() < end; sent++) {
                String body = body(run, connection, sent);
                long before = System.nanoTime();
                PlainHttp.Answer answer = http.post(body);
                nanos.add(System.nanoTime() - before);
                failed += options.batch() == 1
                        ? (answer.status() == 202 ? 0 : 1)
                        : options.batch()
                                - answer.body()
                                        .lines()
                                        .filter(l -> l.contains("\"accepted\""))
                                        .count();
            }
        }
        return new Seen(nanos, failed);
    }

    private String body(long run, int connection, long sent) {
        var body = new StringBuilder(options.batch() * 220);
        for (int i = 0; i < options.batch(); i++) {
            long person = (connection * 1_000_000L) + (sent * options.batch()) + i;
            body.append("{\"event_id\":\"").append(run).append('-').append(person);
            body.append("\",\"source_system\":\"bench\",\"store\":\"Laval\",\"customer\":{\"given_name\":\"Hélène\",");
            body.append("\"family_name\":\"Lévesque\",\"email\":\"h")
                    .append(person)
                    .append("@mail.example.org\",");
            body.append("\"phone\":\"");
            Phones.append(body, person, false, false);
            body.append("\"}}\n");
        }
        return body.toString();
    }

    private int print(PrintWriter out, List<Seen> seen, double seconds) {
        long[] nanos = seen.stream()
                .flatMap(s -> s.nanos().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        long events = (long) nanos.length * options.batch();
        long failed = seen.stream().mapToLong(Seen::failed).sum();
        out.printf(
                Locale.ROOT,
                "%,d events in %.1f s: %,.0f events/s (%d connections, %d to a request), %,d not accepted%n",
                events,
                seconds,
                events / seconds,
                options.connections(),
                options.batch(),
                failed);
        out.printf(
                Locale.ROOT,
                "answers: median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                at(nanos, 50),
                at(nanos, 99),
                at(nanos, 100));
        return failed == 0 && events > 0 ? 0 : 1;
    }

    private static double at(long[] sorted, int percent) {
        int index = Math.min(sorted.length - 1, sorted.length * percent / 100);
        return index < 0 ? 0 : Arrays.stream(sorted, index, index + 1).sum() / 1e6;
    }
}
