package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.ProblemStage;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmissionKind;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.AwaitedOwner;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sales. Contact details on one are a submission like any other; the sale points to that source record, or to the customer it
 * names, and follows them through any merge. A correction re-points it and proves nothing about who is who (P11). A reference
 * nobody knows leaves the sale without a customer and is reported; the sale itself is never lost.
 */
final class SaleHandler {

    private static final int MAX_EVENTS = 32;

    private final DirectoryWork work;
    private final CustomerNormaliser normaliser;
    private final Rejections rejections;
    private final SaleEvent event;
    private @Nullable String before;
    private boolean assigns;
    private boolean voided;
    private boolean suppressed;

    /** Key of the source record, or the card, that the event names and nobody has told of. */
    private @Nullable String named;

    SaleHandler(DirectoryWork work, CustomerNormaliser normaliser, Rejections rejections, SaleEvent event) {
        this.work = work;
        this.normaliser = normaliser;
        this.rejections = rejections;
        this.event = event;
    }

    void handle() {
        if (event.getOperation() == SaleOperation.UNKNOWN) {
            reject(List.of(ProblemCode.OPERATION_NOT_SUPPORTED.problem("operation", null)), ProblemStage.VALIDATE);
            return;
        }
        if (SourceSystems.isReserved(event.getSourceSystem())) {
            reject(List.of(ProblemCode.SOURCE_RESERVED.problem("source_system", null)), ProblemStage.VALIDATE);
            return;
        }
        String id = event.getSourceSystem() + '/' + event.getSaleId();
        SaleState held = work.state.get(StateTable.SALES, id);
        if (held != null && held.getEventIds().contains(event.getEventId())) {
            return;
        }
        before = held == null ? null : held.getSale().getCustomerId();
        voided = held != null && held.getSale().getVoided();
        assigns = assigns(held);
        Owner owner = owner();
        SaleState state = held == null
                ? new SaleState(
                        SaleDetails.first(event), new ArrayList<>(1), Long.MIN_VALUE, null, 0L, new HashMap<>(2), null)
                : held;
        RecordedSale sale = state.getSale();
        SaleDetails.say(event, state);
        assign(state, sale, owner);
        if (named != null) {
            await(state, id, named);
        }
        if (sale.getSourceKey() != null && isErased(sale.getCustomerId())) {
            state.getPrevious().remove(sale.getSourceKey());
            sale.setSourceKey(null);
        }
        sale.setEventId(event.getEventId());
        sale.setRecordedAt(event.getReceivedAt());
        sale.setVersion(work.state.version());
        remember(state);
        new SaleChain(work.state).add(state, id);
        work.state.put(StateTable.SALES, id, state);
        work.state.emit(Output.of(Topics.RECORDED_SALES, Keys.of(work.state.directoryId(), id), sale));
    }

    /** What the event says of the sale's customer. */
    private record Owner(
            @Nullable String customerId, @Nullable String sourceKey) {
        static final Owner NOBODY = new Owner(null, null);
    }

    private Owner owner() {
        if (event.getOperation() == SaleOperation.REMOVE || event.getOperation() == SaleOperation.VOID) {
            bought(null);
            publish();
            return Owner.NOBODY;
        }
        Owner described = event.getCustomer() == null ? Owner.NOBODY : submit();
        boolean published = described.customerId() != null;
        CustomerReference reference = event.getReference();
        if (reference == null || isBlank(reference)) {
            return described;
        }
        CustomerState found = find(reference);
        if (found != null && found.getStatus() == CustomerStatus.ARCHIVED) {
            reject(List.of(ProblemCode.CUSTOMER_ARCHIVED.problem("reference", null)), ProblemStage.RESOLVE);
            return described;
        }
        if (found != null && found.getStatus() != CustomerStatus.ERASED) {
            if (!published) {
                bought(found);
                publish();
            }
            return new Owner(
                    found.getCustomerId(),
                    found.getCustomerId().equals(described.customerId())
                            ? described.sourceKey()
                            : recordOf(reference, found));
        }
        boolean ownId = reference.getCustomerId() == null && reference.getSourceCustomerId() != null;
        if (found == null && ownId && described.customerId() == null) {
            named = missing(reference.getSourceCustomerId());
        } else if (found == null && described.customerId() == null && reference.getCustomerId() == null) {
            named = unheld(reference.getLoyaltyCard());
        }
        if (named != null) {
            return described;
        }
        if (described.customerId() == null || !ownId) {
            reject(List.of(ProblemCode.UNKNOWN_CUSTOMER.problem("reference", null)), ProblemStage.RESOLVE);
        }
        return described;
    }

