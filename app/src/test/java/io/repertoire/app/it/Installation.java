package io.repertoire.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One data folder and the processes run on it: what a user has who types commands, the built jars instead of the launcher. */
final class Installation implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long COMMAND_LIMIT_SECONDS = 1_200;

    /** What is worth optimising code for; the others, some fifty of them, are over before it pays. */
    private static final Set<String> LONG_RUNNING = Set.of("up", "servers", "ingest", "streams", "sink", "import");

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Path folder;
    private final List<Running> started = new ArrayList<>();
    private int number;

    /** @param folder empty; commands are run in it, the data folder is {@code data} in it */
    Installation(Path folder) {
        this.folder = folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    /** What a command that ended said. */
    record Answer(int exitCode, String out, String err) {

        /** The lines of standard output as JSON. */
        List<JsonNode> json() throws IOException {
            var nodes = new ArrayList<JsonNode>();
            for (String line : out.lines().toList()) {
                nodes.add(JSON.readTree(line));
            }
            return nodes;
        }
    }

    /** A process with its output in files. */
    record Running(String name, Process process, Path out, Path err) {

        String said() throws IOException {
            return Files.readString(err, StandardCharsets.UTF_8);
        }

        /** Waits for what a stage or {@code up} says last when it has started. */
        Running awaitReady() {
            Awaitility.await(name)
                    .atMost(START_LIMIT)
                    .failFast(() -> assertThat(process.isAlive())
                            .as("%s runs; it said %s", name, said())
                            .isTrue())
                    .untilAsserted(() -> assertThat(said()).contains("Ready"));
            return this;
        }

        Answer await() throws IOException, InterruptedException {
            assertThat(process.waitFor(COMMAND_LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ended in time; it said %s", name, said())
                    .isTrue();
            return new Answer(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), said());
        }

        /** As {@code kill -9}: nothing is closed, children stay behind. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        /** As Ctrl-C. */
        void stop() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("%s stopped in time", name)
                    .isTrue();
        }
    }

    /** Runs a command to its end. Standard error never shows a stack trace or an exception's name. */
    Answer run(String... arguments) throws IOException, InterruptedException {
        Answer answer = start(arguments).await();
        assertThat(answer.err()).doesNotContain("Exception", "\tat ");
        return answer;
    }

    /** Runs a command that is expected to succeed. */
    Answer succeed(String... arguments) throws IOException, InterruptedException {
        Answer answer = run(arguments);
        assertThat(answer.exitCode())
                .as("%s: %s", String.join(" ", arguments), answer.err())
                .isZero();
        return answer;
    }

    Running start(String... arguments) throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g"));
        command.addAll(
                LONG_RUNNING.contains(arguments[0])
                        ? List.of("-XX:+UseParallelGC")
                        : List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(
                "-cp",
                target.resolve("repertoire-app.jar") + File.pathSeparator + target.resolve("lib") + "/*",
                "io.repertoire.app.Main"));
        Collections.addAll(command, arguments);
        String name = arguments[0] + '-' + number++;
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("REPERTOIRE_"));
        builder.environment().put("REPERTOIRE_HTTP_PORT", "0");
        var running = new Running(name, builder.start(), out, err);
        started.add(running);
        return running;
    }

    JsonNode status() throws IOException, InterruptedException {
        return succeed("status", "--json").json().get(0);
    }

    /** One value from the database of the servers that run now. */
    long count(String sql) throws IOException, InterruptedException, SQLException {
        try (Connection connection =
                        DriverManager.getConnection(status().get("jdbcUrl").asText());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    /** The rows of {@code imports show ID --rows}, the header left out. */
    List<String> rows(String importId) throws IOException, InterruptedException {
        List<String> lines =
                succeed("imports", "show", importId, "--rows").out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("line,outcome,customer_id,problems");
        return lines.subList(1, lines.size());
    }

    static long sumOfOutcomes(JsonNode result) {
        return Stream.of("created", "updated", "unchanged", "merged", "review", "rejected", "suppressed")
                .mapToLong(name -> result.get(name).asLong())
                .sum();
    }

    @Override
    public void close() throws InterruptedException {
        // The last started first: stages before servers.
        for (int i = started.size() - 1; i >= 0; i--) {
            Process process = started.get(i).process();
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
