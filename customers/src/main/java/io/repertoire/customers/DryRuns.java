package io.repertoire.customers;

import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.state.ImportProgressState;
import io.repertoire.schemas.state.JobState;
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
