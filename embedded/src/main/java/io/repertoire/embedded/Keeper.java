package io.repertoire.embedded;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one server again whenever it ends without having been told to: at once the first time, then after longer and longer
 * waits for as long as it does not stay up.
 */
final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** One that has been up for so long is not in a loop of crashes. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final EmbeddedServer server;
    private final Runnable changed;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String fault;

    /**
     * @param server that has been started
     * @param changed called, on a thread of this class, whenever {@link #fault} has another answer
     */
    Keeper(EmbeddedServer server, Runnable changed) {
        this.server = server;
        this.changed = changed;
        this.thread = new Thread(this::run, "embedded-keeper-" + server.name());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why the server cannot be used; {@code null} while it can. Cheap, from any thread. */
    @Nullable
    String fault() {
        var known = fault;
        return known != null ? known : server.fault();
    }

    private void run() {
        try {
            int failures = 0;
            long upSince = System.nanoTime();
            while (!closed) {
                Thread.sleep(LOOK_EVERY.toMillis());
                var why = server.fault();
                if (why == null) {
                    continue;
                }
                if (System.nanoTime() - upSince > STEADY.toNanos()) {
                    failures = 0;
                }
                say(why + "; it is being started again");
                Thread.sleep(waitBefore(failures));
                failures++;
                if (startAgain()) {
                    upSince = System.nanoTime();
                    say(null);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private boolean startAgain() throws InterruptedException {
        try {
            server.start();
            LOG.info("{} was started again", server.name());
            return true;
        } catch (IOException | EmbeddedServerException e) {
            LOG.warn("{} could not be started again", server.name(), e);
            // One that runs and does not answer would keep the next from its port.
            server.close();
            return false;
        }
    }

    private static long waitBefore(int failures) {
        return failures == 0 ? 0 : Math.min(LONGEST_WAIT.toMillis(), 500L << Math.min(failures, 10));
    }

    private void say(@Nullable String why) {
        if (why != null && fault == null) {
            LOG.warn("{} {}", server.name(), why);
        }
        boolean news = (why == null) != (fault == null);
        fault = why;
        if (news) {
            changed.run();
        }
    }

    /** Starts nothing any more; the server stays as it is. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
