package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestConfig;
import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.LayoutLibrary;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.Blame;
import io.repertoire.schemas.Health;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heart of the file side: one thread that looks at the inbox and hands each directory's files to a worker, a few directories
 * at a time, never two files of one directory at once.
 */
final class InboxLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(InboxLoop.class);
    private static final String FOLDER = "data folder";
    private static final String INBOX = "inbox";
    private static final String HALF = "half claimed";
    private static final String CLAIMING = "claiming of ";
    private static final int MOST_COMPLAINTS = 1_000;
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final IngestConfig config;
    private final DataFolders folders;
    private final Inbox inbox;
    private final InboxHint hint;
    private final Supplier<Layouts> layouts;
    private final DirectoryWorker.Shared shared;
    private final IngestMetrics metrics;
    private final ArchivePurge purge;
    private final ExecutorService workers;

    /** Claimed and not finished; guarded by itself, as is {@link #busy}. */
    private final Map<String, ArrayDeque<Retry>> pending = new HashMap<>();

    private final Set<String> busy = new HashSet<>();

    /** A claim failed half-way: its file is in {@code processing/} and in nobody's hands. */
    private volatile boolean halfClaimed;

    private long halfNotBeforeNanos = System.nanoTime();

    /** So that what stays broken is logged once. */
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    /** With files that could not be claimed. */
    private final Set<String> stuckDirectories = ConcurrentHashMap.newKeySet();

    private List<String> lastLayoutFaults = List.of();

    private record Retry(Claim claim, long notBeforeNanos) {}

    InboxLoop(
            IngestConfig config,
            DataFolders folders,
            Inbox inbox,
            InboxHint hint,
            Supplier<Layouts> layouts,
            DirectoryWorker.Shared shared,
            IngestMetrics metrics) {
        this.config = config;
        this.folders = folders;
        this.inbox = inbox;
        this.hint = hint;
        this.layouts = layouts;
        this.shared = shared;
        this.metrics = metrics;
        this.purge = new ArchivePurge(folders, config.archiveRetention(), Clock.systemUTC());
        var number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(config.parallelDirectories(), task -> {
            var thread = new Thread(task, "ingest-file-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void run() {
        FolderLock lock = null;
        try {
            lock = begin();
            while (lock != null && !shared.stopping().getAsBoolean()) {
                long begun = System.nanoTime();
                look();
                hint.rest(System.nanoTime() - begun);
                shared.lateWrites().look();
                purge();
                hint.await(config.scanInterval());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("BUG: the inbox is no longer looked at: {}", Blame.place(e));
            shared.conditions()
                    .set(
                            INBOX,
                            Health.of(
                                    Health.State.FAILED,
                                    "The inbox is no longer looked at: "
                                            + e.getClass().getSimpleName()));
        } finally {
            stopWorkers();
            if (lock != null) {
                lock.close();
            }
        }
    }

    /** Null if stopped before the folder could be had. */
    private @Nullable FolderLock begin() throws InterruptedException {
        while (!shared.stopping().getAsBoolean()) {
            try {
                folders.prepare();
                FolderLock lock = FolderLock.tryLock(folders.lock());
                if (lock == null) {
                    shared.conditions()
                            .set(FOLDER, Health.of(Health.State.WAITING, "Another process watches this data folder."));
                } else {
                    recover();
                    shared.conditions().clear(FOLDER);
                    hint.watch(folders.inbox());
                    return lock;
                }
            } catch (IOException e) {
                broken(e);
            }
            Thread.sleep(config.scanInterval().toMillis());
        }
        return null;
    }

    private void recover() throws IOException {
        for (Claim claim : shared.claims().recover(this::stuckHalfWay)) {
            LOG.info("Import {} of directory {} was cut off and goes on", claim.importId(), claim.directoryId());
            shared.resumed().add(claim.importId());
            retryNow(claim);
        }
    }

    /** A claim in {@code processing/} that nobody has is taken to its end. Thread-safe. */
    void send(Claim claim) {
        retryNow(claim);
        hint.nudge();
    }

    private void retryNow(Claim claim) {
        retry(claim, System.nanoTime());
    }

    private void purge() {
        try {
            int purged = purge.runIfDue();
            if (purged > 0) {
                LOG.info("The files of {} imports were kept long enough and are gone", purged);
            }
        } catch (IOException e) {
            broken(e);
        }
    }

    private void lookAtLayouts() {
        List<String> faults = layouts.get().complaints();
        if (!faults.equals(lastLayoutFaults)) {
            faults.forEach(LOG::warn);
            lastLayoutFaults = faults;
        }
        if (faults.isEmpty()) {
            shared.conditions().clear(LayoutLibrary.FOLDER);
        } else {
            shared.conditions().set(LayoutLibrary.FOLDER, Health.of(Health.State.DEGRADED, String.join(" ", faults)));
        }
    }

    private void look() {
        lookAtLayouts();
        Map<String, List<Drop>> drops = new HashMap<>();
        try {
            if (halfClaimed && halfNotBeforeNanos - System.nanoTime() <= 0) {
                halfClaimed = false;
                halfNotBeforeNanos = System.nanoTime() + RETRY_NANOS;
                shared.conditions().clear(HALF);
                shared.claims().recoverHalf(this::stuckHalfWay).forEach(this::retryNow);
            }
            for (Drop drop : inbox.scan()) {
                drops.computeIfAbsent(drop.directoryId(), d -> new ArrayList<>())
                        .add(drop);
            }
            shared.conditions().clear(FOLDER);
            stuckDirectories.stream()
                    .filter(directory -> !drops.containsKey(directory))
                    .forEach(directory -> shared.conditions().clear(CLAIMING + directory));
            stuckDirectories.retainAll(drops.keySet());
            List<String> complaints = inbox.complaints();
            if (complaints.isEmpty()) {
                shared.conditions().clear(INBOX);
            } else {
                shared.conditions().set(INBOX, Health.of(Health.State.DEGRADED, String.join(" ", complaints)));
            }
        } catch (IOException e) {
            halfClaimed = true;
            broken(e);
        }
        synchronized (pending) {
            pending.forEach((directory, waiting) -> {
                Retry first = waiting.peekFirst();
                if (first != null && first.notBeforeNanos - System.nanoTime() <= 0) {
                    drops.computeIfAbsent(directory, d -> List.of());
                }
            });
        }
        drops.forEach(this::hand);
    }

    private void hand(String directory, List<Drop> drops) {
        synchronized (pending) {
            if (!busy.add(directory)) {
                return;
            }
        }
        workers.execute(() -> {
            try (var worker = new DirectoryWorker(directory, shared)) {
                work(directory, drops, worker);
            } finally {
                synchronized (pending) {
                    busy.remove(directory);
                }
                hint.nudge();
            }
        });
    }

    private void work(String directory, List<Drop> drops, DirectoryWorker worker) {
        for (Retry retry = nextPending(directory); retry != null; retry = nextPending(directory)) {
            process(retry.claim, worker);
        }
        @Nullable IOException stuck = null;
        for (Drop drop : drops) {
            if (shared.stopping().getAsBoolean()) {
                return;
            }
            try {
                Claim claim = shared.claims().claim(drop);
                if (claim != null) {
                    metrics.fileClaimed();
                    acknowledge(claim);
                    process(claim, worker);
                }
            } catch (IOException e) {
                // It keeps no other file waiting.
                halfClaimed = true;
                stuck = e;
                log(e);
            }
        }
        if (stuck == null) {
            shared.conditions().clear(CLAIMING + directory);
        } else {
            stuckDirectories.add(directory);
            shared.conditions()
                    .set(
                            CLAIMING + directory,
                            Health.of(
                                    Health.State.DEGRADED,
                                    "A file of directory " + directory + " cannot be taken from the inbox: "
                                            + DirectoryWorker.reason(stuck)));
        }
    }

    /** What becomes of the file does not hang on it: whoever works on the file writes it again. */
    private void acknowledge(Claim claim) {
        try {
            shared.receipts().write(claim.ticket(), Receipt.claimed(claim));
        } catch (IOException e) {
            log(e);
        }
    }

    private void stuckHalfWay(IOException e) {
        halfClaimed = true;
        log(e);
        shared.conditions()
                .set(
                        HALF,
                        Health.of(
                                Health.State.DEGRADED,
                                "A file that was taken from the inbox cannot be gone on with: "
                                        + DirectoryWorker.reason(e)));
    }

    private void log(IOException e) {
        String why = DirectoryWorker.reason(e);
        if (complaints.size() > MOST_COMPLAINTS) {
            complaints.clear();
        }
        if (complaints.add(why)) {
            LOG.warn("The data folder cannot be used: {}", why);
        }
    }

    private @Nullable Retry nextPending(String directory) {
        synchronized (pending) {
            ArrayDeque<Retry> waiting = pending.get(directory);
            Retry first = waiting == null ? null : waiting.peekFirst();
            if (waiting == null || first == null || first.notBeforeNanos - System.nanoTime() > 0) {
                return null;
            }
            return waiting.removeFirst();
        }
    }

    private void process(Claim claim, DirectoryWorker worker) {
        String part = "import " + claim.importId();
        try {
            worker.process(claim);
            shared.conditions().clear(part);
        } catch (IOException e) {
            LOG.warn("Import {} cannot go on: {}", claim.importId(), DirectoryWorker.reason(e));
            shared.conditions().set(part, Health.of(Health.State.DEGRADED, DirectoryWorker.reason(e)));
            retryLater(claim);
        } catch (RuntimeException e) {
            if (shared.stopping().getAsBoolean()) {
                // Interrupted in the middle of something; the next start goes on where the last commit was.
                return;
            }
            LOG.error("BUG: import {} cannot go on: {}", claim.importId(), Blame.place(e));
            shared.conditions()
                    .set(
                            part,
                            Health.of(
                                    Health.State.DEGRADED,
                                    part + " cannot go on: " + e.getClass().getName()));
            retryLater(claim);
        }
    }

    private void retryLater(Claim claim) {
        retry(claim, System.nanoTime() + RETRY_NANOS);
    }

    private void retry(Claim claim, long notBeforeNanos) {
        synchronized (pending) {
            pending.computeIfAbsent(claim.directoryId(), d -> new ArrayDeque<>())
                    .add(new Retry(claim, notBeforeNanos));
        }
    }

    private void broken(IOException e) {
        log(e);
        shared.conditions()
                .set(
                        FOLDER,
                        Health.of(
                                Health.State.WAITING, "The data folder cannot be used: " + DirectoryWorker.reason(e)));
    }

    private void stopWorkers() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(3, TimeUnit.SECONDS)) {
                workers.shutdownNow();
                workers.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
