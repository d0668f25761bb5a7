package io.repertoire.ingest.inbox;

import io.repertoire.ingest.IngestMetrics;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.schemas.Health;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rejects files that are still to be written: one for every import of this data folder that ended with rejected rows. All summaries
 * are read at every start, so one that a crash kept from being written is written then. One thread.
 */
final class DueRejects {

    private static final Logger LOG = LoggerFactory.getLogger(DueRejects.class);

    /** Its name in the stage's condition. */
    private static final String PART = "rejects";

    /** After a rejects file could not be written. */
    private static final long RETRY_NANOS = 2_000_000_000L;

    /** In the folder of an import that is over: its rejects file was written once. What became of it is its reader's business. */
    static final String WRITTEN = "rejects.written";

    private final DataFolders folders;
    private final Receipts receipts;
    private final ClaimedLayouts claimedLayouts;
    private final RejectedRows rows;
    private final Conditions conditions;
    private final IngestMetrics metrics;

    /** By import id. */
    private final Map<String, ImportSummary> due = new TreeMap<>();

    /** Of those in {@link #due}: when writing one failed, {@link System#nanoTime}. */
    private final Map<String, Long> failedAt = new HashMap<>();

    DueRejects(
            DataFolders folders,
            Receipts receipts,
            Supplier<Layouts> library,
            RejectedRows rows,
            Conditions conditions,
            IngestMetrics metrics) {
        this.folders = folders;
        this.receipts = receipts;
        this.claimedLayouts = new ClaimedLayouts(library);
        this.rows = rows;
        this.conditions = conditions;
        this.metrics = metrics;
    }

    void note(ImportSummary summary) {
        boolean rejects = summary.getStatus() == ImportStatus.PROCESSED
                && summary.getCounts().getRejected() > 0;
        if (rejects) {
            due.put(summary.getImportId(), summary);
        } else {
            due.remove(summary.getImportId());
        }
    }

    /** Those that fail wait, and the stage's condition says so. */
    void write() {
        Iterator<ImportSummary> summaries = due.values().iterator();
        while (summaries.hasNext()) {
            ImportSummary summary = summaries.next();
            Long failed = failedAt.get(summary.getImportId());
            if (failed != null && System.nanoTime() - failed < RETRY_NANOS) {
                continue;
            }
            try {
                Claim claim = Claim.load(folders.done().resolve(summary.getImportId()));
                boolean ours = claim != null && claim.directoryId().equals(summary.getDirectoryId());
                if (ours && claim != null) {
                    write(claim, summary);
                }
                // Its folder may still be on its way to done/.
                if (ours || !Files.exists(folders.processing().resolve(summary.getImportId()))) {
                    summaries.remove();
                }
                failedAt.remove(summary.getImportId());
                conditions.clear(PART);
            } catch (IOException e) {
                failedAt.put(summary.getImportId(), System.nanoTime());
                LOG.warn("The rejects file of import {} waits: {}", summary.getImportId(), DirectoryWorker.reason(e));
                conditions.set(
                        PART,
                        Health.of(
                                Health.State.DEGRADED,
                                "The rejects file of import " + summary.getImportId() + " cannot be written: "
                                        + DirectoryWorker.reason(e)));
            }
        }
    }

    private void write(Claim claim, ImportSummary summary) throws IOException {
        Path target = RejectsFile.of(claim, folders);
        Path written = folders.done().resolve(claim.importId()).resolve(WRITTEN);
        if (Files.exists(written)) {
            return;
        }
        if (!Files.exists(target)) {
            rows.write(summary, () -> RejectsFile.begin(claim, claimedLayouts.of(claim), target));
            metrics.rejectsFileWritten(summary.getCounts().getRejected());
        }
        Receipt receipt = receipts.read(claim.ticket());
        if (receipt != null && receipt.rejectsFile() == null) {
            receipts.write(claim.ticket(), receipt.withRejects(target.toString()));
        }
        // Last, so that whatever a crash kept from being done is done at the next start.
        Files.writeString(written, "");
    }
}
