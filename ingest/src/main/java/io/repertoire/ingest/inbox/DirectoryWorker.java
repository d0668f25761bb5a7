package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.IngestProgress;
import io.repertoire.schemas.ProgressState;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes claimed files of one directory to their end, one after the other, over one publisher. If Kafka or the registry fails, it
 * waits and begins the file again, which goes on where the last commit was. Used by one thread.
 */
final class DirectoryWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWorker.class);
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long VISIBLE_WAIT_NANOS = 2_000_000_000L;
    private static final long RECEIPT_NANOS = 300_000_000L;

    /**
     * What all workers of the stage share.
     *
     * @param resumed filled with the imports that an earlier run of the stage left unfinished; thread-safe
     */
    record Shared(
            Claims claims,
            Receipts receipts,
            Waiting waiting,
            FileImport imports,
            Publisher.Factory publishers,
            FlowControls flows,
            Conditions conditions,
            LateWrites lateWrites,
            IngestMetrics metrics,
            BooleanSupplier stopping,
            Set<String> resumed) {}

    /** How the flow of a directory is controlled. */
    interface FlowControls {
        FlowControl open(String directoryId);
    }

    private final String directoryId;
    private final Shared shared;
    private @Nullable Publisher publisher;
    private FlowControl flow = FlowControl.OFF;

    DirectoryWorker(String directoryId, Shared shared) {
        this.directoryId = directoryId;
        this.shared = shared;
    }

    /**
     * Returns once the file is finished or the stage stops.
     *
     * @throws IOException the file or the data folder fails; the claim stays and can be tried again
     */
    void process(Claim claim) throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!shared.stopping.getAsBoolean()) {
            try {
                attempt(claim);
                shared.conditions.clear(part());
                return;
            } catch (KafkaException e) {
                closePublisher();
                shared.metrics.sendFailed();
                LOG.warn("Import {} of directory {} waits: {}", claim.importId(), directoryId, reason(e));
                shared.conditions.set(part(), Health.of(Health.State.WAITING, Outage.of(e)));
                if (!sleep(pause)) {
                    return;
                }
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            } catch (IOException | RuntimeException e) {
                // A transaction may be open.
                closePublisher();
                throw e;
            }
        }
    }

    private void attempt(Claim claimed) throws IOException {
        Publisher to = publisher();
        if (isAbandoned(claimed)) {
            abandon(claimed, to);
            return;
        }
        IngestProgress progress = to.progress(claimed.progressKey());
        Claim claim = adopted(claimed, progress);
        String completed = progress == null ? null : progress.getCompletedImportId();
        boolean own = progress != null && progress.getImportId().equals(claim.importId());
        if (completed != null
                && !own
                && !claim.options().force()
                && claim.options().fault() == null) {
            duplicate(claim, completed);
            return;
        }
        long begun = System.nanoTime();
        var told = new Told(claim);
        FileImport.Result result = shared.imports.run(claim, to, flow, told);
        if (result instanceof FileImport.Result.Sent sent) {
            shared.lateWrites.watch(shared.claims.done(claim));
            told.write(told.receipt.with(Receipt.State.SENT, sent.rows()));
            shared.metrics.fileSent(sent.rows(), (System.nanoTime() - begun) / 1_000_000);
            LOG.info("Import {} of directory {}: {} rows sent", claim.importId(), directoryId, sent.rows());
        } else if (result instanceof FileImport.Result.Cancelled cancelled) {
            Cancellations.tell(claim, cancelled.rows());
            shared.claims.done(claim);
            told.write(told.receipt.with(Receipt.State.SENT, cancelled.rows()));
            LOG.info(
                    "Import {} of directory {} cancelled after {} rows",
                    claim.importId(),
                    directoryId,
                    cancelled.rows());
        } else if (result instanceof FileImport.Result.Refused refused) {
            // Told first: what has been put away can no longer be read, and so not be refused once more.
            told.write(told.receipt.refused(refused.why(), refused.rejectsFile()));
            if (refused.why().equals(Cancellations.NOT_BEGUN)) {
                Cancellations.tell(claim, 0);
            }
            shared.claims.refused(claim);
            shared.metrics.fileRefused(refused.why().code());
            LOG.info(
                    "Import {} of directory {} refused: {}",
                    claim.importId(),
                    directoryId,
                    refused.why().code());
        }
    }

    /** A dry run changes nothing, so there is no use in it for anybody but whoever asked. */
    private boolean isAbandoned(Claim claim) throws IOException {
        return claim.options().dryRun() && shared.waiting.isOver(claim.options().waiter());
    }

    private void abandon(Claim claim, Publisher to) throws IOException {
        shared.imports.abandon(claim, to);
        shared.claims.drop(claim);
        LOG.info("Dry run {} of directory {}: nobody waits for it any more", claim.importId(), directoryId);
    }

    /** The same content dropped again after a crash that lost the claim: it goes on as the import that was begun. */
    private Claim adopted(Claim claim, @Nullable IngestProgress progress) throws IOException {
        boolean cutOff = progress != null
                && !progress.getDryRun()
                && progress.getState() == ProgressState.SENDING
                && !progress.getImportId().equals(claim.importId());
        return cutOff && progress != null ? shared.claims.adopt(claim, progress.getImportId()) : claim;
    }

    private void duplicate(Claim claim, String completed) throws IOException {
        Receipt receipt = Receipt.claimed(claim);
        boolean finishedNow = shared.resumed.remove(completed);
        shared.receipts.write(
                claim.ticket(), receipt.of(completed, finishedNow ? Receipt.State.SENT : Receipt.State.DUPLICATE));
        shared.claims.duplicate(claim, completed);
        shared.metrics.fileDuplicate();
        LOG.info("Directory {}: the content of import {} again, nothing sent", directoryId, completed);
    }

    private Publisher publisher() {
        if (publisher == null) {
            flow = shared.flows.open(directoryId);
            publisher = shared.publishers.open(directoryId, flow);
        }
        return publisher;
    }

    private void closePublisher() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
        flow.close();
        flow = FlowControl.OFF;
    }

    private String part() {
        return "directory " + directoryId;
    }

    /** The kind of failure; Kafka's messages hold addresses and topics, never a record's content. */
    private static String reason(KafkaException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** What went wrong with a file or folder, in the system's words. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException system) {
            String why = system.getReason() == null ? e.getClass().getSimpleName() : system.getReason();
            return system.getFile() + ": " + why;
        }
        return String.valueOf(e.getMessage());
    }

    private boolean sleep(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            while (System.nanoTime() < end && !shared.stopping.getAsBoolean()) {
                Thread.sleep(50);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closePublisher();
    }

    /** Keeps the receipt and the health of one file up to date. */
    private final class Told implements FileImport.Listener {
        private final Claim claim;
        private Receipt receipt;
        private long writtenAt;

        Told(Claim claim) {
            this.claim = claim;
            this.receipt = Receipt.claimed(claim);
        }

        @Override
        public void reading(String layout, String encoding, String delimiter) {
            receipt = receipt.read(layout, encoding, delimiter);
        }

        @Override
        public void checked(long rows) {
            write(Receipt.State.CHECKING, rows);
        }

        @Override
        public void committed(long rows) {
            write(Receipt.State.SENDING, rows);
        }

        private void write(Receipt.State state, long rows) {
            shared.conditions.clear(part());
            receipt = receipt.with(state, rows);
            long now = System.nanoTime();
            if (claim.ticket() != null && (writtenAt == 0 || now - writtenAt > RECEIPT_NANOS)) {
                writtenAt = now;
                try {
                    write(receipt);
                } catch (IOException e) {
                    LOG.warn("The receipt of import {} could not be written: {}", claim.importId(), reason(e));
                }
            }
        }

        @Override
        public void waiting(long nanos) {
            if (nanos == 0) {
                shared.conditions.clear(part());
            } else if (nanos > VISIBLE_WAIT_NANOS) {
                shared.conditions.set(
                        part(),
                        Health.of(
                                Health.State.WAITING,
                                "Waiting for the streams stage to work on import " + claim.importId() + "."));
            }
        }

        void write(Receipt now) throws IOException {
            receipt = now;
            shared.receipts.write(claim.ticket(), now);
        }
    }
}
