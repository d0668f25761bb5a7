package io.repertoire.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apicurio Registry as a process of its own, its schemas in a file. In memory it would hand out other ids after a restart, and
 * what the topics hold would decode as the wrong schema.
 */
final class EmbeddedRegistry implements EmbeddedServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final String API = "/apis/ccompat/v7";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final Path log;
    private final int port;
    private final Duration startLimit;
    private volatile @Nullable Process process;

    EmbeddedRegistry(Path folder, Path log, int port, Duration startLimit) {
        this.folder = folder;
        this.log = log;
        this.port = port;
        this.startLimit = startLimit;
    }

    /** Whether one of this folder still runs that nobody owns any more. */
    static boolean leftBehind(Path folder) {
        return !ChildProcess.withArguments(List.of(mark(folder))).isEmpty();
    }

    private static String mark(Path folder) {
        return "-Drepertoire.registry.folder=" + folder;
    }

    @Override
    public String name() {
        return "registry";
    }

    String url() {
        return "http://127.0.0.1:" + port + API;
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        // Names the process as this folder's, so that the next start finds what a kill left behind.
        String mark = mark(folder);
        for (var left : ChildProcess.withArguments(List.of(mark))) {
            LOG.info("stopping the registry {} that an earlier process left behind", left.pid());
            ChildProcess.stop(left, CLOSE_LIMIT);
        }
        var jar = RegistryDistribution.jar();
        var started = ChildProcess.start(
                List.of(
                        java(),
                        mark,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        jar.toString()),
                // Without WRITE_DELAY=0 the ids given in the last half second
                // are forgotten, and given again, after a kill.
                Map.of("REGISTRY_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("registry") + ";WRITE_DELAY=0"),
                folder,
                log);
        process = started;
        awaitAnswer(started);
    }

    @Override
    public boolean canStartAgain() {
        return true;
    }

    @Override
    public @Nullable String fault() {
        return ChildProcess.fault(process, log);
    }

    @Override
    public void close() {
        var running = process;
        if (running != null) {
            process = null;
            ChildProcess.stop(running.toHandle(), CLOSE_LIMIT);
        }
    }

    private void awaitAnswer(Process started) throws InterruptedException {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        var request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(10))
                .build();
        long end = System.nanoTime() + startLimit.toNanos();
        while (System.nanoTime() < end) {
            if (!started.isAlive()) {
                throw new EmbeddedServerException(
                        "The schema registry ended while starting; see " + log + "\n" + ChildProcess.tail(log));
            }
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(20);
        }
        throw new EmbeddedServerException(
                "The schema registry does not answer after " + startLimit.toSeconds() + " s; see " + log);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }
}
