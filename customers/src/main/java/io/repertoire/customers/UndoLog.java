package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.UndoKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.ImportProgressState;
import io.repertoire.schemas.state.PointPurchase;
import io.repertoire.schemas.state.SourceRecordState;
import io.repertoire.schemas.state.UndoState;
import java.util.HashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a row of an import changes of what was there before, so that the import can be undone: in store {@code undo}, the
 * latest change first. A record that the import creates needs no entry, it carries the import itself. Of inputs that are no import's
 * it only notes that they changed something an import had changed, or created, before.
 */
final class UndoLog {

    /** What stands for an entry where the record was created by that import: there is none. */
    private static final String CREATED = "created";

    private final Workspace work;
    private final @Nullable String importId;
    private final @Nullable ImportProgressState progress;

    private UndoLog(Workspace work, @Nullable String importId, @Nullable ImportProgressState progress) {
        this.work = work;
        this.importId = importId;
        this.progress = progress;
    }

    /** For an input that is no import's. */
    static UndoLog none(Workspace work) {
        return new UndoLog(work, null, null);
    }

    /** @param progress the import's books, which whoever handles the row puts afterwards */
    static UndoLog of(Workspace work, String importId, ImportProgressState progress) {
        return new UndoLog(work, importId, progress);
    }

    @Nullable
    String importId() {
        return importId;
    }

    /** The entries of an import begin with this. */
    static String prefix(String importId) {
        return importId + '/';
    }

    /** The import an entry is of. */
    static String importOf(String key) {
        return key.substring(0, key.lastIndexOf('/'));
    }

    /** The import whose row is all that a record says, if undoing that would take it back. */
    static @Nullable String saidBy(SourceRecordState record) {
        if (record.getSoleImport()) {
            return record.getImportId();
        }
        return record.getUndo() == null || record.getChangedSince() ? null : importOf(record.getUndo());
    }

    /**
     * What a held record says may be about to change.
     *
     * @return it as it is, if that is to be kept when it changes: for {@link #says(SourceRecordState, SourceRecordState)}
     */
    @Nullable
    SourceRecordState asItIs(SourceRecordState record) {
        return importId == null || isCreatedHere(record) || isChangedHere(record) ? null : RecordCopy.of(record);
    }

    /** What a held record says is about to change. */
    void says(SourceRecordState record) {
        says(record, asItIs(record));
    }

    /**
     * What a held record says, or when it said so, has changed. Asked before the record names the submission as its latest.
     *
     * @param before what {@link #asItIs} gave before it changed
     */
    void says(SourceRecordState record, @Nullable SourceRecordState before) {
        if (importId == null) {
            if (record.getSoleImport() && record.getImportId() != null) {
                record.setUndo(prefix(record.getImportId()) + CREATED);
            }
            record.setSoleImport(false);
            record.setChangedSince(record.getUndo() != null);
            return;
        }
        if (before == null) {
            return;
        }
        UndoState entry = entry(UndoKind.RECORD, record.getSourceKey());
        entry.setRecord(before);
        record.setUndo(put(entry));
        record.setSoleImport(false);
        record.setChangedSince(false);
    }

    /**
     * Something that is no import's says of a record what it says already: from now on that is not an import's word alone.
     *
     * @return whether that is new, and the record to be put
     */
    boolean confirms(SourceRecordState record) {
        boolean news =
                importId == null && (record.getSoleImport() || (record.getUndo() != null && !record.getChangedSince()));
        if (news) {
            says(record);
        }
        return news;
    }

    private boolean isCreatedHere(SourceRecordState record) {
        return record.getSoleImport() && importId != null && importId.equals(record.getImportId());
    }

    /** Only how it was before the import counts; what came between two rows of it is seen by {@code changed_since}. */
    private boolean isChangedHere(SourceRecordState record) {
        return record.getUndo() != null && importId != null && importId.equals(importOf(record.getUndo()));
    }

    /**
     * A held record is about to go to another customer, or to count as something else.
     *
     * @param cause source key of the row that leads to it
     */
    void places(SourceRecordState record, String cause) {
        if (importId == null || isCreatedHere(record)) {
            return;
        }
        UndoState entry = entry(UndoKind.PLACE, record.getSourceKey());
        entry.setCause(cause);
        entry.setCustomerId(record.getCustomerId());
        entry.setRole(record.getRole());
        entry.setRule(record.getRule());
        entry.setEvidence(record.getEvidence());
        entry.setLastSale(record.getLastSale());
        put(entry);
    }

    /** A held record is about to give no values any more. What is bought by its contact points may be forgotten with that. */
    void demotes(SourceRecordState record, String cause) {
        if (importId != null) {
            says(record);
            places(record, cause);
        }
    }

    /** A number of a held record passes to the row's customer; the mark on the record names the import. */
    void releases(SourceRecordState record, Identifier identifier, String cause) {
        if (importId != null && !isCreatedHere(record)) {
            if (purchaseWith(identifier) != null) {
                says(record);
                givesUp(record, identifier);
            }
            UndoState entry = entry(UndoKind.RELEASE, record.getSourceKey());
            entry.setCause(cause);
            put(entry);
        }
    }

    void merged(CustomerState survivor, CustomerState absorbed, String cause) {
        if (importId != null) {
            UndoState entry = entry(UndoKind.MERGE, cause);
            entry.setCustomerId(absorbed.getCustomerId());
            entry.setOtherId(survivor.getCustomerId());
            put(entry);
        }
    }

