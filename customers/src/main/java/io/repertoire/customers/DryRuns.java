package io.repertoire.customers;

import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.state.ImportProgressState;
import io.repertoire.schemas.state.ImportState;
import io.repertoire.schemas.state.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of dry runs besides their rows: a run whose overlay is gone ends there, and what runs that are over left in theirs is
 * cleared away in steps.
 */
final class DryRuns implements Jobs.Step {

    /** One job of a directory clears for every run. */
    static final String JOB = "dry-run-clear";

    private static final int ENTRIES = 500;

    /** A run of which no row comes for so long is not awaited any more; its file is sent again should it still be there. */
    static final Duration SILENCE = Duration.ofDays(1);

    /** Runs looked at in one step. More of them than one goes on at a time only because something failed. */
    private static final int AT_ONCE = 100;

    /** Behind every key that begins with what stands before it. */
    private static final char LAST = '\uffff';

    private final Workspace work;

    DryRuns(Workspace work) {
        this.work = work;
    }

    /** What the run decided so far can still be read. */
    static boolean isWhole(ImportProgressState progress, Workspace work) {
        return work.epoch().equals(progress.getDryRun());
    }

    /** A run of this directory is over: one that goes on clearing begins anew. */
    static void clear(Workspace work) {
        work.put(StateTable.JOBS, JOB, Jobs.blank(JOB, JobKind.DRY_RUN_CLEAR, work.now()));
    }

    /** After a start: what runs that were cut off left. */
    static void inspect(Workspace work) {
        if (!work.keys(StateTable.DRY_RUN, null, 1).isEmpty()) {
            clear(work);
        }
    }

    /** Now and then: runs of which nothing has come for long, since their file is gone, are aborted and cleared away. */
    static void look(Workspace work) {
        boolean over = false;
        String cursor = null;
        for (int i = 0; i < AT_ONCE; i++) {
            List<String> next = work.keys(StateTable.DRY_RUN, cursor, 1);
            if (next.isEmpty()) {
                break;
            }
            String part = next.get(0).substring(0, next.get(0).indexOf('/'));
            over |= !comesFurther(Overlay.importId(part), work);
            cursor = part + '/' + LAST;
        }
        if (over && work.get(StateTable.JOBS, JOB) == null) {
            clear(work);
        }
    }

    /** False if it is over, or is so from now on. */
    private static boolean comesFurther(String importId, Workspace work) {
        ImportProgressState progress = work.get(StateTable.IMPORT_PROGRESS, importId);
        ImportState state = work.get(StateTable.IMPORTS, importId);
        if (progress == null || state == null || progress.getEnded()) {
            return false;
        }
        if (state.getSeenAt() == 0 || state.getSeenLine() != progress.getLastLine()) {
            state.setSeenAt(work.now());
            state.setSeenLine(progress.getLastLine());
            work.put(StateTable.IMPORTS, importId, state);
            return true;
        }
        if (work.now() - state.getSeenAt() < SILENCE.toMillis()) {
            return true;
        }
        new ImportLedger(work).abort(importId, state, progress, Instant.ofEpochMilli(work.now()));
        return false;
    }

    /** As an outcome that holds only what is there for real. */
    static Outcome told(Outcome outcome, Workspace books) {
        String customer = outcome.customerId();
        String record = outcome.sourceKey();
        return new Outcome(
                outcome.kind(),
                customer == null || books.get(StateTable.CUSTOMERS, customer) == null ? null : customer,
                record == null || books.get(StateTable.SOURCE_RECORDS, record) == null ? null : record,
                outcome.rule(),
                outcome.problems());
    }

    @Override
    public @Nullable Answer run(JobState job) {
        List<String> ids = work.keys(StateTable.DRY_RUN, job.getCursor(), ENTRIES);
        String at = "";
        for (String id : ids) {
            String part = id.substring(0, id.indexOf('/'));
            if (!part.equals(at)) {
                at = part;
                if (isRunning(Overlay.importId(part))) {
                    job.setCursor(part + '/' + LAST);
                    return null;
                }
            }
            work.delete(StateTable.DRY_RUN, id);
            job.setCursor(id);
            job.setDone(job.getDone() + 1);
        }
        return ids.size() < ENTRIES ? Answer.done(job.getDone() + " entries cleared.") : null;
    }

    private boolean isRunning(String importId) {
        ImportProgressState progress = work.get(StateTable.IMPORT_PROGRESS, importId);
        return progress != null && !progress.getEnded() && isWhole(progress, work);
    }
}
