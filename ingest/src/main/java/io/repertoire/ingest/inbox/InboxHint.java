package io.repertoire.ingest.inbox;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shortens the pause between two scans when something may have changed. Only ever a hint: the scan decides. */
final class InboxHint implements AutoCloseable {

    /** A scan that takes no longer than this costs nothing worth resting for. */
    private static final long SHORT_NANOS = 20_000_000L;

    private static final int RESTS = 4;
    private static final long LONGEST_REST_NANOS = 5_000_000_000L;

    private final Semaphore nudges = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable WatchService service;

    /** If the system cannot watch, the scans alone do it. */
    void watch(Path inbox) {
        try {
            WatchService watching = inbox.getFileSystem().newWatchService();
            inbox.register(watching, StandardWatchEventKinds.ENTRY_CREATE);
            service = watching;
            var thread = new Thread(() -> take(watching), "ingest-watch");
            thread.setDaemon(true);
            thread.start();
        } catch (IOException | UnsupportedOperationException e) {
            service = null;
        }
    }

    private void take(WatchService watching) {
        try {
            while (true) {
                WatchKey key = watching.take();
                key.pollEvents();
                key.reset();
                nudge();
            }
        } catch (ClosedWatchServiceException e) {
            // The stage closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void nudge() {
        nudges.release();
    }

    /**
     * Keeps to itself for as long as a scan of a very full inbox is worth, whatever changes meanwhile: looking at a hundred thousand
     * files again and again would take the processor from those that are read.
     *
     * @param scanNanos what the scan took
     */
    void rest(long scanNanos) throws InterruptedException {
        long nanos = restAfter(scanNanos);
        if (nanos > 0 && closed.await(nanos, TimeUnit.NANOSECONDS)) {
            nudge();
        }
    }

    static long restAfter(long scanNanos) {
        return scanNanos < SHORT_NANOS ? 0 : Math.min(LONGEST_REST_NANOS, scanNanos * RESTS);
    }

    /** Returns after this time, or earlier if something may have changed. */
    void await(Duration longest) throws InterruptedException {
        if (nudges.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            nudges.drainPermits();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        nudge();
        WatchService watching = service;
        if (watching != null) {
            try {
                watching.close();
            } catch (IOException e) {
                // It was only a hint.
            }
        }
    }
}
