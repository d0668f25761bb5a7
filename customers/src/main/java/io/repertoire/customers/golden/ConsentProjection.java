package io.repertoire.customers.golden;

import io.repertoire.schemas.Address;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.ConsentBasis;
import io.repertoire.schemas.ConsentChannel;
import io.repertoire.schemas.ConsentPurpose;
import io.repertoire.schemas.ConsentStatus;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.PointDenial;
import io.repertoire.schemas.state.PointPurchase;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of consent today, from every statement held (P34–P39). A statement belongs to a contact point, never to a
 * customer, so joining two customers gives no address a consent it did not have. A yes stands against a no only if it is dated,
 * and later; a tie or a missing date is a no. What is only implied never stands against a no, and lapses. A person who stopped
 * everything is written to nowhere.
 */
final class ConsentProjection {

    private final TreeMap<String, ConsentClaim> claims = new TreeMap<>();
    private final Customer image;
    private final DirectoryFacts facts;

    private ConsentProjection(Customer image, DirectoryFacts facts) {
        this.image = image;
        this.facts = facts;
    }

    /**
     * @param image with its contact points
     * @param members all of them: a look-up gives no contact point, but what it says of one counts
     */
    static List<Consent> of(Customer image, List<SourceRecordState> members, DirectoryFacts facts) {
        var projection = new ConsentProjection(image, facts);
        for (int i = 0; i < members.size(); i++) {
            List<HeldConsent> statements = members.get(i).getContent().getConsents();
            for (int k = 0; k < statements.size(); k++) {
                projection.hear(statements.get(k));
            }
        }
        projection.contactPoints();
        return projection.decide();
    }

    private void hear(HeldConsent statement) {
        // A no that names no contact point is the person's; a yes without one allows nothing, but may lift a stop.
        if (statement.getContact() == null
                && statement.getStatus() != ConsentStatus.DENIED
                && statement.getChannel() != ConsentChannel.OTHER) {
            return;
        }
        claim(statement.getContact(), statement.getChannel(), statement.getPurpose())
                .hear(statement);
    }

    private void contactPoints() {
        for (Email email : image.getEmails()) {
            IdentifierState point = facts.point("email", email.getValue());
            if (point != null) {
                denials(email.getValue(), point);
                purchase(email.getValue(), ConsentChannel.EMAIL, point);
            }
        }
        for (Phone phone : image.getPhones()) {
            IdentifierState point = phone.getE164() == null ? null : facts.point("phone", phone.getE164());
            if (point != null) {
                denials(phone.getE164(), point);
                if (phone.getKind() != PhoneKind.FIXED) {
                    purchase(phone.getE164(), ConsentChannel.SMS, point);
                }
            }
        }
    }

    private void denials(String contact, IdentifierState point) {
        List<PointDenial> denied = point.getDenied();
        for (int i = 0; i < denied.size(); i++) {
            PointDenial d = denied.get(i);
            claim(contact, d.getChannel(), d.getPurpose())
                    .hear(new HeldConsent(
                            d.getChannel(),
                            d.getPurpose(),
                            ConsentStatus.DENIED,
                            contact,
                            d.getDecidedAt(),
                            d.getRecordedAt(),
                            d.getBasis(),
                            d.getEvidence()));
        }
    }

    private void purchase(String contact, ConsentChannel channel, IdentifierState point) {
        PointPurchase purchase = point.getPurchase();
        if (purchase != null && facts.purchaseImpliesConsent()) {
            claim(contact, channel, ConsentPurpose.MARKETING)
                    .hear(new HeldConsent(
                            channel,
                            ConsentPurpose.MARKETING,
                            ConsentStatus.GRANTED,
                            contact,
                            purchase.getAt(),
                            purchase.getAt(),
                            ConsentBasis.IMPLIED_PURCHASE,
                            purchase.getSale()));
        }
    }

    private List<Consent> decide() {
        if (claims.isEmpty()) {
            return new ArrayList<>(0);
        }
        ConsentClaim stop = person(ConsentChannel.OTHER, ConsentPurpose.MARKETING);
        HeldConsent stopped = stop == null ? null : stop.denial();
        var consents = new ArrayList<Consent>(claims.size());
        for (ConsentClaim claim : claims.values()) {
            if (claim.contact() == null) {
                // That a stop was lifted says nothing by itself.
                if (claim.channel() != ConsentChannel.OTHER || claim.denial() != null) {
                    consents.add(claim.decide(facts.now(), null));
                }
            } else if (isHeld(claim)) {
                ConsentClaim person = person(claim.channel(), claim.purpose());
                if (person != null) {
                    claim.hearDenialOf(person);
                }
                consents.add(claim.decide(facts.now(), claim.purpose() == ConsentPurpose.MARKETING ? stopped : null));
            }
        }
        return consents;
    }

    private @Nullable ConsentClaim person(ConsentChannel channel, ConsentPurpose purpose) {
        return claims.get(key(null, channel, purpose));
    }

    private ConsentClaim claim(@Nullable String contact, ConsentChannel channel, ConsentPurpose purpose) {
        return claims.computeIfAbsent(key(contact, channel, purpose), k -> new ConsentClaim(contact, channel, purpose));
    }

    private static String key(@Nullable String contact, ConsentChannel channel, ConsentPurpose purpose) {
        String who = contact == null ? "" : channel == ConsentChannel.POST ? PostalText.key(contact) : contact;
        return who + '\u001f' + channel.name() + '\u001f' + purpose.name();
    }

    private boolean isHeld(ConsentClaim claim) {
        String contact = claim.contact();
        for (Email e : image.getEmails()) {
            if (e.getValue().equals(contact)) {
                return true;
            }
        }
        for (Phone p : image.getPhones()) {
            if (p.getE164() != null && p.getE164().equals(contact)) {
                return true;
            }
        }
        if (claim.channel() == ConsentChannel.POST && contact != null) {
            for (Address a : image.getAddresses()) {
                String text = PostalText.of(a);
                if (text != null && PostalText.key(text).equals(PostalText.key(contact))) {
                    return true;
                }
            }
        }
        return false;
    }
}
