package io.repertoire.ingest.inbox;

import io.repertoire.customers.ImportEnds;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dry runs whose overlay was lost in a restart of the streams stage: their files are sent again, each as an import of its own that
 * its receipt then names, unless whoever asked is gone. All summaries are read at every start, so one that a crash kept from being sent again is sent then. One
 * thread.
 */
final class AbortedDryRuns {

    private static final Logger LOG = LoggerFactory.getLogger(AbortedDryRuns.class);

    private final DataFolders folders;
    private final Claims claims;
    private final Receipts receipts;
    private final Waiting waiting;
    private final Consumer<Claim> sender;

    /** Directory by import id. */
    private final Map<String, String> due = new TreeMap<>();

    /** @param sender is given the claims to be sent; thread-safe */
    AbortedDryRuns(DataFolders folders, Claims claims, Receipts receipts, Waiting waiting, Consumer<Claim> sender) {
        this.folders = folders;
        this.claims = claims;
        this.receipts = receipts;
        this.waiting = waiting;
        this.sender = sender;
    }

    void note(ImportSummary summary) {
        if (summary.getStatus() == ImportStatus.DRY_RUN_ABORTED && !ImportEnds.isCancelled(summary.getRefusedCode())) {
            due.put(summary.getImportId(), summary.getDirectoryId());
        }
    }

    /** Those whose file was sent to its end; what comes behind the abort is read by nobody. */
    void sendAgain() throws IOException {
        Iterator<Map.Entry<String, String>> all = due.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, String> aborted = all.next();
            Claim claim = Claim.load(folders.done().resolve(aborted.getKey()));
            if (claim != null
                    && claim.directoryId().equals(aborted.getValue())
                    && claim.options().dryRun()
                    && !waiting.isOver(claim.options().waiter())) {
                Claim again = claims.again(claim);
                receipts.write(again.ticket(), Receipt.claimed(again));
                LOG.info(
                        "Dry run {} was cut off by a restart and begins again as {}",
                        aborted.getKey(),
                        again.importId());
                sender.accept(again);
                all.remove();
            } else if (!Files.exists(folders.processing().resolve(aborted.getKey()))) {
                all.remove();
            }
        }
    }
}
