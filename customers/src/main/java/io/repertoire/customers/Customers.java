package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.PointPurchase;
import io.repertoire.schemas.state.ReleasedContact;
import io.repertoire.schemas.state.SourceRecordState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Membership: creating customers, giving them source records and taking them away, with the identifiers that go along. */
final class Customers {

    private final Workspace work;
    private final Members members;
    private final IdentifierIndex identifiers;
    private final UndoLog undo;

    Customers(Workspace work, Members members, IdentifierIndex identifiers, UndoLog undo) {
        this.work = work;
        this.members = members;
        this.identifiers = identifiers;
        this.undo = undo;
    }

    /** @param recordId the submission it is created from: its id derives from it */
    CustomerState create(String recordId) {
        int attempt = 0;
        String id = Ids.customerId(work.directoryId(), recordId, attempt);
        while (work.get(StateTable.CUSTOMERS, id) != null) {
            id = Ids.customerId(work.directoryId(), recordId, ++attempt);
        }
        long number = work.nextCode();
        String code = Ids.code(number);
        var state = new CustomerState(
                id,
                code,
                CustomerStatus.ACTIVE,
                null,
                new ArrayList<>(0),
                new ArrayList<>(1),
                0,
                0,
                number,
                0L,
                ByteBuffer.allocate(0),
                work.now(),
                work.now(),
                new ArrayList<>(1),
                new ArrayList<>(0),
                new ArrayList<>(0),
                new ArrayList<>(0),
                null,
                0L,
                0L,
                false,
                null,
                0,
                0);
        work.put(StateTable.CUSTOMERS, id, state);
        identifiers.addNew(Identifier.code(code), id, work.now());
        return state;
    }

    /** The customer an id, a code or an id merged away stands for. */
    @Nullable
    CustomerState find(String idOrCode) {
        CustomerState byId = work.customer(idOrCode);
        if (byId != null) {
            return byId;
        }
        List<CustomerState> byCode = identifiers.owners(Identifier.code(idOrCode));
        return byCode.isEmpty() ? null : byCode.get(0);
    }

    /** The customer that was given this id or code, even if it was merged away since. */
    @Nullable
    CustomerState named(String idOrCode) {
        CustomerState byId = work.get(StateTable.CUSTOMERS, idOrCode);
        if (byId != null) {
            return byId;
        }
        String owner = identifiers.firstOwner(Identifier.code(idOrCode));
        return owner == null ? null : work.get(StateTable.CUSTOMERS, owner);
    }

    /** The customer that holds one identifier, if exactly one does. */
    @Nullable
    CustomerState findBy(Identifier identifier) {
        List<CustomerState> owners = identifiers.owners(identifier);
        return owners.size() == 1 ? owners.get(0) : null;
    }

    /** The record becomes a member; both are put. */
    void add(CustomerState customer, SourceRecordState record) {
        record.setCustomerId(customer.getCustomerId());
        if (customer.getMemberCount() == 0) {
            Distinctions.add(record.getDistinct(), customer.getDistinct());
        }
        members.add(customer, record.getSourceKey());
        if (record.getRole() == MemberRole.FULL) {
            HeldNames.add(customer, record.getContent());
        }
        Distinctions.add(customer.getDistinct(), record.getDistinct());
        work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        work.regrouped(customer.getCustomerId(), record.getRule());
        List<Identifier> keys = keysOf(record);
        for (int i = 0; i < keys.size(); i++) {
            identifiers.add(keys.get(i), customer.getCustomerId(), record.getObservedAt());
        }
    }

    /**
     * A number is somebody else's from then on: the customer's records still show it, and are no longer found by it (P10). Nor do
     * bare look-ups of it that come later carry their sales here.
     *
     * @param cause source key of the record that is found by it now
     */
    void release(CustomerState customer, Identifier identifier, long at, String cause) {
        for (SourceRecordState record : members.records(customer)) {
            boolean lookedUp =
                    record.getRole() == MemberRole.LOOKUP && MatchFacts.isNumberOf(record, identifier.value());
            if (lookedUp || keysOf(record).contains(identifier)) {
                undo.releases(record, identifier, cause);
                record.getReleased().removeIf(before -> before.getIdentifier().equals(identifier.key()));
                record.getReleased().add(new ReleasedContact(identifier.key(), at, undo.importId()));
                work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            }
        }
        identifiers.passOn(identifier, customer.getCustomerId());
        work.touch(customer.getCustomerId(), IdentityRule.RECYCLED_PHONE.name());
    }

