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

    private final Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private final Map<Long, String> names = new HashMap<>();

    String of(long thread, String otherwise) {
        return names.getOrDefault(thread, otherwise);
    }

    void ask(long process) throws IOException, InterruptedException {
        if (!Files.isExecutable(jcmd)) {
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

    void learn(String line) {
        var matcher = LINE.matcher(line);
        if (matcher.matches()) {
            names.put(Long.decode(matcher.group(2)), matcher.group(1));
        }
    }
}
