package io.repertoire.customers;

import io.repertoire.customers.golden.DirectoryFacts;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentEffect;
import io.repertoire.schemas.ConsentEntry;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.PointPurchase;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The directory's memory of consent. What a source record said stays with it; what was refused, and what was bought, stays with the
 * contact point as well, so that it follows the address whatever becomes of the customer (P34). Collects what this input said, for
 * the ledger.
 */
final class ConsentBook implements DirectoryFacts {

    private static final long DAY = 24 * 60 * 60 * 1000L;

    private final Workspace work;
    private final Denials denials;
    private final Map<String, List<ConsentEntry>> said = new HashMap<>(2);
    private final Map<String, Long> lapsing = new HashMap<>(0);
    private boolean ignored;
    private @Nullable String emailAsked;
    private @Nullable IdentifierState email;
    private @Nullable String phoneAsked;
    private @Nullable IdentifierState phone;

    /** @param importId the import whose row is handled */
    ConsentBook(Workspace work, @Nullable String importId) {
        this.work = work;
        this.denials = new Denials(work, importId);
    }

    /** Before each golden record: contact points are asked for several times in a row, and remembered that long. */
    void begin() {
        emailAsked = null;
        phoneAsked = null;
    }

    @Override
    @SuppressWarnings(
            "ReferenceEquality") // a memory of the last question; the same text asked anew is only looked up again
    public @Nullable IdentifierState point(String kind, String value) {
        if (kind.equals("email")) {
            if (value != emailAsked) {
                email = work.get(StateTable.IDENTIFIERS, "email/" + value);
                emailAsked = value;
            }
            return email;
        }
        if (value != phoneAsked) {
            phone = work.get(StateTable.IDENTIFIERS, kind + '/' + value);
            phoneAsked = value;
        }
        return phone;
    }

    @Override
    public boolean purchaseImpliesConsent() {
        return work.policy().purchaseImpliesConsent();
    }

    @Override
    public long now() {
        return Math.max(work.now(), work.directory().getClock());
    }

    /** @param statements tied to their contact points, and new */
    void hear(List<HeldConsent> statements, String customerId, CustomerSubmission submission) {
        for (HeldConsent statement : statements) {
            if (statement.getStatus() == ConsentStatus.DENIED) {
                deny(statement);
            }
            record(customerId, entry(statement, submission));
        }
    }

    /**
     * A no that a record holds already and says once more, without a date: with the record it counts from now on, and so it does with
     * its contact point. It is no news for the ledger.
     *
     * @param statements tied to their contact points; those that the record has not taken are older than what it holds
     */
    void repeated(List<HeldConsent> statements, SourceRecordState record) {
        for (int i = 0; i < statements.size(); i++) {
            HeldConsent statement = statements.get(i);
            if (statement.getStatus() == ConsentStatus.DENIED
                    && statement.getDecidedAt() == null
                    && record.getContent().getConsents().contains(statement)) {
                deny(statement);
            }
        }
    }

    /** For the ledger; whether it had an effect is told when the customer is published. */
    void record(String customerId, ConsentEntry entry) {
        said.computeIfAbsent(customerId, k -> new ArrayList<>(2)).add(entry);
        work.touch(customerId, "CONSENT");
    }

    /** The customer's next consent was to lapse at that time. */
    void lapsing(String customerId, long at) {
        lapsing.put(customerId, at);
    }

    /** Whether a yes of this input could not stand against an earlier no. Known once its customer is published. */
    boolean ignored() {
        return ignored;
    }

    /** A no is remembered with its contact point, and counts for everybody who holds it. */
    void deny(HeldConsent no) {
        denials.add(no);
    }

    /** A row that said no is taken back: see {@link Denials#withdraw}. */
    void withdraw(String from, HeldConsent no, Members members) {
        denials.withdraw(from, no, members);
    }

    /**
     * A sale to a customer: for a while it may be written to where it could be reached then (P39). Within a day the first counts, so
     * that a busy customer's image is not sent at every sale.
     *
     * @param records of the customer
     */
    void purchased(CustomerState customer, List<SourceRecordState> records, String sale, long at) {
        if (!purchaseImpliesConsent() || at > now() + DAY) {
            return;
        }
        for (String key : pointsOf(records)) {
            IdentifierState point = work.get(StateTable.IDENTIFIERS, key);
            if (point != null
                    && (point.getPurchase() == null
                            || at / DAY > point.getPurchase().getAt() / DAY)) {
                point.setPurchase(new PointPurchase(at, sale));
                work.put(StateTable.IDENTIFIERS, key, point);
                work.touch(customer.getCustomerId(), "PURCHASE");
            }
        }
    }

