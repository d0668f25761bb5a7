package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.UndoKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.ImportState;
import io.repertoire.schemas.state.MergeLog;
import io.repertoire.schemas.state.PointPurchase;
import io.repertoire.schemas.state.ReleasedContact;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import io.repertoire.schemas.state.UndoState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes back what an import changed of what was there before, one entry of its log after the other. */
final class UndoneChanges {

    private static final String BY_PERSON = "SPLIT";

    private final DirectoryWork work;
    private final String importId;
    private final UndoneRecords records;
    private int moved;

    UndoneChanges(DirectoryWork work, String importId, UndoneRecords records) {
        this.work = work;
        this.importId = importId;
        this.records = records;
    }

    /** Source records changed or moved so far. */
    int moved() {
        return moved;
    }

    /** Takes one entry back, the entries behind it first. Who shares what with whom is seen only once everybody has gone who goes. */
    void undo(String key) {
        UndoState entry = work.state.get(StateTable.UNDO, key);
        if (entry == null || entry.getKind() == UndoKind.SHARED) {
            return;
        }
        work.state.delete(StateTable.UNDO, key);
        moved++;
        switch (entry.getKind()) {
            case RECORD -> record(key, entry);
            case PLACE -> place(entry);
            case MERGE -> merge(entry);
            case RELATION -> relation(entry);
            case RELEASE -> release(entry);
            case SHARED, UNKNOWN -> {
                // Nothing yet; or written by a later version.
            }
        }
    }

    /** Whether what a row led to stays, because its record stays as it is now. */
    private boolean stays(@Nullable String sourceKey) {
        SourceRecordState cause = sourceKey == null ? null : work.state.get(StateTable.SOURCE_RECORDS, sourceKey);
        if (cause == null || records.goes(cause)) {
            return false;
        }
        return cause.getUndo() == null
                || cause.getChangedSince()
                || !importId.equals(UndoLog.importOf(cause.getUndo()));
    }

    /** The second time through the log: all that is left in it. */
    void unshare(String key) {
        UndoState entry = work.state.get(StateTable.UNDO, key);
        if (entry != null && entry.getIdentifier() != null) {
            work.identifiers.unshare(entry.getIdentifier(), key);
        }
        work.state.delete(StateTable.UNDO, key);
        moved++;
    }

    private @Nullable CustomerState living(@Nullable String customerId) {
        CustomerState customer = customerId == null ? null : work.state.customer(customerId);
        return ImportUndo.isLiving(customer) ? customer : null;
    }

    private void record(String key, UndoState entry) {
        SourceRecordState before = entry.getRecord();
        SourceRecordState now = work.state.get(StateTable.SOURCE_RECORDS, entry.getSourceKey());
        CustomerState customer = now == null ? null : living(now.getCustomerId());
        if (before == null || now == null) {
            return;
        }
        if (customer == null) {
            // An erasure that goes on destroys it, and what else is kept of it.
            work.undo.unlink(now, key, before.getUndo());
            return;
        }
        if (!key.equals(now.getUndo())) {
            // A later import changed it too, which nobody undid.
            work.undo.undoneUnder(now, key, entry);
            records.leave(now);
        } else if (now.getChangedSince() || work.suppression.wouldComeBack(before, now, entry.getAt())) {
            now.setUndo(before.getUndo());
            now.setChangedSince(true);
            records.leave(now);
        } else {
            List<Identifier> keys = work.customers.keysOf(now);
            List<HeldConsent> statements = new ArrayList<>(now.getContent().getConsents());
            statements.removeAll(before.getContent().getConsents());
            restore(now, before);
            work.customers.restored(customer, now, keys);
            giveBackPurchases(entry, customer, now);
            records.withdraw(statements);
            records.countRestored();
            UndoneRecords creator = undoneCreator(now);
            if (creator != null) {
                creator.takeAway(customer, List.of(now));
            }
        }
    }

    /** What was last bought with the contact points that it holds again, unless the sale has turned out since not to be theirs. */
    private void giveBackPurchases(UndoState entry, CustomerState customer, SourceRecordState now) {
        if (entry.getPurchases().isEmpty()) {
            return;
        }
        for (Identifier identifier : work.customers.keysOf(now)) {
            PointPurchase purchase = entry.getPurchases().get(identifier.key());
            if (purchase != null && stands(purchase, customer, entry.getAt())) {
                work.identifiers.giveBack(identifier.key(), purchase);
            }
        }
    }

    private boolean stands(PointPurchase purchase, CustomerState customer, long since) {
        SaleState state = work.state.get(StateTable.SALES, purchase.getSale());
        if (state == null || state.getSale().getVoided()) {
            return false;
        }
        String buyer = state.getSale().getCustomerId();
        CustomerState owner = buyer == null ? null : work.state.customer(buyer);
        return state.getSale().getRecordedAt().toEpochMilli() <= since
                || (owner != null && owner.getCustomerId().equals(customer.getCustomerId()));
    }

    /** What submissions say of it; whose it is, what people said of it and what was sold with it stay as they are. */
    private void restore(SourceRecordState now, SourceRecordState before) {
        now.setRecordId(before.getRecordId());
        now.setImportId(before.getImportId());
        now.setLine(before.getLine());
        now.setGroupOrigins(before.getGroupOrigins());
        now.getGroupOrigins().values().removeIf(this::isUndone);
        now.setContentHash(before.getContentHash());
        now.setObservedAt(before.getObservedAt());
        now.setObservedOrder(before.getObservedOrder());
        now.setReceivedAt(before.getReceivedAt());
        now.setStated(before.getStated());
        now.setFieldTimes(before.getFieldTimes());
        now.setContent(before.getContent());
        now.setRegion(before.getRegion());
        now.setSoleImport(before.getSoleImport());
        now.setUndo(before.getUndo());
        now.setChangedSince(before.getChangedSince());
        for (ReleasedContact released : before.getReleased()) {
            if (now.getReleased().stream().noneMatch(r -> r.getIdentifier().equals(released.getIdentifier()))) {
                now.getReleased().add(released);
            }
        }
        work.state.put(StateTable.SOURCE_RECORDS, now.getSourceKey(), now);
    }