    /**
     * A record says once more, and later, that a number which had passed to somebody else is its own: from then on it is found by
     * it again. The caller puts the record and gives the customer its identifiers.
     *
     * @param said what it says now
     * @param at when, epoch ms
     * @return whether there was such a number
     */
    static boolean regain(SourceRecordState record, NormalisedCustomer said, long at) {
        return !record.getReleased().isEmpty()
                && record.getReleased()
                        .removeIf(released -> released.getAt() < at
                                && said.getPhones().stream().anyMatch(phone -> released.getIdentifier()
                                        .equals(IdentifierKind.PHONE.keyPart() + '/' + phone.getE164())));
    }

    /** The record is no longer a member; it must be given to another customer. */
    void remove(CustomerState customer, SourceRecordState record) {
        members.remove(customer, record.getSourceKey());
        if (!record.getDistinct().isEmpty()) {
            customer.setDistinct(Distinctions.of(members.records(customer)));
        }
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        work.regrouped(customer.getCustomerId(), "MEMBER_LEFT");
        forget(customer, keysOf(record));
    }

    /** Records go from one customer to another, with everything that hangs on them. The caller has checked that both keep some. */
    void move(CustomerState from, CustomerState to, List<String> keys, String rule) {
        var moved = new ArrayList<SourceRecordState>(keys.size());
        for (String key : keys) {
            SourceRecordState record = work.get(StateTable.SOURCE_RECORDS, key);
            if (record == null) {
                throw new IllegalStateException("a member has no source record");
            }
            moved.add(record);
        }
        members.removeAll(from, new HashSet<>(keys));
        for (SourceRecordState record : moved) {
            record.setCustomerId(to.getCustomerId());
            members.add(to, record.getSourceKey());
            work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            if (record.getLastSale() != null) {
                to.setSold(true);
                work.salesFollow(to.getCustomerId());
            }
        }
        describe(from);
        describe(to);
        var leaving = new LinkedHashSet<Identifier>();
        for (SourceRecordState record : moved) {
            leaving.addAll(keysOf(record));
        }
        // Too many hold an identifier (P4) by whose it is and what they are called now.
        Map<Identifier, PointPurchase> purchases = forget(from, List.copyOf(leaving));
        for (SourceRecordState record : moved) {
            for (Identifier identifier : keysOf(record)) {
                if (to.getVersion() == 0) {
                    identifiers.add(identifier, to.getCustomerId(), record.getObservedAt());
                } else {
                    identifiers.giveBack(identifier, to.getCustomerId(), record.getObservedAt());
                }
            }
        }
        work.regrouped(from.getCustomerId(), rule);
        work.regrouped(to.getCustomerId(), rule);
        giveBack(purchases);
    }

    /** What is kept of its records beside them, after they changed hands. */
    private void describe(CustomerState customer) {
        List<SourceRecordState> records = members.records(customer);
        customer.setNames(HeldNames.of(records));
        if (!records.isEmpty()) {
            customer.setDistinct(Distinctions.of(records));
        }
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
    }

    /** The record's identifiers were `before`; gives the customer those it has now and takes those nobody of it has any more. */
    void reindex(CustomerState customer, SourceRecordState record, List<Identifier> before) {
        List<Identifier> after = keysOf(record);
        for (int i = 0; i < after.size(); i++) {
            if (!before.contains(after.get(i))) {
                identifiers.add(after.get(i), customer.getCustomerId(), record.getObservedAt());
            }
        }
        var gone = new ArrayList<Identifier>(before);
        gone.removeAll(after);
        for (Identifier identifier : gone) {
            undo.givesUp(record, identifier);
        }
        forget(customer, gone);
    }

    /** What its records hold is read once more under the policy and lists of today, and it is found by what that leaves. */
    void reread(CustomerState customer, CustomerNormaliser normaliser) {
        List<SourceRecordState> records = members.records(customer);
        var gone = new LinkedHashSet<Identifier>();
        for (int i = 0; i < records.size(); i++) {
            SourceRecordState record = records.get(i);
            List<Identifier> before = keysOf(record);
            if (normaliser.reread(record.getContent(), record.getRegion(), work.policy())) {
                work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
                gone.addAll(before);
            }
        }
        for (int i = 0; i < records.size(); i++) {
            List<Identifier> after = keysOf(records.get(i));
            for (int k = 0; k < after.size(); k++) {
                gone.remove(after.get(k));
                identifiers.add(
                        after.get(k), customer.getCustomerId(), records.get(i).getObservedAt());
            }
        }
        for (Identifier identifier : gone) {
            identifiers.remove(identifier, customer.getCustomerId());
        }
    }

