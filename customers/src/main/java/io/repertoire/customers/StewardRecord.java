package io.repertoire.customers;

import io.repertoire.customers.golden.SourceVersions;
import io.repertoire.customers.keys.ContentHash;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;

/**
 * What people typed about one customer in the back office: a source record like any other, except that the fields they set are
 * locked (P26) and no other source wins over them. One for each customer, made when it is first needed.
 */
final class StewardRecord {

    static final String SYSTEM = SourceSystems.BACK_OFFICE;

    private final DirectoryWork work;

    StewardRecord(DirectoryWork work) {
        this.work = work;
    }

    /** @param recordId the command that needs it */
    SourceRecordState of(CustomerState customer, String recordId) {
        // After a split the record of this name may belong to the other part.
        for (int attempt = 0; ; attempt++) {
            String id = customer.getCustomerId() + (attempt == 0 ? "" : "." + attempt);
            String key = work.state.sourceKeys().ofId(SYSTEM, id);
            SourceRecordState held = work.state.get(StateTable.SOURCE_RECORDS, key);
            if (held == null) {
                SourceRecordState created = blank(key, recordId);
                work.customers.add(customer, created);
                return created;
            }
            if (held.getCustomerId().equals(customer.getCustomerId())) {
                return held;
            }
        }
    }

    /**
     * A person says something now: later than everything said before on this record, whatever the clock does.
     *
     * @return whether what is held changed, times included
     */
    boolean say(SourceRecordState record, NormalisedCustomer said, String recordId) {
        long at = Math.max(work.state.now(), record.getObservedAt());
        long order = at == record.getObservedAt() ? record.getObservedOrder() + 1 : 0;
        boolean changed = SourceVersions.revise(record, said, new FieldTime(at, order, null, null));
        changed |= Customers.regain(record, said, at);
        record.setObservedAt(at);
        record.setObservedOrder(order);
        stamp(record, recordId);
        return changed;
    }

    void stamp(SourceRecordState record, String recordId) {
        record.setRecordId(recordId);
        record.setReceivedAt(work.state.now());
        record.setContentHash(ByteBuffer.wrap(ContentHash.of(record.getContent())));
        work.state.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
    }

    private SourceRecordState blank(String key, String recordId) {
        NormalisedCustomer nothing = nothing();
        return new SourceRecordState(
                key,
                "",
                MemberRole.FULL,
                IdentityRule.BACK_OFFICE.name(),
                null,
                SYSTEM,
                null,
                recordId,
                null,
                null,
                new HashMap<>(2),
                ByteBuffer.wrap(ContentHash.of(nothing)),
                work.state.now() - 1,
                0L,
                work.state.now(),
                work.state.now(),
                new FieldTime(work.state.now() - 1, 0L, null, null),
                new HashMap<>(2),
                nothing,
                new ArrayList<>(0),
                new ArrayList<>(0),
                new ArrayList<>(0),
                new ArrayList<>(0),
                null,
                null,
                false,
                null,
                false);
    }

    /** Content that says nothing. */
    static NormalisedCustomer nothing() {
        return NormalisedCustomer.newBuilder().setType(CustomerType.UNKNOWN).build();
    }
}
