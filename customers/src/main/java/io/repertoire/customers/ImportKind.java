package io.repertoire.customers;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.state.ImportProgressState;
import io.repertoire.schemas.state.ImportState;
import org.jspecify.annotations.Nullable;

/**
 * What an import and a dry run of one do differently (ADR 18). Whatever else handles imports asks its kind to do it, and not which of
 * the two it is.
 */
enum ImportKind {
    IMPORT {
        @Override
        void begin(String importId, ImportState state, ImportProgressState progress, Workspace books) {
            new LastImport(books).follow(importId, state);
        }

        @Override
        boolean goesOn(CustomerSubmission row, String importId, ImportProgressState progress, ImportLedger ledger) {
            return true;
        }

        @Override
        Workspace workspace(String importId, Workspace books, Overlay.Values values) {
            return books;
        }

        @Override
        UndoLog undoLog(String importId, ImportProgressState progress, Workspace work) {
            return UndoLog.of(work, importId, progress);
        }

        @Override
        Outcome settle(Outcome outcome, Workspace work, String importId, Workspace books, Overlay.Values values) {
            return outcome;
        }

        @Override
        ImportStatus over() {
            return ImportStatus.PROCESSED;
        }

        @Override
        ImportStatus cancelled() {
            return ImportStatus.PROCESSED;
        }

        @Override
        void end(String importId, ImportState state, Workspace books) {
            if (state.getStatus() == ImportStatus.REFUSED) {
                new LastImport(books).leave(importId, state);
            } else {
                new DueIndex(books)
                        .expire(
                                importId,
                                books.now() + books.policy().undo().kept().toMillis());
            }
        }

        @Override
        boolean isOvertaken(ImportState state, Workspace books) {
            return false;
        }
    },

    DRY_RUN {
        @Override
        void begin(String importId, ImportState state, ImportProgressState progress, Workspace books) {
            progress.setDryRun(books.epoch());
            state.setVersionBefore(books.version());
        }

        @Override
        boolean goesOn(CustomerSubmission row, String importId, ImportProgressState progress, ImportLedger ledger) {
            return ledger.dryRunGoesOn(row, importId, progress);
        }

        @Override
        Workspace workspace(String importId, Workspace books, Overlay.Values values) {
            return books.over(new Overlay(books.view(), books.directoryId(), importId, values));
        }

        @Override
        UndoLog undoLog(String importId, ImportProgressState progress, Workspace work) {
            return UndoLog.none(work);
        }

        @Override
        Outcome settle(Outcome outcome, Workspace work, String importId, Workspace books, Overlay.Values values) {
            new Overlay(books.view(), books.directoryId(), importId, values).keep(work.decision(), books);
            return DryRuns.told(outcome, books);
        }

        @Override
        ImportStatus over() {
            return ImportStatus.DRY_RUN_DONE;
        }

        @Override
        ImportStatus cancelled() {
            return ImportStatus.DRY_RUN_ABORTED;
        }

        @Override
        void end(String importId, ImportState state, Workspace books) {
            DryRuns.clear(books);
        }

        @Override
        boolean isOvertaken(ImportState state, Workspace books) {
            return state.getVersionBefore() != books.version();
        }
    };

    static ImportKind of(@Nullable ImportSpec spec) {
        return spec != null && spec.getDryRun() ? DRY_RUN : IMPORT;
    }

    static ImportKind of(ImportProgressState progress) {
        return progress.getDryRun() == null ? IMPORT : DRY_RUN;
    }

    /** Its start marker came. The caller puts state and progress. */
    abstract void begin(String importId, ImportState state, ImportProgressState progress, Workspace books);

    /** Whether one more row of it can be decided. */
    abstract boolean goesOn(CustomerSubmission row, String importId, ImportProgressState progress, ImportLedger ledger);

    /** What a row of it is decided over; the import's books are kept in {@code books} all the same. */
    abstract Workspace workspace(String importId, Workspace books, Overlay.Values values);

    /** What a row changes is kept there to be put back. */
    abstract UndoLog undoLog(String importId, ImportProgressState progress, Workspace work);

    /**
     * A row is decided: what it changed is kept.
     *
     * @param work what {@link #workspace} gave
     * @return the outcome as it is told
     */
    abstract Outcome settle(Outcome outcome, Workspace work, String importId, Workspace books, Overlay.Values values);

    /** Its status once every row is decided. */
    abstract ImportStatus over();

    /** Its status once every row is decided that was read until somebody wanted no more of it. */
    abstract ImportStatus cancelled();

    /** Nothing more of it comes; its state says whether it was refused. */
    abstract void end(String importId, ImportState state, Workspace books);

    /** Whether what it says may differ from what the import will do, as something else changed the directory meanwhile. */
    abstract boolean isOvertaken(ImportState state, Workspace books);
}
