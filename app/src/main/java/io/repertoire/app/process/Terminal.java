package io.repertoire.app.process;

import java.io.PrintStream;

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

    /** One line of the answer. */
    public void answer(String line) {
        out.println(line);
    }
}
