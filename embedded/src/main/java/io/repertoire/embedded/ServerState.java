package io.repertoire.embedded;

/**
 * How one server is.
 *
 * @param name {@code kafka}, {@code registry}, {@code postgres}
 * @param embedded whether we started it; a configured one is not asked here and counts as up
 * @param address where it is; empty while it is not started
 * @param up whether it runs
 * @param recovers if it does not run, it is being started again; otherwise the process that runs it has to be
 * @param detail why not; empty if there is nothing to say
 */
public record ServerState(String name, boolean embedded, String address, boolean up, boolean recovers, String detail) {}
