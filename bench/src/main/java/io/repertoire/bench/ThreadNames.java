package io.repertoire.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The names that a Java process gives its threads, whole: the kernel keeps only 15 bytes of them. Asked of {@code jcmd}, where the
 * JDK has it; what is not known stays unknown.
 */
final class ThreadNames {

    private static final Pattern LINE = Pattern.compile("^\"(.*?)\" .*\\bnid=(0x[0-9a-f]+|[0-9]+)\\b.*");

    /** Signal 3 in the mask of caught signals. */
    private static final long SIGQUIT = 1L << 2;

    private final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private final Map<Long, String> names = new HashMap<>();

    String of(long thread, String otherwise) {
        return names.getOrDefault(thread, otherwise);
    }

    void ask(long process) throws IOException, InterruptedException {
        if (!Files.isExecutable(jcmd) || !catchesQuit(process)) {
            return;
        }
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process), "Thread.print")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var out = asked.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(this::learn);
        }
        if (!asked.waitFor(10, TimeUnit.SECONDS)) {
            asked.destroyForcibly();
        }
    }

    /** {@code jcmd} knocks with SIGQUIT, which ends whoever is no Java program, or not yet: the launcher's shell, a JVM that starts. */
    static boolean catchesQuit(long process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process), "status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
            if (line.startsWith("SigCgt:")) {
                long caught = Long.parseUnsignedLong(
                        line.substring("SigCgt:".length()).strip(), 16);
                return (caught & SIGQUIT) != 0;
            }
        }
        return false;
    }

    void learn(String line) {
        var matcher = LINE.matcher(line);
        if (matcher.matches()) {
            names.put(Long.decode(matcher.group(2)), matcher.group(1));
        }
    }
}
