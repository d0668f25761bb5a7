package io.repertoire.customers;

import io.repertoire.customers.golden.SourceVersions;
import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.customers.identity.KnownName;
import io.repertoire.customers.name.NameComparison;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A source record that is held and speaks again (DESIGN §8): the same once more, or a new version of it. */
final class KnownRecord {

    private final DirectoryWork work;
    private final CustomerSubmission submission;
    private final ImportMode mode;
    private final Placement placement;

    KnownRecord(DirectoryWork work, CustomerSubmission submission, ImportMode mode, Placement placement) {
        this.work = work;
        this.submission = submission;
        this.mode = mode;
        this.placement = placement;
    }

    void hear(SourceRecordState held, NormalisedCustomer said, SubmissionKey key, FieldTime time) {
        if (held.getContentHash().equals(key.contentHash())) {
            again(held, said, time);
        } else {
            otherContent(held, said, key, time);
        }
    }

    /** Same key, same content: nothing but a later event time. */
    private void again(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        // One that says nothing later changes nothing, and is not worth a copy.
        SourceRecordState was = time.getAt() > held.getObservedAt() ? work.undo.asItIs(held) : null;
        if (!SourceVersions.restate(held, said, time)) {
            sayAtOneInstant(held, time);
            return;
        }
        List<Identifier> before = held.getReleased().isEmpty() ? List.of() : work.customers.keysOf(held);
        boolean regained = Customers.regain(held, said, time.getAt());
        work.undo.says(held, was);
        held.setObservedAt(time.getAt());
        held.setObservedOrder(time.getOrder());
        stamp(held);
        work.state.put(StateTable.SOURCE_RECORDS, held.getSourceKey(), held);
        work.state.touch(held.getCustomerId(), "SAME_CONTENT");
        if (!regained) {
            return;
        }
        CustomerState customer = customerOf(held);
        if (held.getRole() == MemberRole.LOOKUP) {
            // Whoever has that number now is not whom it was looked up for then: what that one bought stays there.
            placeAnew(customer, held, time, false);
        } else {
            settle(held, customer, before, false, time);
        }
    }

    /** Of several events of one instant the last in their order counts, so what is held was said by that one too. */
    private void sayAtOneInstant(SourceRecordState held, FieldTime time) {
        boolean event = submission.getLine() == null;
        if (event && time.getAt() == held.getObservedAt() && time.getOrder() > held.getObservedOrder()) {
            held.setObservedOrder(time.getOrder());
            work.undo.confirms(held);
            work.state.put(StateTable.SOURCE_RECORDS, held.getSourceKey(), held);
        } else {
            confirm(held);
        }
    }

    private void confirm(SourceRecordState held) {
        if (work.undo.confirms(held)) {
            work.state.put(StateTable.SOURCE_RECORDS, held.getSourceKey(), held);
        }
    }

    /** Same key, other content: a new version. */
    private void otherContent(SourceRecordState held, NormalisedCustomer said, SubmissionKey key, FieldTime time) {
        List<Identifier> before = work.customers.keysOf(held);
        boolean latest =
                SourceVersions.compare(time, new FieldTime(held.getObservedAt(), held.getObservedOrder(), null, null))
                        > 0;
        // What comes late just loses (P31).
        boolean recycled = latest && isSomebodyElse(held.getContent(), said);
        HeldName name = HeldNames.of(held.getContent());
        SourceRecordState was = work.undo.asItIs(held);
        boolean changed = SourceVersions.revise(held, said, time);
        boolean regained = Customers.regain(held, said, time.getAt());
        changed |= regained;
        if (changed || latest) {
            work.undo.says(held, was);
        }
        if (latest) {
            held.setObservedAt(time.getAt());
            held.setObservedOrder(time.getOrder());
            held.setContentHash(key.contentHash());
            stamp(held);
            changed = true;
        }
        if (!changed) {
            confirm(held);
            return;
        }
        work.state.put(StateTable.SOURCE_RECORDS, held.getSourceKey(), held);
        CustomerState customer = customerOf(held);
        if (held.getRole() == MemberRole.LOOKUP
                && (regained || !KnownName.of(held.getContent()).isEmpty())) {
            placeAnew(customer, held, time, true);
            return;
        }
        work.state.touch(held.getCustomerId(), held.getRule());
        if (held.getRole() == MemberRole.FULL) {
            customer.setNames(HeldNames.of(work.members.records(customer)));
            work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        }
        boolean renamed = !Objects.equals(name, HeldNames.of(held.getContent()));
        customer = settle(held, customer, before, renamed, time);
        if (recycled) {
            placement.ask(
                    held,
                    ReviewKind.RECYCLED_ID,
                    List.of(customer),
                    IdentityRule.RECYCLED_ID,
                    "name, email and phone all changed");
        }
    }