    /** The source record that the system's own id names, if that is how the customer was found. */
    private @Nullable String recordOf(CustomerReference reference, CustomerState named) {
        if (reference.getCustomerId() != null || reference.getSourceCustomerId() == null) {
            return null;
        }
        String key = work.state.sourceKeys().ofId(event.getSourceSystem(), reference.getSourceCustomerId());
        SourceRecordState record = work.state.get(StateTable.SOURCE_RECORDS, key);
        return record != null && record.getCustomerId().equals(named.getCustomerId()) ? key : null;
    }

    /** The key of the source record that may yet be told of; {@code null} if there is nothing to wait for. */
    private @Nullable String missing(String sourceCustomerId) {
        String system = event.getSourceSystem();
        if (suppressed || work.suppression.hides(Identifier.external(system, "CUSTOMER_ID", sourceCustomerId))) {
            return null;
        }
        String key = work.state.sourceKeys().ofId(system, sourceCustomerId);
        return work.state.get(StateTable.SOURCE_RECORDS, key) == null ? key : null;
    }

    /** The key of the card that somebody may yet be told to have; {@code null} if there is nothing to wait for. */
    private @Nullable String unheld(@Nullable String card) {
        if (card == null || suppressed) {
            return null;
        }
        Identifier identifier = Identifier.card(card);
        boolean unknown = work.identifiers.firstOwner(identifier) == null && !work.suppression.hides(identifier);
        return unknown ? Awaited.keyOfCard(work.state, card) : null;
    }

    /**
     * Customers and sales are told on different topics, so that a sale may come before the customer it names. Whose it is until then
     * stays; when the record is told of, it is as if it had been told before.
     */
    private void await(SaleState state, String id, String sourceKey) {
        AwaitedOwner waiting = state.getAwaited();
        long at = event.getOccurredAt().toEpochMilli();
        boolean counts = corrects()
                ? assigns && (waiting == null || at >= waiting.getAt())
                : state.getAssignedBy() == null && waiting == null;
        if (counts && new Awaited(work.state).sale(sourceKey, id)) {
            boolean purchase = event.getOperation() != SaleOperation.REFUND;
            state.setAwaited(new AwaitedOwner(sourceKey, event.getEventId(), at, work.state.now(), purchase));
        } else if (waiting == null || !waiting.getSourceKey().equals(sourceKey)) {
            reject(List.of(ProblemCode.UNKNOWN_CUSTOMER.problem("reference", null)), ProblemStage.RESOLVE);
        }
    }

    private static boolean isBlank(CustomerReference reference) {
        return reference.getCustomerId() == null
                && reference.getSourceCustomerId() == null
                && reference.getLoyaltyCard() == null;
    }

    private @Nullable CustomerState find(CustomerReference reference) {
        if (reference.getCustomerId() != null) {
            return work.customers.find(reference.getCustomerId());
        }
        if (reference.getSourceCustomerId() != null) {
            return work.customers.findBy(
                    Identifier.external(event.getSourceSystem(), "CUSTOMER_ID", reference.getSourceCustomerId()));
        }
        return work.customers.findBy(Identifier.card(reference.getLoyaltyCard()));
    }

    private Owner submit() {
        CustomerReference reference = event.getReference();
        var submission = new CustomerSubmission(
                SubmissionKind.RECORD,
                event.getDirectoryId(),
                event.getSourceSystem() + '/' + event.getEventId(),
                event.getSourceSystem(),
                reference == null ? null : reference.getSourceCustomerId(),
                event.getStore(),
                event.getTill(),
                event.getRegion(),
                Channel.POS,
                SubmissionOperation.UPSERT,
                event.getOccurredAt(),
                event.getReceivedAt(),
                null,
                null,
                null,
                event.getCustomer(),
                List.of(),
                null,
                null,
                null);
        Outcome outcome = new SubmissionHandler(work, normaliser, submission, ImportMode.UPSERT, null)
                .beforePublishing(record -> {
                    CustomerState named = reference == null || isBlank(reference) ? null : find(reference);
                    bought(named == null ? work.state.customer(record.getCustomerId()) : named);
                })
                .handle();
        if (outcome.kind() == RowOutcomeKind.REJECTED) {
            reject(outcome.problems(), ProblemStage.VALIDATE);
        }
        suppressed = outcome.kind() == RowOutcomeKind.SUPPRESSED;
        return new Owner(outcome.customerId(), outcome.sourceKey());
    }

