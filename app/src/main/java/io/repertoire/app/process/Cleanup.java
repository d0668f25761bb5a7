package io.repertoire.app.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, closed in the reverse order; each part limits its own time, and one that fails does not stop the rest. */
public final class Cleanup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Cleanup.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, AutoCloseable closeable) {}

    /** Adds a part that was just opened. */
    public <T extends AutoCloseable> T add(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            long from = System.nanoTime();
            try {
                part.closeable().close();
                LOG.info("{} closed in {} ms", part.name(), (System.nanoTime() - from) / 1_000_000);
            } catch (Exception unclean) {
                LOG.warn("{} did not close cleanly", part.name(), unclean);
            }
        }
    }
}