    /** A member that gives no values any more, because of another one that came. */
    void demote(CustomerState customer, SourceRecordState record, String cause) {
        undo.demotes(record, cause);
        List<Identifier> before = keysOf(record);
        record.setRole(MemberRole.LOOKUP);
        work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
        work.regrouped(customer.getCustomerId(), record.getRule());
        reindex(customer, record, before);
    }

    /** Members are gone, and with them identifiers that no other one holds. */
    void lost(CustomerState customer, List<Identifier> gone, String rule) {
        describe(customer);
        work.regrouped(customer.getCustomerId(), rule);
        forget(customer, gone);
    }

    /**
     * A member is put back as it was before: whether too many hold its identifiers was decided then.
     *
     * @param before its identifiers until now
     */
    void restored(CustomerState customer, SourceRecordState record, List<Identifier> before) {
        work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
        describe(customer);
        work.touch(customer.getCustomerId(), ImportUndo.RULE);
        List<Identifier> after = keysOf(record);
        for (Identifier identifier : after) {
            if (!before.contains(identifier)) {
                identifiers.giveBack(identifier, customer.getCustomerId(), record.getObservedAt());
            }
        }
        var gone = new ArrayList<Identifier>(before);
        gone.removeAll(after);
        forget(customer, gone);
    }

    /**
     * A record goes back to the customer it came from.
     *
     * @param before its identifiers until now
     */
    void giveBack(
            CustomerState from, CustomerState to, SourceRecordState record, List<Identifier> before, String rule) {
        members.remove(from, record.getSourceKey());
        record.setCustomerId(to.getCustomerId());
        members.add(to, record.getSourceKey());
        if (record.getLastSale() != null) {
            to.setSold(true);
            work.salesFollow(to.getCustomerId());
        }
        work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
        describe(from);
        describe(to);
        Map<Identifier, PointPurchase> purchases = forget(from, before);
        for (Identifier identifier : keysOf(record)) {
            identifiers.giveBack(identifier, to.getCustomerId(), record.getObservedAt());
        }
        work.regrouped(from.getCustomerId(), rule);
        work.regrouped(to.getCustomerId(), rule);
        giveBack(purchases);
    }

    /** A look-up is found by its own system's id, and by nothing else. */
    List<Identifier> keysOf(SourceRecordState record) {
        if (record.getRole() == MemberRole.LOOKUP) {
            return record.getSourceCustomerId() == null || SubmissionKey.isOwnExport(record.getSystem())
                    ? List.of()
                    : List.of(Identifier.external(record.getSystem(), "CUSTOMER_ID", record.getSourceCustomerId()));
        }
        List<Identifier> keys =
                Identifiers.of(record.getSystem(), record.getSourceCustomerId(), record.getContent(), work.policy());
        for (ReleasedContact released : record.getReleased()) {
            keys.removeIf(key -> key.key().equals(released.getIdentifier()));
        }
        return keys;
    }

    /** Between two customers a contact point is nobody's for a moment: what was last bought with it goes with it. */
    private void giveBack(Map<Identifier, PointPurchase> purchases) {
        purchases.forEach((identifier, purchase) -> identifiers.giveBack(identifier.key(), purchase));
    }

    /** @return what was last bought by those that are nobody's any more */
    private Map<Identifier, PointPurchase> forget(CustomerState customer, List<Identifier> gone) {
        if (gone.isEmpty()) {
            return Map.of();
        }
        var held = new HashSet<Identifier>();
        for (SourceRecordState member : members.records(customer)) {
            held.addAll(keysOf(member));
        }
        var purchases = new LinkedHashMap<Identifier, PointPurchase>(0);
        for (Identifier identifier : gone) {
            PointPurchase purchase =
                    held.contains(identifier) ? null : identifiers.remove(identifier, customer.getCustomerId());
            if (purchase != null) {
                purchases.put(identifier, purchase);
            }
        }
        return purchases;
    }
}
