package io.repertoire.customers;

import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.state.ImportState;
import io.repertoire.schemas.state.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an import replaced is not kept for ever: it is deleted in steps, and the import can no longer be undone. */
final class UndoExpiry implements Jobs.Step {

    private static final int AT_ONCE = 500;

    private final Workspace work;

    UndoExpiry(Workspace work) {
        this.work = work;
    }

    /** Its time has come. One that is just being undone deletes what it has put back itself. */
    static void begin(Workspace work, String importId) {
        ImportState state = work.get(StateTable.IMPORTS, importId);
        if (state == null
                || state.getExpired()
                || state.getStatus() == ImportStatus.UNDONE
                || state.getUndo() != null) {
            return;
        }
        state.setExpired(true);
        work.put(StateTable.IMPORTS, importId, state);
        JobState job = Jobs.blank("undo-expiry-" + importId, JobKind.UNDO_EXPIRE, work.now());
        job.setImportId(importId);
        work.put(StateTable.JOBS, job.getJobId(), job);
    }

    @Override
    public @Nullable Answer run(JobState job) {
        String prefix = UndoLog.prefix(String.valueOf(job.getImportId()));
        List<String> keys = work.keysUnder(StateTable.UNDO, prefix, job.getCursor(), AT_ONCE);
        UndoLog log = UndoLog.none(work);
        for (String key : keys) {
            log.expire(key);
            job.setCursor(key);
        }
        return keys.size() < AT_ONCE ? Answer.done("No longer kept.") : null;
    }
}
