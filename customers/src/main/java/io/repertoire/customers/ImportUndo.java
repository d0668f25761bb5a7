package io.repertoire.customers;

import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.ImportState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes an import back, in steps of at most {@value #AT_ONCE} changes (DESIGN §8): first what it changed of what was there, the
 * latest change first; then the source records that it alone created; then what was only many people's because of it; then what it asked. What something else changed since, a till or
 * a later import, is left as it is now. Time, versions, codes and what people decided are not taken back.
 */
final class ImportUndo implements Jobs.Step {

    static final String RULE = "IMPORT_UNDO";

    static final int AT_ONCE = 500;

    /** Entries looked at in one step: most source records of a directory are of other imports. */
    private static final int LOOKED_AT = 2_000;

    private static final int CHANGES = 0;
    private static final int CREATED = 1;
    private static final int SHARED = 2;
    private static final int REVIEWS = 3;
    private static final int OVER = 4;

    private static final String REMOVED = "removed";
    private static final String RESTORED = "restored";

    private final DirectoryWork work;

    ImportUndo(DirectoryWork work) {
        this.work = work;
    }

    @Override
    public @Nullable Answer run(JobState job) {
        String importId = String.valueOf(job.getImportId());
        ImportState state = work.state.get(StateTable.IMPORTS, importId);
        if (state == null) {
            throw new IllegalStateException("an undo without an import");
        }
        if (Jobs.hasFailed(job)) {
            // Whatever is done already is not there any more.
            job.setPhase(CHANGES);
            job.setCursor(null);
        }
        var undone = new UndoneRecords(work, importId, state.getFirstSeq());
        boolean over =
                switch (job.getPhase()) {
                    case CHANGES -> changes(job, new UndoneChanges(work, importId, undone), UndoneChanges::undo);
                    case SHARED -> changes(job, new UndoneChanges(work, importId, undone), UndoneChanges::unshare);
                    case CREATED -> created(job, importId, undone);
                    case REVIEWS -> reviews(job, importId);
                    default -> true;
                };
        job.setDone(job.getDone() + undone.removed() + undone.restored());
        job.setLeft(job.getLeft() + undone.left());
        count(job, REMOVED, undone.removed());
        count(job, RESTORED, undone.restored());
        if (undone.removed() + undone.restored() > 0) {
            new ImportLedger(work.state).undoing(importId, state, job.getDone());
        }
        if (!over) {
            return null;
        }
        if (job.getPhase() < OVER) {
            job.setPhase(job.getPhase() + 1);
            job.setCursor(null);
            return null;
        }
        new ImportLedger(work.state).undone(importId, state);
        return Answer.done("Undone: " + count(job, REMOVED, 0) + " records taken away, " + count(job, RESTORED, 0)
                + " put back, " + job.getLeft() + " left as they are because something else changed them since.");
    }

    private static long count(JobState job, String name, long more) {
        long sum = Long.parseLong(job.getArguments().getOrDefault(name, "0")) + more;
        job.getArguments().put(name, Long.toString(sum));
        return sum;
    }

    private boolean changes(JobState job, UndoneChanges changes, BiConsumer<UndoneChanges, String> what) {
        String prefix = UndoLog.prefix(String.valueOf(job.getImportId()));
        List<String> keys = work.state.keysUnder(StateTable.UNDO, prefix, job.getCursor(), AT_ONCE);
        for (int i = 0; i < keys.size(); i++) {
            if (changes.moved() >= AT_ONCE) {
                return false;
            }
            what.accept(changes, keys.get(i));
            job.setCursor(keys.get(i));
        }
        return keys.size() < AT_ONCE;
    }

    private boolean created(JobState job, String importId, UndoneRecords undone) {
        List<String> keys = work.state.keys(StateTable.SOURCE_RECORDS, job.getCursor(), LOOKED_AT);
        for (String key : keys) {
            SourceRecordState record = work.state.get(StateTable.SOURCE_RECORDS, key);
            if (record != null && undone.isOf(record)) {
                if (undone.removed() + undone.left() >= AT_ONCE) {
                    return false;
                }
                if (!undone.takeAway(record, AT_ONCE - undone.removed())) {
                    // More of its customer's are left than one step may take.
                    return false;
                }
            } else if (record != null && isCreatedAndChanged(record, importId)) {
                record.setUndo(null);
                record.setChangedSince(false);
                undone.leave(record);
            }
            job.setCursor(key);
        }
        return keys.size() < LOOKED_AT;
    }

    private static boolean isCreatedAndChanged(SourceRecordState record, String importId) {
        return record.getUndo() != null
                && record.getChangedSince()
                && importId.equals(UndoLog.importOf(record.getUndo()));
    }

    /** What people answered stays answered, and is not asked again. */
    private boolean reviews(JobState job, String importId) {
        List<String> ids = work.state.keys(StateTable.REVIEWS, job.getCursor(), AT_ONCE);
        for (String id : ids) {
            Review review = work.state.get(StateTable.REVIEWS, id);
            if (review != null
                    && importId.equals(review.getImportId())
                    && (review.getStatus() == ReviewStatus.OPEN
                            || review.getStatus() == ReviewStatus.OBSOLETE
                            || RULE.equals(review.getClosedBy()))) {
                work.reviews.withdraw(review, RULE);
            }
            job.setCursor(id);
        }
        return ids.size() < AT_ONCE;
    }

    /** Whether a customer is there to be changed: erased people stay erased. */
    static boolean isLiving(@Nullable CustomerState customer) {
        return customer != null && customer.getStatus() != io.repertoire.schemas.CustomerStatus.ERASED;
    }
}
