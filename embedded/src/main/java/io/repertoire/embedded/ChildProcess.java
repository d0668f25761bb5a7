package io.repertoire.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting and stopping programs beside this JVM. */
final class ChildProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

    private static final long LARGE_LOG_BYTES = 8 << 20;

    private ChildProcess() {}

    /**
     * Starts a program that Ctrl-C in our terminal does not reach: we stop it ourselves, after those who use it.
     *
     * @param log what it prints is added; one that has grown large is kept as {@code .1} and begun anew
     */
    static Process start(List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        var whole = new ArrayList<String>();
        if (isExecutable("setsid")) {
            whole.add("setsid");
        }
        whole.addAll(command);
        var parent = log.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (Files.exists(log) && Files.size(log) > LARGE_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        var builder = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /**
     * Runs a program to its end.
     *
     * @return its exit code
     * @throws EmbeddedServerException if it takes longer than the limit; it is then stopped
     */
    static int run(List<String> command, Path log, Duration limit) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new EmbeddedServerException(command.get(0) + " does not end; see " + log);
        }
        return process.exitValue();
    }

    /** Whether a program of this name is on the path. */
    static boolean isExecutable(String program) {
        var path = System.getenv("PATH");
        if (path == null) {
            return false;
        }
        for (var folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Running processes of this user whose command line holds all these arguments: what a kill of an earlier process left
     * behind. They are looked for by what they are, not by a number in a file that may since be somebody else's.
     */
    static List<ProcessHandle> withArguments(List<String> wanted) {
        var self = ProcessHandle.current();
        return ProcessHandle.allProcesses()
                .filter(process -> !process.equals(self))
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).containsAll(wanted))
                        .orElse(false))
                .toList();
    }

    /** Why a server's process does not run; {@code null} while it does. */
    static @Nullable String fault(@Nullable Process running, Path log) {
        if (running == null) {
            return "not started";
        }
        return running.isAlive() ? null : "ended with code " + running.exitValue() + "; see " + log;
    }

    /** Asks a process to end, and ends it when the time is up. */
    static void stop(ProcessHandle process, Duration limit) {
        process.destroy();
        if (!ended(process, limit)) {
            LOG.warn("process {} did not stop within {} s and is killed", process.pid(), limit.toSeconds());
            process.destroyForcibly();
            ended(process, Duration.ofSeconds(5));
        }
    }

    /** Waits for a process that need not be a child of ours. */
    static boolean ended(ProcessHandle process, Duration limit) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** The last lines of a log, for an error message. */
    static String tail(Path log) {
        try {
            var lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    private static File nullDevice() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }
}