    /** What a sale implies (P39) goes to whose it becomes, and from whom it leaves. A refund is no purchase. */
    private void bought(@Nullable CustomerState customer) {
        if (assigns && customer != null && !customer.getSold()) {
            customer.setSold(true);
            work.state.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        }
        boolean cancels = event.getOperation() == SaleOperation.VOID;
        if ((!assigns && !cancels)
                || !work.consents.purchaseImpliesConsent()
                || event.getOperation() == SaleOperation.REFUND
                || voided) {
            return;
        }
        String sale = event.getSourceSystem() + '/' + event.getSaleId();
        CustomerState left = before == null ? null : work.state.customer(before);
        if (left != null && (customer == null || !left.getCustomerId().equals(customer.getCustomerId()))) {
            work.consents.takenBack(left, work.members.records(left), sale);
        }
        if (customer != null) {
            work.consents.purchased(
                    customer,
                    work.members.records(customer),
                    sale,
                    event.getOccurredAt().toEpochMilli());
        }
    }

    private void publish() {
        work.publish(event.getSourceSystem() + '/' + event.getEventId(), null, null);
    }

    /** Whether this event may say whose the sale is. */
    private boolean assigns(@Nullable SaleState held) {
        if (held == null || held.getAssignedBy() == null) {
            return true;
        }
        return corrects() && event.getOccurredAt().toEpochMilli() >= held.getAssignedAt();
    }

    /** Whether it is about whose the sale is, and not about the sale. */
    private boolean corrects() {
        return switch (event.getOperation()) {
            case ATTACH, REPLACE, REMOVE -> true;
            default -> false;
        };
    }

    /** The latest event that speaks of a customer decides whose the sale is, whatever order they arrive in. */
    private void assign(SaleState state, RecordedSale sale, Owner owner) {
        boolean speaks = owner.customerId() != null || event.getOperation() == SaleOperation.REMOVE;
        long at = event.getOccurredAt().toEpochMilli();
        if (!corrects()) {
            if (state.getAssignedBy() == null && speaks) {
                point(state, sale, owner, at);
            } else if (state.getAssignedBy() == null && event.getRefundOf() != null) {
                inherit(sale, event.getRefundOf());
            }
            return;
        }
        if (speaks && (state.getAssignedBy() == null || at >= state.getAssignedAt())) {
            point(state, sale, owner, at);
        }
        if (speaks && state.getAwaited() != null && at >= state.getAwaited().getAt()) {
            state.setAwaited(null);
        }
    }

    private void point(SaleState state, RecordedSale sale, Owner owner, long at) {
        sale.setCustomerId(owner.customerId());
        sale.setSourceKey(owner.sourceKey());
        state.setAssignedAt(at);
        state.setAssignedBy(event.getEventId());
    }

    private boolean isErased(@Nullable String customerId) {
        return customerId != null && work.suppression.isErased(customerId);
    }

    /** A refund without a customer is that of the sale it refunds. */
    private void inherit(RecordedSale sale, String refunded) {
        SaleState original = work.state.get(StateTable.SALES, event.getSourceSystem() + '/' + refunded);
        if (original != null) {
            sale.setCustomerId(original.getSale().getCustomerId());
            sale.setSourceKey(original.getSale().getSourceKey());
            if (original.getAwaited() != null && named == null) {
                named = original.getAwaited().getSourceKey();
            }
        }
    }

    private void remember(SaleState state) {
        List<String> events = state.getEventIds();
        events.add(event.getEventId());
        while (events.size() > MAX_EVENTS) {
            events.remove(0);
        }
    }

    private void reject(List<Problem> problems, ProblemStage stage) {
        rejections.sale(event, problems, stage);
    }
}
