package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.MergeLog;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes two customers one, a union of their source records (P29, P30), and takes such a union apart again. The absorbed one keeps
 * its list of members and a log of how it came to it, so that the merge can be undone; its id leads to the survivor for ever.
 */
final class Merger {

    /**
     * Source records, and ids of absorbed customers, that a person's word may bring together on one customer: what one input may
     * have to carry, and what the customer's value and image, which name every such id, may grow to (some 300 KB).
     */
    static final int MAX_MEMBERS = 10_000;

    private final Workspace work;
    private final Members members;
    private final Customers customers;
    private final IdentifierIndex identifiers;
    private final Relations relations;
    private final Reviews reviews;

    Merger(
            Workspace work,
            Members members,
            Customers customers,
            IdentifierIndex identifiers,
            Relations relations,
            Reviews reviews) {
        this.work = work;
        this.members = members;
        this.customers = customers;
        this.identifiers = identifiers;
        this.relations = relations;
        this.reviews = reviews;
    }

    private static boolean isOlder(CustomerState a, CustomerState b) {
        return a.getCreatedSeq() <= b.getCreatedSeq();
    }

    /** By a rule: the one that was created first survives. */
    CustomerState merge(CustomerState a, CustomerState b, String rule, @Nullable String evidence) {
        return isOlder(a, b) ? absorb(a, b, rule, evidence) : absorb(b, a, rule, evidence);
    }

    /** The first survives. Both are live, and not the same. */
    CustomerState absorb(CustomerState survivor, CustomerState absorbed, String rule, @Nullable String evidence) {
        String to = survivor.getCustomerId();
        String from = absorbed.getCustomerId();
        var log = new MergeLog(
                to,
                rule,
                evidence,
                work.now(),
                survivor.getVersion(),
                absorbed.getStatus(),
                new ArrayList<>(absorbed.getRelations()),
                new ArrayList<>(0));
        List<String> ofNobody = survivor.getMemberCount() == 0 ? survivor.getDistinct() : List.of();
        for (SourceRecordState record : members.records(absorbed)) {
            Distinctions.add(record.getDistinct(), ofNobody);
            record.setCustomerId(to);
            work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            members.add(survivor, record.getSourceKey());
            for (Identifier identifier : customers.keysOf(record)) {
                identifiers.repoint(identifier, from, to);
            }
            if (record.getRole() == MemberRole.FULL) {
                HeldNames.add(survivor, record.getContent());
            }
        }
        for (HeldName name : absorbed.getNames()) {
            HeldNames.add(survivor, name);
        }
        if (absorbed.getMemberCount() > 0) {
            Distinctions.add(survivor.getDistinct(), absorbed.getDistinct());
        }
        survivor.setSold(survivor.getSold() || absorbed.getSold());
        survivor.getMergedIds().add(from);
        survivor.getMergedIds().addAll(absorbed.getMergedIds());
        absorbed.setStatus(CustomerStatus.MERGED);
        absorbed.setMergedInto(to);
        absorbed.setMerge(log);
        log.setRelationsGiven(relations.move(absorbed, survivor));
        work.put(StateTable.CUSTOMERS, to, survivor);
        work.put(StateTable.CUSTOMERS, from, absorbed);
        reviews.reconsider(absorbed, rule);
        reviews.reconsider(survivor, rule);
        work.merged(to, from, rule);
        return survivor;
    }

    /** What an un-merge would give back: the keys that the absorbed one brought and its survivor still holds. */
    List<String> heldBy(CustomerState survivor, CustomerState absorbed) {
        var held = new ArrayList<String>(absorbed.getMemberCount());
        for (String key : members.keys(absorbed)) {
            SourceRecordState record = work.get(StateTable.SOURCE_RECORDS, key);
            // One that an import brought is gone with it.
            if (record != null && record.getCustomerId().equals(survivor.getCustomerId())) {
                held.add(key);
            }
        }
        return held;
    }

    /**
     * Gives an absorbed customer back what it was: its id, code, records, relations and status. What the survivor received
     * otherwise stays there.
     *
     * @param keys {@link #heldBy}; at least one, and not all that the survivor holds
     */
    void undo(CustomerState survivor, CustomerState absorbed, List<String> keys, String rule) {
        MergeLog log = absorbed.getMerge();
        var gone = new ArrayList<String>(absorbed.getMergedIds());
        gone.add(absorbed.getCustomerId());
        Set<String> moved = new HashSet<>(keys);
        for (CustomerState step = parent(absorbed); step != null; step = parent(step)) {
            step.getMergedIds().removeAll(gone);
            if (step.getMergedInto() != null) {
                // Its own un-merge must not take these along once they have come back another way.
                members.removeAll(step, moved);
            }
            work.put(StateTable.CUSTOMERS, step.getCustomerId(), step);
        }
        absorbed.setStatus(log == null ? CustomerStatus.ACTIVE : log.getStatusBefore());
        absorbed.setMergedInto(null);
        absorbed.setMerge(null);
        members.clear(absorbed);
        customers.move(survivor, absorbed, keys, rule);
        if (log != null) {
            relations.giveBack(absorbed, survivor, log.getRelationsBefore(), log.getRelationsGiven());
        }
        announceParts(survivor, absorbed);
    }

    /** Two customers that were one until now: each tells so. */
    void announceParts(CustomerState remaining, CustomerState part) {
        List<String> from = List.of(remaining.getCustomerId());
        List<String> to = List.of(remaining.getCustomerId(), part.getCustomerId());
        work.announce(remaining.getCustomerId(), ChangeType.SPLIT, from, to);
        work.announce(part.getCustomerId(), ChangeType.SPLIT, from, to);
    }

    private @Nullable CustomerState parent(CustomerState customer) {
        return customer.getMergedInto() == null ? null : work.get(StateTable.CUSTOMERS, customer.getMergedInto());
    }
}
