package io.repertoire.app;

import io.repertoire.app.cli.CommandLineInterface;
import io.repertoire.app.process.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** {@code ./repertoire}: the process's entry, and the only place that ends it. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var terminal = new Terminal(
                stream(FileDescriptor.out), stream(FileDescriptor.err), Boolean.getBoolean("repertoire.terminal"));
        int exitCode = new CommandLineInterface(terminal, Path.of(""), System.getenv(), Clock.systemUTC()).run(args);
        terminal.out().flush();
        terminal.err().flush();
        System.exit(exitCode);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13),
                false,
                StandardCharsets.UTF_8);
    }
}
