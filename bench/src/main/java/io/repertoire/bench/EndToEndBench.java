package io.repertoire.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Imports a file with {@code ./repertoire import FILE --data FOLDER --json}, a process tree of its own, and watches that tree.
 *
 * <p>Rows a second are counted from the claim of the file to the last row in PostgreSQL, start-up left out: {@code seconds} of the
 * import's own summary, checked against the clock here.
 */
final class EndToEndBench {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int PSS_EVERY = 8;
    private static final int NAMES_EVERY = 20;

    private final Path launcher;
    private final Path dataFolder;

    /**
     * @param launcher {@code ./repertoire} of a built tree
     * @param dataFolder empty, or where it has run before
     */
    EndToEndBench(Path launcher, Path dataFolder) {
        this.launcher = launcher;
        this.dataFolder = dataFolder;
    }

    /**
     * What came of a run.
     *
     * @param summary what the import printed
     * @param wallSeconds from starting the process to its end, start and stop of all servers included
     * @param log standard error, if it failed
     */
    record Result(
            int exitCode,
            @Nullable JsonNode summary,
            double wallSeconds,
            Usage usage,
            Map<String, String> durability,
            String log) {}

    /** Lets the launcher build what is not built, so that it is not measured. */
    void prepare() throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(launcher.toString(), "version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new IOException("the launcher does not work: exit code " + exitCode);
        }
    }

    Result run(Path file) throws IOException, InterruptedException {
        Path answer = Files.createTempFile("repertoire-bench", ".json");
        Path log = Files.createTempFile("repertoire-bench", ".log");
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(
                            launcher.toString(), "import", file.toString(), "--data", dataFolder.toString(), "--json")
                    .redirectOutput(answer.toFile())
                    .redirectError(log.toFile())
                    .start();
            var tree = new ProcessTree(process.pid(), dataFolder.toString());
            var names = new ThreadNames();
            Map<String, String> durability = Map.of();
            for (int i = 1; !process.waitFor(EVERY.toMillis(), TimeUnit.MILLISECONDS); i++) {
                tree.sample(i % PSS_EVERY == 0);
                if (i % NAMES_EVERY == 0) {
                    names.ask(process.pid());
                }
                if (durability.size() <= 3 && i % PSS_EVERY == 0) {
                    durability = Durability.of(dataFolder);
                }
            }
            double wall = (System.nanoTime() - start) / 1e9;
            return new Result(
                    process.exitValue(),
                    summary(answer),
                    wall,
                    Usage.of(tree, names),
                    durability,
                    process.exitValue() == 0 ? "" : Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(answer);
            Files.deleteIfExists(log);
        }
    }

    private static @Nullable JsonNode summary(Path answer) throws IOException {
        List<String> lines = Files.readAllLines(answer, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("{"))
                .toList();
        return lines.isEmpty() ? null : new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }
}