    /** What the customers that a row creates share goes with them. */
    void related(CustomerState one, CustomerState other, RelationKind kind, String cause) {
        if (importId != null && one.getVersion() != 0) {
            UndoState entry = entry(UndoKind.RELATION, cause);
            entry.setCustomerId(one.getCustomerId());
            entry.setOtherId(other.getCustomerId());
            entry.setRelation(kind);
            put(entry);
        }
    }

    /**
     * A record is about to hold a contact point no more. What was last bought with that is kept with how the record was: it is to come
     * back with it, whoever else holds the contact point until it is nobody's and that is forgotten, be it during the undo.
     */
    void givesUp(SourceRecordState record, Identifier identifier) {
        PointPurchase purchase = isChangedHere(record) ? purchaseWith(identifier) : null;
        UndoState entry = purchase == null ? null : work.get(StateTable.UNDO, String.valueOf(record.getUndo()));
        if (purchase != null && entry != null) {
            entry.getPurchases().put(identifier.key(), purchase);
            work.put(StateTable.UNDO, String.valueOf(record.getUndo()), entry);
        }
    }

    private @Nullable PointPurchase purchaseWith(Identifier identifier) {
        IdentifierState point = work.get(StateTable.IDENTIFIERS, identifier.key());
        return point == null ? null : point.getPurchase();
    }

    /** @return the entry; {@code null} if no import's row is handled */
    @Nullable
    String shared(Identifier identifier) {
        if (importId == null) {
            return null;
        }
        UndoState entry = entry(UndoKind.SHARED, "");
        entry.setIdentifier(identifier.key());
        return put(entry);
    }

    /**
     * An import that is undone under a later one that changed the record too: what the later one puts back one day is how the record
     * was before both. Not where something else spoke in between, which stays.
     */
    void undoneUnder(SourceRecordState record, String gone, UndoState undone) {
        String key = laterThan(record, gone);
        UndoState later = key == null ? null : work.get(StateTable.UNDO, key);
        SourceRecordState between = later == null ? null : later.getRecord();
        SourceRecordState before = undone.getRecord();
        if (key == null || later == null || between == null || before == null) {
            return;
        }
        if (between.getChangedSince()) {
            between.setUndo(before.getUndo());
        } else {
            later.setRecord(before);
            later.setAt(undone.getAt());
            undone.getPurchases().forEach(later.getPurchases()::putIfAbsent);
        }
        work.put(StateTable.UNDO, key, later);
    }

    /**
     * An entry of a record is gone and what its import did stays, which is more than the entries before it would put back: they are
     * left for an erasure to find.
     */
    void unlink(SourceRecordState record, String gone, @Nullable String earlier) {
        if (gone.equals(record.getUndo())) {
            record.setUndo(earlier);
            record.setChangedSince(earlier != null);
            work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            return;
        }
        String key = laterThan(record, gone);
        UndoState later = key == null ? null : work.get(StateTable.UNDO, key);
        SourceRecordState between = later == null ? null : later.getRecord();
        if (key != null && later != null && between != null) {
            between.setUndo(earlier);
            between.setChangedSince(earlier != null);
            work.put(StateTable.UNDO, key, later);
        }
    }

    /** An entry is no longer kept. Imports that ran at the same time may have entries before it that still are. */
    void expire(String key) {
        UndoState entry = work.get(StateTable.UNDO, key);
        SourceRecordState before = entry == null ? null : entry.getRecord();
        String earlier = before == null ? null : before.getUndo();
        if (before != null && earlier != null && work.get(StateTable.UNDO, earlier) != null) {
            SourceRecordState now = work.get(StateTable.SOURCE_RECORDS, before.getSourceKey());
            if (now != null) {
                unlink(now, key, earlier);
            }
        }
        work.delete(StateTable.UNDO, key);
    }

    /** The entry that came after it; {@code null} if it is the record's last, or not its. */
    private @Nullable String laterThan(SourceRecordState record, String earlier) {
        String key = record.getUndo();
        while (key != null) {
            UndoState entry = work.get(StateTable.UNDO, key);
            String next = entry == null || entry.getRecord() == null
                    ? null
                    : entry.getRecord().getUndo();
            if (earlier.equals(next)) {
                return key;
            }
            key = next;
        }
        return null;
    }

    /** Nothing of a record is kept to be put back. The caller deletes the record. */
    void forget(SourceRecordState record) {
        String key = record.getUndo();
        while (key != null) {
            UndoState entry = work.get(StateTable.UNDO, key);
            if (entry == null) {
                return;
            }
            work.delete(StateTable.UNDO, key);
            key = entry.getRecord() == null ? null : entry.getRecord().getUndo();
        }
    }

    private UndoState entry(UndoKind kind, String sourceKey) {
        return new UndoState(
                kind,
                work.now(),
                sourceKey,
                null,
                null,
                null,
                null,
                null,
                MemberRole.FULL,
                null,
                null,
                null,
                null,
                new HashMap<>(0));
    }

    private String put(UndoState entry) {
        if (importId == null || progress == null) {
            throw new IllegalStateException("an entry of no import");
        }
        long number = progress.getUndoEntries() + 1;
        progress.setUndoEntries(number);
        String key = prefix(importId) + String.format(Locale.ROOT, "%016x", Long.MAX_VALUE - number);
        work.put(StateTable.UNDO, key, entry);
        return key;
    }
}
