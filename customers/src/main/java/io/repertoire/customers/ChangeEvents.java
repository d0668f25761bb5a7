package io.repertoire.customers;

import io.repertoire.schemas.ChangeReason;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.MarketingSafeCustomer;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code customers.changes.v1} is told of one input: collected while images are computed, sent behind them. */
final class ChangeEvents {

    private static final String CONSENTS = "consents";

    private final Workspace work;
    private final List<Output<?>> events = new ArrayList<>(2);

    ChangeEvents(Workspace work) {
        this.work = work;
    }

    void send() {
        for (int i = 0; i < events.size(); i++) {
            work.emit(events.get(i));
        }
    }

    private void add(CustomerState state, CustomerChange event) {
        events.add(Output.of(Topics.CHANGES, Keys.of(work.directoryId(), state.getCustomerId()), event));
    }

    void erased(CustomerState state, Workspace.Erased done, ChangeReason reason) {
        CustomerChange event = bare(state, ChangeType.ERASED, reason);
        event.setFromIds(new ArrayList<>(done.absorbed()));
        event.setErasure(done.erasure());
        add(state, event);
    }

    /** There is no such customer any more. */
    void removed(CustomerState state, ChangeReason reason) {
        CustomerChange event = bare(state, ChangeType.REMOVED, reason);
        event.setFromIds(new ArrayList<>(state.getMergedIds()));
        add(state, event);
    }

    /** The change event; where consents changed among other things, one of their own too, for those who only follow these. */
    void changed(
            CustomerState state,
            Customer image,
            boolean isNew,
            List<String> fields,
            List<ConsentEntry> said,
            ChangeReason reason) {
        CustomerChange event = event(state, image, isNew, fields, reason);
        add(state, event);
        boolean apart = !isNew && event.getType() != ChangeType.CONSENT_CHANGED && fields.contains(CONSENTS);
        if (apart) {
            event = change(state, ChangeType.CONSENT_CHANGED, "1", List.of(CONSENTS), image, reason);
            add(state, event);
        }
        event.setConsents(said);
    }

    /** What was said of consent and changed nothing. */
    void heard(CustomerState state, Customer image, List<ConsentEntry> said, ChangeReason reason) {
        String ordinal = "c-" + Ids.ordinal(String.valueOf(reason.getRecordId()));
        CustomerChange event = change(state, ChangeType.CONSENT_CHANGED, ordinal, List.of(), image, reason);
        event.setConsents(said);
        add(state, event);
    }

    /** Of somebody of whom there is nothing to show. */
    private CustomerChange bare(CustomerState state, ChangeType type, ChangeReason reason) {
        return new CustomerChange(
                work.directoryId() + '/' + state.getVersion() + "/e",
                type,
                work.directoryId(),
                state.getCustomerId(),
                state.getVersion(),
                Instant.ofEpochMilli(work.now()),
                List.of(),
                new ArrayList<>(0),
                new ArrayList<>(0),
                null,
                reason,
                new ArrayList<>(0),
                null);
    }

    private CustomerChange event(
            CustomerState state, Customer image, boolean isNew, List<String> fields, ChangeReason reason) {
        List<String> absorbed = work.mergers().getOrDefault(state.getCustomerId(), List.of());
        Workspace.Announcement announced = work.announcement(state.getCustomerId());
        List<String> from = absorbed;
        List<String> to = absorbed.isEmpty() ? List.of() : List.of(state.getCustomerId());
        ChangeType type;
        if (!absorbed.isEmpty()) {
            type = ChangeType.MERGED;
        } else if (announced != null) {
            type = announced.type();
            from = announced.from();
            to = announced.to();
        } else if (isNew) {
            type = ChangeType.CREATED;
        } else {
            type = fields.size() == 1 && fields.get(0).equals(CONSENTS)
                    ? ChangeType.CONSENT_CHANGED
                    : ChangeType.UPDATED;
        }
        CustomerChange event = change(state, type, "0", fields, image, reason);
        event.setFromIds(new ArrayList<>(from));
        event.setToIds(new ArrayList<>(to));
        return event;
    }

    private CustomerChange change(
            CustomerState state,
            ChangeType type,
            String ordinal,
            List<String> fields,
            Customer image,
            ChangeReason reason) {
        return new CustomerChange(
                work.directoryId() + '/' + state.getVersion() + '/' + ordinal,
                type,
                work.directoryId(),
                state.getCustomerId(),
                state.getVersion(),
                Instant.ofEpochMilli(work.now()),
                fields,
                new ArrayList<>(0),
                new ArrayList<>(0),
                marketingSafe(image),
                reason,
                new ArrayList<>(0),
                null);
    }

    private static MarketingSafeCustomer marketingSafe(Customer image) {
        var groups = new ArrayList<String>(image.getGroups().size());
        for (GroupMembership group : image.getGroups()) {
            groups.add(group.getName());
        }
        return new MarketingSafeCustomer(
                image.getGivenName(),
                image.getFamilyName(),
                image.getDisplayName(),
                image.getCompanyName(),
                image.getPreferredLanguage(),
                image.getEmails(),
                image.getPhones(),
                image.getAddresses(),
                image.getConsents(),
                groups,
                image.getTags());
    }
}
