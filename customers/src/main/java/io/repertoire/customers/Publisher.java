package io.repertoire.customers;

import io.repertoire.customers.golden.Fingerprint;
import io.repertoire.customers.golden.GoldenRecord;
import io.repertoire.schemas.ChangeReason;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.MarketingContact;
import io.repertoire.schemas.MarketingSafeCustomer;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.SourceRecordState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the golden record of every customer an input touched, once, and sends the images that differ: a merge's survivor
 * first, whom it absorbed next. An image that stays the same takes no version.
 */
final class Publisher {

    /**
     * The first closes the segments with what was there; the second those with the deletions, whose keys in the table of identifiers
     * are the addresses themselves; the third is for a cleaner that was late.
     */
    private static final int SWEEPS = 3;

    private static final String CONSENTS = "consents";

    private final Workspace work;
    private final Members members;
    private final ConsentBook consents;
    private final Set<String> changed = new HashSet<>(4);
    private final List<Output<?>> images = new ArrayList<>(2);
    private boolean published;
    private final List<Output<?>> events = new ArrayList<>(2);
    private final List<Output<?>> marketing = new ArrayList<>(0);

    Publisher(Workspace work, Members members, ConsentBook consents) {
        this.work = work;
        this.members = members;
        this.consents = consents;
    }

    /**
     * Once for an input: a second time does nothing.
     *
     * @param recordId the submission or command that caused it all
     * @param importId the import it belongs to
     */
    void publish(String recordId, @Nullable String importId, @Nullable String evidence) {
        if (published) {
            return;
        }
        published = true;
        Map<String, String> touched = work.touched();
        for (String customerId : inOrder(touched)) {
            String rule = touched.getOrDefault(customerId, "RELATION");
            CustomerState state = work.get(StateTable.CUSTOMERS, customerId);
            CustomerState removed = state == null ? work.removal(customerId) : null;
            if (state != null) {
                publish(state, new ChangeReason(rule, evidence, recordId, importId));
            } else if (removed != null && removed.getVersion() != 0) {
                remove(removed, new ChangeReason(rule, evidence, recordId, importId));
            }
        }
        int last = images.size() - 1;
        for (int i = 0; i <= last; i++) {
            work.emit(i == last ? flagged(images.get(i)) : images.get(i));
        }
        for (Output<?> event : events) {
            work.emit(event);
        }
        for (Output<?> contact : marketing) {
            work.emit(contact);
        }
    }

    /** Whether the customer's image differs from the one before this input. */
    boolean isChanged(String customerId) {
        return changed.contains(customerId);
    }

    private Iterable<String> inOrder(Map<String, String> touched) {
        if (work.mergers().isEmpty()) {
            return touched.keySet();
        }
        var order = new LinkedHashSet<String>();
        work.mergers().forEach((survivor, absorbed) -> {
            order.add(survivor);
            order.addAll(absorbed);
        });
        order.addAll(touched.keySet());
        return order;
    }

    /**
     * An erased customer leaves a tombstone, or where the law wants it kept an image that says nothing. Once its records are gone the
     * change event follows; a while later all of it once more (P45).
     */
    private void erase(CustomerState state, ChangeReason reason) {
        boolean shown = state.getImageHash().hasRemaining();
        boolean swept = work.isSwept(state.getCustomerId());
        if (shown || swept) {
            state.setVersion(work.nextVersion());
            state.setUpdatedAt(work.now());
            state.setImageHash(ByteBuffer.allocate(0));
            changed.add(state.getCustomerId());
            Customer image =
                    state.getRetentionHold() == null ? null : GoldenRecord.anonymous(work.directoryId(), state);
            images.add(new Output<>(Topics.DIRECTORY, key(state), image, state.getVersion(), false));
        }
        if (state.getMarketing() != 0 || swept) {
            state.setMarketing(0L);
            marketing.add(new Output<>(Topics.MARKETING, key(state), null, -1, false));
        }
        Workspace.Erased done = work.erasure(state.getCustomerId());
        if (done != null) {
            events.add(Output.of(Topics.CHANGES, key(state), erased(state, done, reason)));
        }
        if (swept) {
            state.setSweeps(state.getSweeps() + 1);
        }
        boolean again = done != null || (swept && state.getMergedInto() == null && state.getSweeps() < SWEEPS);
        long next = work.now() + sweepAfter(work.policy().erasure().compactionLag());
        new DueIndex(work).at(state, again ? next : 0);
        work.put(StateTable.CUSTOMERS, state.getCustomerId(), state);
    }

    /** A little later than the lag, so that every record of before is older than that when the next one is written. */
    private static long sweepAfter(Duration lag) {
        return lag.toMillis() + Math.min(lag.toMillis() / 10, 60_000) + 1_000;
    }

