package io.repertoire.customers.golden;

import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of consent today, from every statement held (P34–P37). A statement belongs to a contact point, never to a
 * customer, so joining two customers gives no address a consent it did not have. A yes stands against a no only if it is dated,
 * and later; a tie or a missing date is a no.
 */
final class ConsentProjection {

    private final TreeMap<String, Claim> claims = new TreeMap<>();

    static List<Consent> of(Sources sources, List<Email> emails, List<Phone> phones) {
        var projection = new ConsentProjection();
        for (int i = 0; i < sources.size(); i++) {
            NormalisedCustomer content = sources.content(i);
            List<HeldConsent> statements = content.getConsents();
            for (int k = 0; k < statements.size(); k++) {
                projection.hear(statements.get(k), content);
            }
        }
        if (projection.claims.isEmpty()) {
            return new ArrayList<>(0);
        }
        var consents = new ArrayList<Consent>(projection.claims.size());
        for (Claim claim : projection.claims.values()) {
            if (claim.isHeld(emails, phones)) {
                consents.add(claim.decide());
            }
        }
        return consents;
    }

    private void hear(HeldConsent statement, NormalisedCustomer content) {
        if (statement.getContact() != null) {
            add(statement.getContact(), statement);
            return;
        }
        boolean heard = false;
        switch (statement.getChannel()) {
            case EMAIL -> {
                for (HeldEmail email : content.getEmails()) {
                    if (email.getValue() != null) {
                        add(email.getValue(), statement);
                        heard = true;
                    }
                }
            }
            case SMS, PHONE -> {
                for (HeldPhone phone : content.getPhones()) {
                    if (phone.getE164() != null) {
                        add(phone.getE164(), statement);
                        heard = true;
                    }
                }
            }
            case POST, OTHER -> {
                add(null, statement);
                heard = true;
            }
        }
        // A no that names no contact point is the person's; a yes without one allows nothing.
        if (!heard && statement.getStatus() == ConsentStatus.DENIED) {
            add(null, statement);
        }
    }

    private void add(@Nullable String contact, HeldConsent statement) {
        String key = (contact == null ? "" : contact)
                + '\u001f'
                + statement.getChannel().name()
                + '\u001f'
                + statement.getPurpose().name();
        claims.computeIfAbsent(key, k -> new Claim(contact, statement.getChannel(), statement.getPurpose()))
                .hear(statement);
    }

    /** One question: this contact point, channel and purpose. */
    private static final class Claim {
        private static final Comparator<HeldConsent> LATEST = Comparator.<HeldConsent>comparingLong(Claim::said)
                .thenComparing(c -> c.getBasis().name())
                .thenComparing(c -> c.getEvidence() == null ? "" : c.getEvidence());

        private final @Nullable String contact;
        private final ConsentChannel channel;
        private final ConsentPurpose purpose;
        private @Nullable HeldConsent yes;
        private @Nullable HeldConsent no;
        private @Nullable HeldConsent unknown;

        Claim(@Nullable String contact, ConsentChannel channel, ConsentPurpose purpose) {
            this.contact = contact;
            this.channel = channel;
            this.purpose = purpose;
        }

        void hear(HeldConsent statement) {
            switch (statement.getStatus()) {
                case GRANTED -> yes = later(yes, statement);
                case DENIED -> no = later(no, statement);
                case UNKNOWN -> unknown = later(unknown, statement);
            }
        }

        private static HeldConsent later(@Nullable HeldConsent a, HeldConsent b) {
            return a == null || LATEST.compare(b, a) > 0 ? b : a;
        }

        /** An undated yes is as old as can be; an undated no is at the latest from when it was recorded. */
        private static long said(HeldConsent c) {
            if (c.getDecidedAt() != null) {
                return c.getDecidedAt();
            }
            return c.getStatus() == ConsentStatus.DENIED ? c.getRecordedAt() : Long.MIN_VALUE;
        }

        boolean isHeld(List<Email> emails, List<Phone> phones) {
            if (contact == null) {
                return true;
            }
            for (Email e : emails) {
                if (e.getValue().equals(contact)) {
                    return true;
                }
            }
            for (Phone p : phones) {
                if (contact.equals(p.getE164())) {
                    return true;
                }
            }
            return false;
        }

        Consent decide() {
            HeldConsent chosen = chosen();
            return new Consent(
                    contact,
                    channel,
                    purpose,
                    chosen.getStatus(),
                    chosen.getBasis(),
                    chosen.getDecidedAt() == null ? null : Instant.ofEpochMilli(chosen.getDecidedAt()),
                    Instant.ofEpochMilli(chosen.getRecordedAt()),
                    chosen.getStatus() == ConsentStatus.GRANTED ? expiry(chosen) : null,
                    chosen.getEvidence());
        }

        private HeldConsent chosen() {
            if (no != null && (yes == null || said(yes) <= said(no))) {
                return no;
            }
            HeldConsent chosen = yes != null ? yes : unknown;
            if (chosen == null) {
                throw new IllegalStateException("a claim is made by a statement");
            }
            return chosen;
        }

        /** CASL: two years after a purchase, six months after an inquiry (P39). */
        private static @Nullable Instant expiry(HeldConsent c) {
            if (c.getDecidedAt() == null) {
                return null;
            }
            var decided = Instant.ofEpochMilli(c.getDecidedAt()).atOffset(ZoneOffset.UTC);
            if (c.getBasis() == ConsentBasis.IMPLIED_PURCHASE) {
                return decided.plusYears(2).toInstant();
            }
            return c.getBasis() == ConsentBasis.IMPLIED_INQUIRY
                    ? decided.plusMonths(6).toInstant()
                    : null;
        }
    }
}