    /** The sale was not theirs after all. */
    void takenBack(CustomerState customer, List<SourceRecordState> records, String sale) {
        for (String key : pointsOf(records)) {
            IdentifierState point = work.get(StateTable.IDENTIFIERS, key);
            if (point != null
                    && point.getPurchase() != null
                    && point.getPurchase().getSale().equals(sale)) {
                point.setPurchase(null);
                work.put(StateTable.IDENTIFIERS, key, point);
                work.touch(customer.getCustomerId(), "PURCHASE");
            }
        }
    }

    private static List<String> pointsOf(List<SourceRecordState> records) {
        var points = new ArrayList<String>(2);
        for (SourceRecordState record : records) {
            if (record.getRole() != MemberRole.FULL) {
                continue;
            }
            for (HeldEmail held : record.getContent().getEmails()) {
                if (held.getValue() != null && held.getQuality() == ContactQuality.OK) {
                    add(points, "email/" + held.getValue());
                }
            }
            for (HeldPhone held : record.getContent().getPhones()) {
                if (held.getE164() != null && held.getQuality() == ContactQuality.OK) {
                    String point = "phone/" + held.getE164();
                    if (!isReleased(record, point)) {
                        add(points, point);
                    }
                }
            }
        }
        return points;
    }

    /** It is still shown, and somebody else is reached by it (P10). */
    private static boolean isReleased(SourceRecordState record, String point) {
        for (int i = 0; i < record.getReleased().size(); i++) {
            if (record.getReleased().get(i).getIdentifier().equals(point)) {
                return true;
            }
        }
        return false;
    }

    private static void add(List<String> points, String point) {
        if (!points.contains(point)) {
            points.add(point);
        }
    }

    /**
     * What this input said of a customer, with what it did, and what lapsed by now.
     */
    List<ConsentEntry> entries(CustomerState customer, Customer image) {
        String customerId = customer.getCustomerId();
        long due = lapsing.getOrDefault(customerId, customer.getDue());
        List<ConsentEntry> entries = said.remove(customerId);
        if (entries != null) {
            for (ConsentEntry entry : entries) {
                boolean denied = entry.getStatus() == ConsentStatus.GRANTED && isDenied(entry, image);
                entry.setEffect(denied ? ConsentEffect.IGNORED : ConsentEffect.RECORDED);
                ignored |= denied;
            }
        }
        if (due == 0 || due > now()) {
            return entries == null ? List.of() : entries;
        }
        List<ConsentEntry> all = entries == null ? new ArrayList<>(1) : entries;
        for (Consent consent : image.getConsents()) {
            if (consent.getStatus() == ConsentStatus.UNKNOWN
                    && consent.getExpiresAt() != null
                    && consent.getExpiresAt().toEpochMilli() >= due) {
                all.add(lapsed(consent));
            }
        }
        return all;
    }

    private static boolean isDenied(ConsentEntry entry, Customer image) {
        for (Consent consent : image.getConsents()) {
            if (consent.getChannel() == entry.getChannel()
                    && consent.getPurpose() == entry.getPurpose()
                    && Objects.equals(consent.getContactValue(), entry.getContactValue())) {
                return consent.getStatus() == ConsentStatus.DENIED;
            }
        }
        return false;
    }

    private ConsentEntry lapsed(Consent consent) {
        return new ConsentEntry(
                consent.getContactValue(),
                consent.getChannel(),
                consent.getPurpose(),
                ConsentStatus.UNKNOWN,
                ConsentEffect.LAPSED,
                consent.getBasis(),
                consent.getDecidedAt(),
                Instant.ofEpochMilli(work.now()),
                consent.getExpiresAt(),
                null,
                null,
                null,
                null,
                null,
                consent.getEvidenceRef());
    }

    private static ConsentEntry entry(HeldConsent statement, CustomerSubmission submission) {
        ConsentEntry entry = entry(statement, submission.getRecordId());
        entry.setSourceSystem(submission.getSourceSystem());
        entry.setStore(submission.getStore());
        entry.setTill(submission.getTill());
        return entry;
    }

    /**
     * A statement as the ledger has it; who made it and where is for the caller to add.
     *
     * @param cause the submission or command that it came with
     */
    static ConsentEntry entry(HeldConsent statement, String cause) {
        return new ConsentEntry(
                statement.getContact(),
                statement.getChannel(),
                statement.getPurpose(),
                statement.getStatus(),
                ConsentEffect.RECORDED,
                statement.getBasis(),
                statement.getDecidedAt() == null ? null : Instant.ofEpochMilli(statement.getDecidedAt()),
                Instant.ofEpochMilli(statement.getRecordedAt()),
                null,
                null,
                cause,
                null,
                null,
                null,
                statement.getEvidence());
    }
}
