package io.repertoire.app.process;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The two streams of a command: the answer goes to {@link #out}, everything else to {@link #say}. Nothing else may write to
 * either.
 *
 * @param out the answer
 * @param err progress and messages
 * @param interactive true when {@code err} is a terminal somebody looks at
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {

    /** One line for the person who waits. */
    public void say(String line) {
        err.println(line);
        err.flush();
    }

    /** For an answer of many lines; flush it. */
    public Writer writer() {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** One line of the answer. */
    public void answer(String line) {
        out.println(line);
    }
}