    /** A tombstone; whoever was merged away before has been said goodbye to. */
    private void remove(CustomerState state, ChangeReason reason) {
        state.setVersion(work.nextVersion());
        changed.add(state.getCustomerId());
        images.add(new Output<>(Topics.DIRECTORY, key(state), null, state.getVersion(), false));
        if (state.getMarketing() != 0) {
            marketing.add(new Output<>(Topics.MARKETING, key(state), null, -1, false));
        }
        if (state.getStatus() != CustomerStatus.MERGED) {
            var event = bare(state, ChangeType.REMOVED, reason);
            event.setFromIds(new ArrayList<>(state.getMergedIds()));
            events.add(Output.of(Topics.CHANGES, key(state), event));
        }
    }

    private CustomerChange erased(CustomerState state, Workspace.Erased done, ChangeReason reason) {
        CustomerChange event = bare(state, ChangeType.ERASED, reason);
        event.setFromIds(new ArrayList<>(done.absorbed()));
        event.setErasure(done.erasure());
        return event;
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

    private void publish(CustomerState state, ChangeReason reason) {
        if (state.getStatus() == CustomerStatus.ERASED) {
            erase(state, reason);
            return;
        }
        boolean isNew = state.getVersion() == 0;
        boolean absorbed = state.getStatus() == CustomerStatus.MERGED;
        List<SourceRecordState> records = absorbed ? List.of() : members.records(state);
        consents.begin();
        Customer image = absorbed
                ? GoldenRecord.absorbed(work.directoryId(), state)
                : GoldenRecord.of(
                        work.directoryId(), state, records, work.policy().survivorship(), consents);
        ByteBuffer fingerprint = Fingerprint.of(image);
        boolean differs = isNew || !fingerprint.equals(state.getImageHash());
        List<HeldName> names = absorbed ? state.getNames() : HeldNames.of(records);
        boolean keep = !absorbed && !names.equals(state.getNames());
        List<ConsentEntry> said = absorbed ? List.of() : consents.entries(state, image);
        if (differs || work.isRegrouped(state.getCustomerId())) {
            keep = true;
            long version = work.nextVersion();
            List<String> fields = differs ? Fingerprint.difference(state.getImageHash(), fingerprint) : List.of();
            state.setVersion(version);
            image.setVersion(version);
            if (differs) {
                changed.add(state.getCustomerId());
                state.setImageHash(fingerprint);
                state.setUpdatedAt(work.now());
                image.setUpdatedAt(Instant.ofEpochMilli(work.now()));
            }
            images.add(new Output<>(Topics.DIRECTORY, key(state), image, version, false));
            if (differs && !absorbed) {
                tell(state, image, isNew, fields, said, reason);
                said = List.of();
            }
        }
        if (!said.isEmpty()) {
            events.add(Output.of(Topics.CHANGES, key(state), ledgerOnly(state, image, said, reason)));
        }
        keep |= market(state, absorbed ? null : MarketingProjection.of(image, consents.now()));
        keep |= new DueIndex(work).schedule(state, absorbed ? null : image);
        if (keep) {
            state.setNames(names);
            work.put(StateTable.CUSTOMERS, state.getCustomerId(), state);
        }
    }

    private String key(CustomerState state) {
        return Keys.of(work.directoryId(), state.getCustomerId());
    }

    /** Brings {@code customers.marketing.v1} up to what it should hold of a customer; null: nothing. */
    private boolean market(CustomerState state, @Nullable MarketingContact contact) {
        long hash = contact == null ? 0 : MarketingProjection.hash(contact);
        if (hash == state.getMarketing()) {
            return false;
        }
        state.setMarketing(hash);
        if (contact != null) {
            contact.setVersion(state.getVersion());
        }
        marketing.add(new Output<>(Topics.MARKETING, key(state), contact, -1, false));
        return true;
    }

    /** The change event; where consents changed among other things, one of their own too, for those who only follow these. */
    private void tell(
            CustomerState state,
            Customer image,
            boolean isNew,
            List<String> fields,
            List<ConsentEntry> said,
            ChangeReason reason) {
        CustomerChange event = event(state, image, isNew, fields, reason);
        events.add(Output.of(Topics.CHANGES, key(state), event));
        boolean apart = !isNew && event.getType() != ChangeType.CONSENT_CHANGED && fields.contains(CONSENTS);
        if (apart) {
            event = change(state, ChangeType.CONSENT_CHANGED, "1", List.of(CONSENTS), image, reason);
            events.add(Output.of(Topics.CHANGES, key(state), event));
        }
        event.setConsents(said);
    }

    /** What was said and changed nothing. */
    private CustomerChange ledgerOnly(
            CustomerState state, Customer image, List<ConsentEntry> said, ChangeReason reason) {
        String ordinal = "c-" + Ids.ordinal(String.valueOf(reason.getRecordId()));
        CustomerChange event = change(state, ChangeType.CONSENT_CHANGED, ordinal, List.of(), image, reason);
        event.setConsents(said);
        return event;
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

    private static Output<?> flagged(Output<?> output) {
        return flag(output);
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> Output<T> flag(Output<T> output) {
        return new Output<>(output.topic(), output.key(), output.value(), output.version(), true);
    }
}
