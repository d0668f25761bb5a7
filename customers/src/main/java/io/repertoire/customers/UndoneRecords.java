package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The source records that an import alone created go, and with their last one the customers that only it created. */
final class UndoneRecords {

    private final DirectoryWork work;
    private final String importId;
    private final long firstSeq;
    private int removed;
    private int restored;
    private int left;

    /** @param firstSeq customers created earlier were there before the import */
    UndoneRecords(DirectoryWork work, String importId, long firstSeq) {
        this.work = work;
        this.importId = importId;
        this.firstSeq = firstSeq;
    }

    int removed() {
        return removed;
    }

    int restored() {
        return restored;
    }

    int left() {
        return left;
    }

    void countRestored() {
        restored++;
    }

    /** The import created it, and nothing else has said anything of it since. */
    boolean isOf(SourceRecordState record) {
        return record.getSoleImport() && importId.equals(record.getImportId());
    }

    /** A sale made with a record is something that came since. */
    boolean goes(SourceRecordState record) {
        return isOf(record) && record.getLastSale() == null;
    }

    /** It stays as it is; only the group that the import put every row in is taken back. */
    void leave(SourceRecordState record) {
        left++;
        boolean grouped = record.getGroupOrigins().values().removeIf(importId::equals);
        record.setSoleImport(false);
        work.state.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
        if (grouped) {
            work.state.touch(record.getCustomerId(), ImportUndo.RULE);
        }
    }

    /**
     * Takes a record away, and every other one of its customer's that goes as well.
     *
     * @param limit at most so many
     * @return whether that were all of them
     */
    boolean takeAway(SourceRecordState record, int limit) {
        CustomerState customer = work.state.customer(record.getCustomerId());
        if (customer == null || !ImportUndo.isLiving(customer)) {
            // An erasure that goes on destroys it.
            return true;
        }
        var going = new ArrayList<SourceRecordState>(1);
        var staying = new ArrayList<SourceRecordState>(1);
        int further = 0;
        for (SourceRecordState member : work.members.records(customer)) {
            if (isOf(member) && !goes(member)) {
                leave(member);
                staying.add(member);
            } else if (!goes(member)) {
                staying.add(member);
            } else if (going.size() < limit) {
                going.add(member);
            } else {
                further++;
            }
        }
        if (staying.isEmpty() && further == 0 && customer.getSold() && isNew(customer)) {
            // Somebody bought something under this customer's own name.
            going.forEach(this::leave);
        } else if (!going.isEmpty()) {
            takeAway(customer, going);
        }
        return further == 0;
    }

    /** @param going members of the customer */
    void takeAway(CustomerState customer, List<SourceRecordState> going) {
        Set<String> keys = new HashSet<>();
        Set<Identifier> identifiers = new LinkedHashSet<>();
        for (SourceRecordState record : going) {
            keys.add(record.getSourceKey());
            identifiers.addAll(work.customers.keysOf(record));
            work.state.delete(StateTable.SOURCE_RECORDS, record.getSourceKey());
            removed++;
        }
        work.members.removeAll(customer, keys);
        work.customers.lost(customer, List.copyOf(identifiers), ImportUndo.RULE);
        for (SourceRecordState record : going) {
            withdraw(record.getContent().getConsents());
        }
        new WithdrawnRecords(work.state, work.members, work.reviews).forget(customer, keys);
        if (!removeIfEmpty(customer)) {
            promote(customer);
        }
    }

    /** Somebody whom only the import created, and of whom nothing is left. */
    boolean removeIfEmpty(CustomerState customer) {
        boolean goes = customer.getMemberCount() == 0 && isNew(customer) && !customer.getSold();
        if (goes) {
            remove(customer);
        }
        return goes;
    }

    private boolean isNew(CustomerState customer) {
        return customer.getCreatedSeq() >= firstSeq;
    }

    /** What was refused in rows that are taken back. */
    void withdraw(List<HeldConsent> statements) {
        for (HeldConsent statement : statements) {
            if (statement.getStatus() == ConsentStatus.DENIED) {
                work.consents.withdraw(importId, statement, work.members);
            }
        }
    }

    /** Whoever was only looked up by a number so far is all that is left of the customer: it gives that number from now on. */
    private void promote(CustomerState customer) {
        SourceRecordState first = null;
        for (SourceRecordState member : work.members.records(customer)) {
            if (member.getRole() == MemberRole.FULL) {
                return;
            }
            first = first == null ? member : first;
        }
        if (first != null) {
            List<Identifier> before = work.customers.keysOf(first);
            first.setRole(MemberRole.FULL);
            first.setRule("NEW");
            first.setEvidence(null);
            work.customers.restored(customer, first, before);
        }
    }

    private void remove(CustomerState customer) {
        for (Relation relation : List.copyOf(customer.getRelations())) {
            CustomerState other = work.state.customer(relation.getCustomerId());
            if (other != null) {
                work.relations.unrelate(customer, other, relation.getKind());
            }
        }
        new ReviewList(work.state).clear(customer);
        for (String absorbedId : customer.getMergedIds()) {
            CustomerState absorbed = work.state.get(StateTable.CUSTOMERS, absorbedId);
            if (absorbed != null) {
                work.members.clear(absorbed);
                new ReviewList(work.state).clear(absorbed);
                delete(absorbed);
            }
        }
        work.members.clear(customer);
        delete(customer);
    }

    private void delete(CustomerState customer) {
        work.identifiers.remove(Identifier.code(customer.getCode()), customer.getCustomerId());
        new DueIndex(work.state).at(customer, 0);
        work.state.removed(customer, ImportUndo.RULE);
    }
}
