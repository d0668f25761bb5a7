package io.repertoire.embedded;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One server of ours. {@link #start} and {@link #close} are called from any thread but never at once, and {@link #close} last;
 * one that {@link #canStartAgain} may be started and closed several times.
 */
interface EmbeddedServer extends AutoCloseable {

    String name();

    /** Returns once the server answers. */
    void start() throws IOException, InterruptedException;

    /** Whether {@link #start} may be called again after it has ended. */
    boolean canStartAgain();

    /** Why it does not run; {@code null} while it does. Cheap, from any thread. */
    @Nullable
    String fault();

    /** Stops it within a time limit, by force in the end. Also undoes a start that failed half-way. */
    @Override
    void close();
}
