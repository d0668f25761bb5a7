package io.repertoire.app.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and the operating system's wish that we stop. The work goes on in its own thread, sees it in {@link #await}, closes what
 * it opened and says {@link #finished}; until then, or until the time is up, the process stays.
 */
public final class Shutdown {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** Call once per process. */
    public static Shutdown install() {
        var shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::stop, "shutdown"));
        return shutdown;
    }

    private void stop() {
        requested.countDown();
        try {
            if (!finished.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                org.slf4j.LoggerFactory.getLogger(Shutdown.class)
                        .warn("Not everything stopped within {} s", LIMIT.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits; true when the wish came, false when the time was up first. */
    public boolean await(Duration limit) {
        try {
            return requested.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Everything is closed; the process may go. */
    public void finished() {
        finished.countDown();
    }
}
