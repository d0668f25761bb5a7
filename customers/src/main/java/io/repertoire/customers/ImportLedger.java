package io.repertoire.customers;

import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportEnd;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportSpec;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.OutcomeCounts;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.ImportProgressState;
import io.repertoire.schemas.state.ImportState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The books of imports: one outcome per row read, and a summary whose seven counts add up to the rows read (DESIGN §8). What the
 * file's reader says it read stands beside it, so that a difference shows.
 */
final class ImportLedger {

    private static final long ROWS = 1_000;

    private final Workspace work;

    ImportLedger(Workspace work) {
        this.work = work;
    }

    void start(CustomerSubmission marker) {
        String importId = marker.getImportId();
        if (importId == null) {
            return;
        }
        ImportState state = work.get(StateTable.IMPORTS, importId);
        if (state != null && state.getSpec() != null) {
            return;
        }
        ImportSpec spec = marker.getImportSpec();
        state = begun(spec, ImportStatus.RUNNING, marker);
        ImportProgressState progress = progress(importId);
        if (spec != null) {
            progress.setMode(spec.getMode());
            progress.setGroup(spec.getGroup());
        }
        ImportKind.of(spec).begin(importId, state, progress, work);
        work.put(StateTable.IMPORTS, importId, state);
        work.put(StateTable.IMPORT_PROGRESS, importId, progress);
        summarise(importId, state, progress, null, null);
    }

    /**
     * The import cannot be begun: it is refused, and so is every row of it that still comes. What the marker says of the file is
     * left out, it may be what could not be handled.
     */
    void startFailed(CustomerSubmission marker, ProblemCode why) {
        String importId = marker.getImportId();
        if (importId == null || work.get(StateTable.IMPORTS, importId) != null) {
            return;
        }
        ImportState state = begun(null, ImportStatus.REFUSED, marker);
        ImportProgressState progress = progress(importId);
        progress.setRefused(true);
        work.put(StateTable.IMPORTS, importId, state);
        work.put(StateTable.IMPORT_PROGRESS, importId, progress);
        summarise(importId, state, progress, refusal(0, why), marker.getReceivedAt());
    }

    /** The end of the file; or of a file that was refused as a whole. */
    void end(CustomerSubmission marker) {
        String importId = marker.getImportId();
        ImportEnd end = marker.getImportEnd();
        if (importId == null || end == null) {
            return;
        }
        ImportProgressState progress = progress(importId);
        if (progress.getEnded()) {
            return;
        }
        ImportState state = state(importId, marker);
        if (state.getStatus() == ImportStatus.REFUSED) {
            end(importId, state, progress, refusal(end.getRead(), ProblemCode.INTERNAL_ERROR), marker);
        } else {
            state.setStatus(status(end, ImportKind.of(progress)));
            end(importId, state, progress, end, marker);
        }
    }

    private static ImportStatus status(ImportEnd end, ImportKind kind) {
        String code = end.getRefusedCode();
        if (code == null) {
            return kind.over();
        }
        return ImportEnds.isCancelled(code) && end.getRead() > 0 ? kind.cancelled() : ImportStatus.REFUSED;
    }

    /** The rows are decided, so the import ends with their counts, and says that its end is not in order. */
    void endFailed(CustomerSubmission marker, ProblemCode why) {
        String importId = marker.getImportId();
        if (importId == null) {
            return;
        }
        ImportProgressState progress = progress(importId);
        if (progress.getEnded()) {
            return;
        }
        ImportEnd said = marker.getImportEnd();
        ImportState state = state(importId, marker);
        state.setSpec(null);
        if (state.getStatus() != ImportStatus.REFUSED) {
            state.setStatus(ImportKind.of(progress).over());
        }
        end(importId, state, progress, refusal(said == null ? 0 : said.getRead(), why), marker);
    }

    private void end(
            String importId,
            ImportState state,
            ImportProgressState progress,
            ImportEnd end,
            CustomerSubmission marker) {
        progress.setEnded(true);
        state.setEndedAt(work.now());
        state.setDeclaredRead(end.getRead());
        ImportKind.of(progress).end(importId, state, work);
        work.put(StateTable.IMPORTS, importId, state);
        work.put(StateTable.IMPORT_PROGRESS, importId, progress);
        summarise(importId, state, progress, end, marker.getReceivedAt());
    }

    /**
     * {@link ImportKind#goesOn} of a dry run: one whose overlay is gone ends here, and its file has to be sent again, as another
     * import. Rows that come behind its end are nobody's.
     */
    boolean dryRunGoesOn(CustomerSubmission row, String importId, ImportProgressState progress) {
        if (!progress.getEnded() && !DryRuns.isWhole(progress, work)) {
            abort(importId, state(importId, row), progress, row.getReceivedAt());
            DryRuns.clear(work);
        }
        return !progress.getEnded();
    }

    /** A dry run that will not end by itself. What it wrote is still to be cleared. */
    void abort(String importId, ImportState state, ImportProgressState progress, Instant at) {
        state.setStatus(ImportStatus.DRY_RUN_ABORTED);
        progress.setEnded(true);
        work.put(StateTable.IMPORTS, importId, state);
        work.put(StateTable.IMPORT_PROGRESS, importId, progress);
        summarise(importId, state, progress, null, at);
    }

    private ImportState state(String importId, CustomerSubmission marker) {
        ImportState state = work.get(StateTable.IMPORTS, importId);
        if (state == null) {
            // Its beginning was lost.
            state = begun(null, ImportStatus.RUNNING, marker);
            new LastImport(work).follow(importId, state);
        }
        return state;
    }