    /** The import that made it, where that was undone already and could not take it away because this one had changed it by then. */
    private @Nullable UndoneRecords undoneCreator(SourceRecordState record) {
        String creator = record.getSoleImport() && record.getLastSale() == null ? record.getImportId() : null;
        ImportState state = creator == null ? null : work.state.get(StateTable.IMPORTS, creator);
        return creator == null || state == null || state.getStatus() != ImportStatus.UNDONE
                ? null
                : new UndoneRecords(work, creator, state.getFirstSeq());
    }

    private boolean isUndone(String anImport) {
        ImportState state = work.state.get(StateTable.IMPORTS, anImport);
        return state != null && state.getStatus() == ImportStatus.UNDONE;
    }

    private void place(UndoState entry) {
        SourceRecordState now = work.state.get(StateTable.SOURCE_RECORDS, entry.getSourceKey());
        CustomerState from = now == null ? null : living(now.getCustomerId());
        CustomerState to = living(entry.getCustomerId());
        if (now == null
                || from == null
                || to == null
                || stays(entry.getCause())
                || (BY_PERSON.equals(now.getRule()) && !BY_PERSON.equals(entry.getRule()))) {
            return;
        }
        List<Identifier> keys = work.customers.keysOf(now);
        now.setRole(entry.getRole());
        now.setRule(entry.getRule() == null ? now.getRule() : entry.getRule());
        now.setEvidence(entry.getEvidence());
        if (now.getLastSale() == null) {
            now.setLastSale(entry.getLastSale());
        }
        if (from.getCustomerId().equals(to.getCustomerId())) {
            work.customers.restored(to, now, keys);
            work.state.regrouped(to.getCustomerId(), ImportUndo.RULE);
        } else {
            work.customers.giveBack(from, to, now, keys, ImportUndo.RULE);
            work.reviews.reconsider(from, ImportUndo.RULE);
            work.reviews.reconsider(to, ImportUndo.RULE);
            records.removeIfEmpty(from);
        }
    }

    private void merge(UndoState entry) {
        CustomerState absorbed = work.state.get(StateTable.CUSTOMERS, String.valueOf(entry.getCustomerId()));
        MergeLog log = absorbed == null ? null : absorbed.getMerge();
        CustomerState survivor = absorbed == null ? null : living(absorbed.getCustomerId());
        if (absorbed == null
                || log == null
                || survivor == null
                || absorbed.getMergedInto() == null
                || log.getMergedAt() != entry.getAt()
                || !log.getSurvivorId().equals(entry.getOtherId())
                || stays(entry.getSourceKey())) {
            return;
        }
        List<String> keys = work.merger.heldBy(survivor, absorbed);
        boolean gone = keys.isEmpty() && absorbed.getMemberCount() > 0;
        if (gone || keys.size() >= survivor.getMemberCount()) {
            return;
        }
        work.merger.undo(survivor, absorbed, keys, ImportUndo.RULE);
        work.reviews.reconsider(survivor, ImportUndo.RULE);
        work.reviews.reconsider(absorbed, ImportUndo.RULE);
        moved += keys.size();
        List<SourceRecordState> members = work.members.records(absorbed);
        if (!members.isEmpty() && members.stream().allMatch(records::goes) && !absorbed.getSold()) {
            // Nobody need see it come back.
            records.takeAway(absorbed, members);
        }
    }

    /** What rows that came since show as well is not the import's alone. */
    private void relation(UndoState entry) {
        CustomerState one = living(entry.getCustomerId());
        CustomerState other = living(entry.getOtherId());
        RelationKind kind = entry.getRelation();
        if (one != null
                && other != null
                && kind != null
                && !stays(entry.getSourceKey())
                && !isSharedSince(one, other, kind, entry.getAt())) {
            work.relations.unrelate(one, other, kind);
        }
    }

    private boolean isSharedSince(CustomerState one, CustomerState other, RelationKind kind, long at) {
        Set<Identifier> all = identifiers(one, kind, Long.MIN_VALUE);
        Set<Identifier> others = identifiers(other, kind, Long.MIN_VALUE);
        return identifiers(one, kind, at).stream().anyMatch(others::contains)
                || identifiers(other, kind, at).stream().anyMatch(all::contains);
    }

    private Set<Identifier> identifiers(CustomerState customer, RelationKind kind, long since) {
        IdentifierKind wanted = kind == RelationKind.SHARES_EMAIL ? IdentifierKind.EMAIL : IdentifierKind.PHONE;
        var identifiers = new HashSet<Identifier>();
        for (SourceRecordState record : work.members.records(customer)) {
            if (record.getReceivedAt() > since && !importId.equals(record.getImportId())) {
                for (Identifier identifier : work.customers.keysOf(record)) {
                    if (identifier.kind() == wanted) {
                        identifiers.add(identifier);
                    }
                }
            }
        }
        return identifiers;
    }

    private void release(UndoState entry) {
        SourceRecordState now = work.state.get(StateTable.SOURCE_RECORDS, entry.getSourceKey());
        CustomerState customer = now == null ? null : living(now.getCustomerId());
        if (now == null || customer == null || stays(entry.getCause())) {
            return;
        }
        List<Identifier> keys = work.customers.keysOf(now);
        if (now.getReleased().removeIf(released -> importId.equals(released.getImportId()))) {
            work.customers.restored(customer, now, keys);
        }
    }
}
