package io.repertoire.ingest.inbox;

import io.repertoire.customers.SubmissionCheck;
import io.repertoire.ingest.IngestConfig;
import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.LayoutLibrary;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.Wire;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Wires the file side together and owns its threads. */
public final class FileIngest implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Conditions conditions = new Conditions();
    private final InboxHint hint = new InboxHint();
    private final KafkaPublishers clients;
    private final Thread loop;
    private final Thread summaries;
    private volatile boolean stopping;
    private volatile boolean started;

    public FileIngest(IngestConfig config, Wire wire, SubmissionCheck check, Clock clock, IngestMetrics metrics) {
        var folders = new DataFolders(config.dataFolder());
        var library = new LayoutLibrary(config.dataFolder());
        var receipts = new Receipts(folders);
        var waiting = new Waiting(folders);
        this.clients = new KafkaPublishers(config, wire);
        var fileCheck = new FileCheck(check, folders, this::isStopping);
        var claims = new Claims(folders, clock);
        var shared = new DirectoryWorker.Shared(
                claims,
                receipts,
                waiting,
                new FileImport(library::current, fileCheck, clock, metrics, this::isStopping),
                clients,
                clients::flowControl,
                conditions,
                new LateWrites(conditions, System::nanoTime),
                metrics,
                this::isStopping,
                ConcurrentHashMap.newKeySet());
        var inbox = new Inbox(folders.inbox(), config.stableFor(), System::nanoTime);
        var inboxLoop = new InboxLoop(config, folders, inbox, hint, library::current, shared, metrics);
        this.loop = new Thread(inboxLoop, "ingest-inbox");
        var aborted = new AbortedDryRuns(folders, claims, receipts, waiting, inboxLoop::send);
        var rejectedRows = new RejectedRows(clients, wire, this::isStopping);
        var rejects = new DueRejects(folders, receipts, library::current, rejectedRows, conditions, metrics);
        this.summaries = new Thread(
                new SummaryWatcher(clients, wire, rejects, aborted, conditions, this::isStopping), "ingest-summaries");
    }

    private boolean isStopping() {
        return stopping;
    }

    public void start() {
        started = true;
        loop.start();
        summaries.start();
    }

    public Health check() {
        if (stopping) {
            return Health.of(Health.State.CLOSED, "");
        }
        return started ? conditions.worst() : Health.of(Health.State.STARTING, "");
    }

    @Override
    public void close() {
        stopping = true;
        hint.close();
        try {
            if (started) {
                loop.join(STOP_LIMIT.toMillis());
                summaries.join(STOP_LIMIT.toMillis() / 4);
                summaries.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.close();
        }
    }
}