    private ImportState begun(@Nullable ImportSpec spec, ImportStatus status, CustomerSubmission marker) {
        return new ImportState(
                spec,
                status,
                marker.getReceivedAt().toEpochMilli(),
                0L,
                null,
                work.directory().getNextCode(),
                0L,
                null,
                null,
                false,
                0L,
                0L);
    }

    /** It is being taken back. */
    void undoing(String importId, ImportState state, long records) {
        tell(importId, state, records);
    }

    /** Everything is as if it had not been. Its rows' outcomes stay, as history. */
    void undone(String importId, ImportState state) {
        state.setStatus(ImportStatus.UNDONE);
        state.setUndo(null);
        work.put(StateTable.IMPORTS, importId, state);
        new LastImport(work).leave(importId, state);
        tell(importId, state, null);
    }

    /** Of one that has ended. */
    private void tell(String importId, ImportState state, @Nullable Long undone) {
        summarise(
                importId,
                state,
                progress(importId),
                state.getDeclaredRead() == null ? null : new ImportEnd(state.getDeclaredRead(), null, null),
                state.getEndedAt() == 0 ? null : Instant.ofEpochMilli(state.getEndedAt()),
                undone);
    }

    private static ImportEnd refusal(long read, ProblemCode why) {
        return new ImportEnd(
                read,
                why.name(),
                "Repertoire failed on this import, through no fault of the file; its marker is kept among the dead letters.");
    }

    ImportProgressState progress(String importId) {
        ImportProgressState progress = work.get(StateTable.IMPORT_PROGRESS, importId);
        return progress != null
                ? progress
                : new ImportProgressState(
                        ImportMode.UPSERT,
                        null,
                        false,
                        false,
                        new OutcomeCounts(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L),
                        0L,
                        null,
                        0L);
    }

    /** Whether a row is to be decided. One that was decided already is one that a producer sent twice: it has its answer. */
    boolean takes(CustomerSubmission row, String importId, ImportProgressState progress) {
        boolean decided = row.getLine() != null && row.getLine() <= progress.getLastLine();
        return !decided && ImportKind.of(progress).goesOn(row, importId, progress, this);
    }

    /** P9: an import that has made too many customers one, for the rows it has read, only asks until more are read. */
    static boolean mayMerge(ImportProgressState progress, DirectoryPolicy policy) {
        long limit = policy.match().mergesPerThousand();
        OutcomeCounts counts = progress.getCounts();
        return limit == 0 || counts.getMerged() * ROWS < limit * Math.max(ROWS, counts.getRead());
    }

    void answer(CustomerSubmission row, String importId, ImportProgressState progress, Outcome outcome) {
        long line = row.getLine() == null ? progress.getLastLine() + 1 : row.getLine();
        progress.setLastLine(Math.max(progress.getLastLine(), line));
        count(progress.getCounts(), outcome.kind());
        work.put(StateTable.IMPORT_PROGRESS, importId, progress);
        work.emit(Output.of(
                Topics.ROW_OUTCOMES,
                Keys.of(work.directoryId(), importId),
                new RowOutcome(
                        work.directoryId(),
                        importId,
                        line,
                        row.getRecordId(),
                        outcome.kind(),
                        outcome.customerId(),
                        outcome.sourceKey(),
                        work.version(),
                        outcome.rule(),
                        outcome.problems())));
        if (progress.getEnded()) {
            ImportState state = work.get(StateTable.IMPORTS, importId);
            if (state != null) {
                summarise(importId, state, progress, null, row.getReceivedAt());
            }
        }
    }

    private static void count(OutcomeCounts counts, RowOutcomeKind kind) {
        counts.setRead(counts.getRead() + 1);
        switch (kind) {
            case REJECTED -> counts.setRejected(counts.getRejected() + 1);
            case SUPPRESSED -> counts.setSuppressed(counts.getSuppressed() + 1);
            case UNCHANGED -> counts.setUnchanged(counts.getUnchanged() + 1);
            case REVIEW -> counts.setReview(counts.getReview() + 1);
            case MERGED -> counts.setMerged(counts.getMerged() + 1);
            case CREATED -> counts.setCreated(counts.getCreated() + 1);
            case UPDATED -> counts.setUpdated(counts.getUpdated() + 1);
        }
    }

    private void summarise(
            String importId,
            ImportState state,
            ImportProgressState progress,
            @Nullable ImportEnd end,
            @Nullable Instant endedAt) {
        summarise(importId, state, progress, end, endedAt, null);
    }

    private void summarise(
            String importId,
            ImportState state,
            ImportProgressState progress,
            @Nullable ImportEnd end,
            @Nullable Instant endedAt,
            @Nullable Long undone) {
        boolean undoing = state.getUndo() != null && state.getStatus() == ImportStatus.PROCESSED;
        work.emit(Output.of(
                Topics.IMPORTS,
                Keys.of(work.directoryId(), importId),
                new ImportSummary(
                        work.directoryId(),
                        importId,
                        undoing ? ImportStatus.UNDOING : state.getStatus(),
                        state.getSpec(),
                        OutcomeCounts.newBuilder(progress.getCounts()).build(),
                        end == null ? null : (Long) end.getRead(),
                        work.version(),
                        end == null ? null : end.getRefusedCode(),
                        end == null ? null : end.getRefusedMessage(),
                        Instant.ofEpochMilli(state.getStartedAt()),
                        endedAt,
                        ImportKind.of(progress).isOvertaken(state, work),
                        undone)));
    }
}
