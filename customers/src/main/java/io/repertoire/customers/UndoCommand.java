package io.repertoire.customers;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.state.ImportState;
import io.repertoire.schemas.state.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An import is to be taken back: the directory's last one, while what it replaced is kept (DESIGN §8). Done by {@link ImportUndo}. */
final class UndoCommand {

    private final DirectoryWork work;
    private final CustomerCommand command;

    UndoCommand(DirectoryWork work, CustomerCommand command) {
        this.work = work;
        this.command = command;
    }

    Answer handle() {
        String id = command.getImportId();
        if (id == null || id.isBlank()) {
            return Answer.of(CommandCode.MISSING_ARGUMENT);
        }
        String importId = id.strip();
        ImportState state = work.state.get(StateTable.IMPORTS, importId);
        if (state == null) {
            return Answer.of(CommandCode.UNKNOWN_IMPORT);
        }
        Answer refusal = refusal(importId, state);
        if (refusal != null) {
            return refusal;
        }
        JobState job = new Jobs(work).start(JobKind.IMPORT_UNDO, command);
        job.setImportId(importId);
        state.setUndo(job.getJobId());
        work.state.put(StateTable.IMPORTS, importId, state);
        new ImportLedger(work.state).undoing(importId, state, 0);
        return Answer.accepted("Under way; the import is undone in steps.");
    }

    private @Nullable Answer refusal(String importId, ImportState state) {
        switch (state.getStatus()) {
            case UNDONE -> {
                return Answer.of(CommandCode.ALREADY_UNDONE);
            }
            case RUNNING -> {
                return Answer.of(CommandCode.IMPORT_RUNNING);
            }
            case REFUSED, DRY_RUN_DONE, DRY_RUN_ABORTED, UNDOING, UNKNOWN -> {
                return Answer.of(CommandCode.NOTHING_TO_UNDO);
            }
            case PROCESSED -> {
                if (ImportKind.of(state.getSpec()) == ImportKind.DRY_RUN) {
                    return Answer.of(CommandCode.NOTHING_TO_UNDO);
                }
            }
        }
        if (state.getUndo() != null) {
            return goesOn(state.getUndo());
        }
        if (state.getExpired()
                || work.state.now()
                        >= state.getEndedAt()
                                + work.state.policy().undo().kept().toMillis()) {
            return Answer.of(CommandCode.UNDO_EXPIRED);
        }
        String last = work.state.directory().getLastImport();
        return importId.equals(last)
                ? null
                : new Answer(
                        CommandCode.IMPORT_NOT_LAST.status(),
                        CommandCode.IMPORT_NOT_LAST.name(),
                        CommandCode.IMPORT_NOT_LAST.message() + (last == null ? "" : " The last one is " + last + '.'),
                        List.of());
    }

    /** One that failed halfway goes on where it stopped. */
    private Answer goesOn(String jobId) {
        JobState job = work.state.get(StateTable.JOBS, jobId);
        if (job == null || !Jobs.hasFailed(job)) {
            return Answer.of(CommandCode.UNDO_GOES_ON);
        }
        job.setCursor(null);
        new Jobs(work).resume(job, command);
        return Answer.accepted("Under way again; what was left of the import is undone in steps.");
    }
}
