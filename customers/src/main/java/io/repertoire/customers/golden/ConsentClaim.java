package io.repertoire.customers.golden;

import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.state.HeldConsent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** One question, this contact point, channel and purpose, with the strongest of each answer: in whatever order they are heard. */
final class ConsentClaim {

    private static final int YEARS_AFTER_PURCHASE = 2;
    private static final int MONTHS_AFTER_INQUIRY = 6;

    private static final Comparator<HeldConsent> LATEST = Comparator.<HeldConsent>comparingLong(ConsentClaim::said)
            .thenComparing(c -> c.getBasis().name())
            .thenComparing(c -> c.getEvidence() == null ? "" : c.getEvidence());

    private final @Nullable String contact;
    private final ConsentChannel channel;
    private final ConsentPurpose purpose;
    private @Nullable HeldConsent yes;
    private @Nullable HeldConsent implied;
    private @Nullable HeldConsent no;
    private @Nullable HeldConsent unknown;

    /** @param contact null: the person as a whole */
    ConsentClaim(@Nullable String contact, ConsentChannel channel, ConsentPurpose purpose) {
        this.contact = contact;
        this.channel = channel;
        this.purpose = purpose;
    }

    @Nullable
    String contact() {
        return contact;
    }

    ConsentChannel channel() {
        return channel;
    }

    ConsentPurpose purpose() {
        return purpose;
    }

    void hear(HeldConsent statement) {
        switch (statement.getStatus()) {
            case GRANTED -> {
                if (isImplied(statement)) {
                    implied = longer(implied, statement);
                } else {
                    yes = later(yes, statement);
                }
            }
            case DENIED -> no = later(no, statement);
            case UNKNOWN -> unknown = later(unknown, statement);
        }
    }

    /** What the person said of the whole channel. */
    void hearDenialOf(ConsentClaim person) {
        if (person.no != null) {
            no = later(no, person.no);
        }
    }

    /** The no that this comes to, if it does. */
    @Nullable
    HeldConsent denial() {
        return no != null && (yes == null || said(yes) <= said(no)) ? no : null;
    }

    /** @param stopped the person stopped everything: no date stands against that */
    Consent decide(long now, @Nullable HeldConsent stopped) {
        HeldConsent denied = denial();
        if (stopped != null && (denied == null || said(denied) < said(stopped))) {
            denied = stopped;
        }
        if (denied != null) {
            return consent(denied, ConsentStatus.DENIED, null);
        }
        if (yes != null) {
            return consent(yes, ConsentStatus.GRANTED, null);
        }
        if (implied != null) {
            long ends = expiry(implied);
            ConsentStatus status = ends > now ? ConsentStatus.GRANTED : ConsentStatus.UNKNOWN;
            return consent(implied, status, ends == Long.MIN_VALUE ? null : Instant.ofEpochMilli(ends));
        }
        if (unknown == null) {
            throw new IllegalStateException("a claim is made by a statement");
        }
        return consent(unknown, ConsentStatus.UNKNOWN, null);
    }

    private Consent consent(HeldConsent chosen, ConsentStatus status, @Nullable Instant expiresAt) {
        return new Consent(
                contact,
                channel,
                purpose,
                status,
                chosen.getBasis(),
                chosen.getDecidedAt() == null ? null : Instant.ofEpochMilli(chosen.getDecidedAt()),
                Instant.ofEpochMilli(chosen.getRecordedAt()),
                expiresAt,
                chosen.getEvidence());
    }

    static HeldConsent later(@Nullable HeldConsent a, HeldConsent b) {
        return a == null || LATEST.compare(b, a) > 0 ? b : a;
    }

    private static HeldConsent longer(@Nullable HeldConsent a, HeldConsent b) {
        if (a == null) {
            return b;
        }
        int byEnd = Long.compare(expiry(b), expiry(a));
        return byEnd > 0 || (byEnd == 0 && LATEST.compare(b, a) > 0) ? b : a;
    }

    /** An undated yes is as old as can be; an undated no is at the latest from when it was recorded. */
    private static long said(HeldConsent c) {
        if (c.getDecidedAt() != null) {
            return c.getDecidedAt();
        }
        return c.getStatus() == ConsentStatus.DENIED ? c.getRecordedAt() : Long.MIN_VALUE;
    }

    static boolean isImplied(HeldConsent c) {
        return c.getBasis() == ConsentBasis.IMPLIED_PURCHASE || c.getBasis() == ConsentBasis.IMPLIED_INQUIRY;
    }

    /** CASL: two years after a purchase, six months after an inquiry (P39). Without a date nothing is implied. */
    private static long expiry(HeldConsent c) {
        if (c.getDecidedAt() == null) {
            return Long.MIN_VALUE;
        }
        var decided = Instant.ofEpochMilli(c.getDecidedAt()).atOffset(ZoneOffset.UTC);
        return (c.getBasis() == ConsentBasis.IMPLIED_PURCHASE
                        ? decided.plusYears(YEARS_AFTER_PURCHASE)
                        : decided.plusMonths(MONTHS_AFTER_INQUIRY))
                .toInstant()
                .toEpochMilli();
    }
}
