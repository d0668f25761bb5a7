package io.repertoire.app.cli;

import io.repertoire.app.process.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine;

/** One run of the command line in this process, with what it wrote. */
final class CommandRun {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    CommandRun(Path folder) {
        this.folder = folder;
    }

    CommandRun environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    CommandLine commandLine() {
        return cli().commandLine();
    }

    int run(String... arguments) {
        return cli().run(arguments);
    }

    private CommandLineInterface cli() {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new CommandLineInterface(terminal, folder, environment, Clock.systemUTC());
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
