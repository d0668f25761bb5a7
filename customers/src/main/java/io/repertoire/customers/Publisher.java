package io.repertoire.customers;

import io.repertoire.customers.golden.Fingerprint;
import io.repertoire.customers.golden.GoldenRecord;
import io.repertoire.schemas.ChangeReason;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.MarketingContact;
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

    private final Workspace work;
    private final Members members;
    private final ConsentBook consents;
    private final ChangeEvents events;
    private final Set<String> changed = new HashSet<>(4);
    private final List<Output<?>> images = new ArrayList<>(2);
    private boolean published;
    private final List<Output<?>> marketing = new ArrayList<>(0);

    Publisher(Workspace work, Members members, ConsentBook consents) {
        this.work = work;
        this.members = members;
        this.consents = consents;
        this.events = new ChangeEvents(work);
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
            work.emit(i == last ? images.get(i).asLastOfInput() : images.get(i));
        }
        events.send();
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
            events.erased(state, done, reason);
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
            events.removed(state, reason);
        }
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
                events.changed(state, image, isNew, fields, said, reason);
                said = List.of();
            }
        }
        if (!said.isEmpty()) {
            events.heard(state, image, said, reason);
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
}