    /** A look-up that turns out to be somebody, or somebody else, leaves the customer it was looked up for. */
    private void placeAnew(CustomerState customer, SourceRecordState held, FieldTime time, boolean keepsSales) {
        work.undo.places(held, held.getSourceKey());
        if (!keepsSales) {
            held.setLastSale(null);
        }
        work.customers.remove(customer, held);
        held.setRole(MemberRole.FULL);
        List<Identifier> keys =
                Identifiers.of(held.getSystem(), held.getSourceCustomerId(), held.getContent(), work.state.policy());
        placement.place(held, matcher(held.getContent(), keys, time.getAt()).ofNewcomer());
        if (held.getLastSale() != null) {
            CustomerState now = customerOf(held);
            now.setSold(true);
            work.state.put(StateTable.CUSTOMERS, now.getCustomerId(), now);
            work.state.salesFollow(now.getCustomerId());
        }
        // What was asked about it goes with it (P33), and so does what people said of it (P14).
        work.reviews.reconsider(customer, "MEMBER_LEFT");
        if (!held.getDistinct().isEmpty()) {
            work.reviews.reconsider(customerOf(held), "MEMBER_JOINED");
        }
    }

    /** What the identifiers it has now lead to; all of them if its name is another one, else those it did not have before. */
    private CustomerState settle(
            SourceRecordState held, CustomerState placed, List<Identifier> before, boolean renamed, FieldTime time) {
        if (held.getRole() != MemberRole.FULL) {
            work.customers.reindex(placed, held, before);
            return placed;
        }
        List<Identifier> news = new ArrayList<>(work.customers.keysOf(held));
        if (!renamed) {
            news.removeAll(before);
        }
        // Asked before the customer holds them too: then that two share them would be known already.
        Match match = mode == ImportMode.UPDATE_BY_ID
                ? new Match()
                : matcher(held.getContent(), news, time.getAt()).of(placed);
        work.customers.reindex(placed, held, before);
        CustomerState customer = placement.follow(held, placed, match);
        IdentityRule limit = news.isEmpty() ? null : CustomerLimits.exceededBy(customer, work);
        if (limit != null) {
            placement.ask(held, ReviewKind.TOO_MANY_CONTACTS, List.of(customer), limit, null);
        }
        return customer;
    }

    /** Name, email and phone are all there before and after, and all differ: the system gave its id to somebody else. */
    private boolean isSomebodyElse(NormalisedCustomer before, NormalisedCustomer said) {
        List<Identifier> old = Identifiers.of("", null, before, work.state.policy());
        List<Identifier> now = Identifiers.of("", null, said, work.state.policy());
        return differs(old, now, IdentifierKind.EMAIL)
                && differs(old, now, IdentifierKind.PHONE)
                && KnownName.of(before).compare(KnownName.of(said), work.names) == NameComparison.CONFLICT;
    }

    private static boolean differs(List<Identifier> old, List<Identifier> now, IdentifierKind kind) {
        boolean had = false;
        boolean has = false;
        for (Identifier identifier : old) {
            had |= identifier.kind() == kind;
            if (identifier.kind() == kind && now.contains(identifier)) {
                return false;
            }
        }
        for (Identifier identifier : now) {
            has |= identifier.kind() == kind;
        }
        return had && has;
    }

    private void stamp(SourceRecordState record) {
        record.setRecordId(submission.getRecordId());
        record.setImportId(submission.getImportId());
        record.setLine(submission.getLine());
        if (submission.getRegion() != null) {
            record.setRegion(submission.getRegion());
        }
        record.setReceivedAt(work.state.now());
    }

    private CustomerState customerOf(SourceRecordState record) {
        CustomerState customer = work.state.customer(record.getCustomerId());
        if (customer == null) {
            throw new IllegalStateException("a source record without a customer");
        }
        return customer;
    }

    private Matcher matcher(NormalisedCustomer content, List<Identifier> keys, long observedAt) {
        return new Matcher(work, content, keys, observedAt, work.mayMerge);
    }
}
