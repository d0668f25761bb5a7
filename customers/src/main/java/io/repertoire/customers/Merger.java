package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.SourceRecordState;

/**
 * Makes two customers one: a union of their source records (P29, P30). The absorbed one keeps its list of members, so that the
 * merge can be undone, and its id leads to the survivor for ever.
 */
final class Merger {

    private final Workspace work;
    private final Members members;
    private final IdentifierIndex identifiers;
    private final Relations relations;
    private final Reviews reviews;

    Merger(Workspace work, Members members, IdentifierIndex identifiers, Relations relations, Reviews reviews) {
        this.work = work;
        this.members = members;
        this.identifiers = identifiers;
        this.relations = relations;
        this.reviews = reviews;
    }

    /** The one that was created first survives. */
    CustomerState merge(CustomerState a, CustomerState b, String rule) {
        return a.getCreatedSeq() <= b.getCreatedSeq() ? absorb(a, b, rule) : absorb(b, a, rule);
    }

    private CustomerState absorb(CustomerState survivor, CustomerState absorbed, String rule) {
        String to = survivor.getCustomerId();
        String from = absorbed.getCustomerId();
        for (SourceRecordState record : members.records(absorbed)) {
            record.setCustomerId(to);
            work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            members.add(survivor, record.getSourceKey());
            for (Identifier identifier : Identifiers.of(
                    record.getSystem(), record.getSourceCustomerId(), record.getContent(), work.policy())) {
                identifiers.repoint(identifier, from, to);
            }
            if (record.getRole() == MemberRole.FULL) {
                HeldNames.add(survivor, record.getContent());
            }
        }
        for (HeldName name : absorbed.getNames()) {
            HeldNames.add(survivor, name);
        }
        survivor.getMergedIds().add(from);
        survivor.getMergedIds().addAll(absorbed.getMergedIds());
        absorbed.setStatus(CustomerStatus.MERGED);
        absorbed.setMergedInto(to);
        relations.move(absorbed, survivor);
        reviews.move(absorbed, survivor, rule);
        work.put(StateTable.CUSTOMERS, to, survivor);
        work.put(StateTable.CUSTOMERS, from, absorbed);
        work.merged(to, from, rule);
        return survivor;
    }
}
