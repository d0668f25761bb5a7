package io.repertoire.customers;

import io.repertoire.customers.contact.Emails;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.MarketingContact;
import io.repertoire.schemas.MarketingContactPoint;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.PhoneKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may be written to, and where: contact points of good quality with a consent that is given and has not lapsed, of customers that
 * are active. Receipts are no marketing (P40); a domain where no mail can arrive is none either.
 */
final class MarketingProjection {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private MarketingProjection() {}

    /** @return null if the customer may be written to nowhere */
    static @Nullable MarketingContact of(Customer image, long now) {
        List<Consent> consents = image.getConsents();
        if (consents.isEmpty() || image.getStatus() != CustomerStatus.ACTIVE) {
            return null;
        }
        List<MarketingContactPoint> points = null;
        for (int i = 0; i < consents.size(); i++) {
            Consent consent = consents.get(i);
            if (isUsable(consent, now) && isGood(consent, image)) {
                points = points == null ? new ArrayList<>(2) : points;
                points.add(new MarketingContactPoint(
                        consent.getChannel(), consent.getContactValue(), consent.getBasis(), consent.getExpiresAt()));
            }
        }
        if (points == null) {
            return null;
        }
        points.sort(
                Comparator.comparing(MarketingContactPoint::getChannel).thenComparing(MarketingContactPoint::getValue));
        var groups = new ArrayList<String>(image.getGroups().size());
        for (GroupMembership group : image.getGroups()) {
            groups.add(group.getName());
        }
        return new MarketingContact(
                image.getDirectoryId(),
                image.getCustomerId(),
                image.getVersion(),
                image.getGivenName(),
                image.getFamilyName(),
                image.getCompanyName(),
                image.getPreferredLanguage(),
                groups,
                image.getTags(),
                points);
    }

    private static boolean isUsable(Consent consent, long now) {
        Instant ends = consent.getExpiresAt();
        return consent.getContactValue() != null
                && consent.getPurpose() == ConsentPurpose.MARKETING
                && consent.getStatus() == ConsentStatus.GRANTED
                && (ends == null || ends.toEpochMilli() > now);
    }

    private static boolean isGood(Consent consent, Customer image) {
        String value = consent.getContactValue();
        ConsentChannel channel = consent.getChannel();
        switch (channel) {
            case EMAIL -> {
                for (Email email : image.getEmails()) {
                    if (email.getValue().equals(value)) {
                        return email.getQuality() == ContactQuality.OK
                                && email.getValidTo() == null
                                && !Emails.isReserved(value);
                    }
                }
                return false;
            }
            case SMS, PHONE -> {
                for (Phone phone : image.getPhones()) {
                    if (value.equals(phone.getE164())) {
                        return phone.getQuality() == ContactQuality.OK
                                && phone.getValidTo() == null
                                && (channel == ConsentChannel.PHONE || phone.getKind() != PhoneKind.FIXED);
                    }
                }
                return false;
            }
            case POST -> {
                return true;
            }
            case OTHER -> {
                return false;
            }
        }
        return false;
    }

    /** What tells one contact from another, its version aside; never 0. */
    static long hash(MarketingContact contact) {
        long h = OFFSET;
        h = text(h, contact.getGivenName());
        h = text(h, contact.getFamilyName());
        h = text(h, contact.getCompanyName());
        h = text(h, contact.getPreferredLanguage());
        h = texts(h, contact.getGroups());
        h = texts(h, contact.getTags());
        for (MarketingContactPoint point : contact.getContactPoints()) {
            h = text(h, point.getChannel().name());
            h = text(h, point.getValue());
            h = text(h, point.getBasis().name());
            h = text(
                    h,
                    point.getExpiresAt() == null ? null : point.getExpiresAt().toString());
        }
        return h == 0 ? 1 : h;
    }

    private static long texts(long hash, List<String> values) {
        long h = hash;
        for (int i = 0; i < values.size(); i++) {
            h = text(h, values.get(i));
        }
        return (h ^ values.size()) * PRIME;
    }

    private static long text(long hash, @Nullable String value) {
        long h = hash;
        if (value != null) {
            for (int i = 0; i < value.length(); i++) {
                h = (h ^ value.charAt(i)) * PRIME;
            }
        }
        h = (h ^ (value == null ? 1 : 0x10000L + value.length())) * PRIME;
        return h ^ (h >>> 32);
    }
}
