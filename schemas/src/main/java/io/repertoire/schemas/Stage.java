package io.repertoire.schemas;

/**
 * A running part of Repertoire, as the application sees it. Constructing one does nothing; {@link #start} does the work and
 * returns once the stage has begun, whether or not the servers it needs can be reached: it then waits, and {@link #check} says
 * for what.
 */
public interface Stage extends AutoCloseable {

    /** Lower case, one word: {@code ingest}, {@code streams}, {@code sink}. */
    String name();

    /** At most once. */
    void start();

    /** Cheap, from any thread, at any time; remembers why a worker died. */
    Health check();

    /** Stops cleanly within a time limit of its own; may be called more than once, and without {@link #start}. */
    @Override
    void close();
}
