package io.repertoire.ingest.inbox;

import io.repertoire.schemas.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when whoever wrote a file goes on writing after it was taken: they paused for longer than a file has to rest (P49), and
 * hold it open under whatever name it has now. What came late was not read, or only some of it. Files are looked at for a while
 * after they are done. Thread-safe.
 */
final class LateWrites {

    private static final Logger LOG = LoggerFactory.getLogger(LateWrites.class);
    private static final long WATCHED_NANOS = 600_000_000_000L;
    private static final int MOST = 500;

    private final Conditions conditions;
    private final LongSupplier nanos;
    private final ArrayDeque<Watched> watched = new ArrayDeque<>();

    private record Watched(Claim done, long untilNanos) {}

    /** @param nanos a clock that only moves forward */
    LateWrites(Conditions conditions, LongSupplier nanos) {
        this.conditions = conditions;
        this.nanos = nanos;
    }

    /** A file was read to its end and put away. Of one of its name nothing more is to be said: it was dropped again. */
    synchronized void watch(Claim done) {
        conditions.clear(part(done));
        watched.add(new Watched(done, nanos.getAsLong() + WATCHED_NANOS));
        if (watched.size() > MOST) {
            watched.remove();
        }
    }

    synchronized void look() {
        for (Iterator<Watched> all = watched.iterator(); all.hasNext(); ) {
            Watched one = all.next();
            if (isWrittenTo(one.done)) {
                tell(one.done);
                all.remove();
            } else if (one.untilNanos - nanos.getAsLong() <= 0) {
                all.remove();
            }
        }
    }

    private static boolean isWrittenTo(Claim done) {
        try {
            Instant now = Files.getLastModifiedTime(done.file()).toInstant();
            return !now.truncatedTo(ChronoUnit.MILLIS).equals(done.modifiedAt());
        } catch (IOException purgedOrSeenTo) {
            return false;
        }
    }

    private void tell(Claim done) {
        LOG.warn(
                "Import {} of directory {}: the file was still being written when it was taken",
                done.importId(),
                done.directoryId());
        conditions.set(
                part(done),
                Health.of(
                        Health.State.DEGRADED,
                        "Import " + done.importId() + " of directory " + done.directoryId()
                                + ": the file was still being written when it was taken, so not all of it was read."
                                + " Drop it again once it is whole."));
    }

    private static String part(Claim done) {
        return "written late: " + done.directoryId() + '/' + done.fileName();
    }
}
