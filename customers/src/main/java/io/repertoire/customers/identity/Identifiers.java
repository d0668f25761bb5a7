package io.repertoire.customers.identity;

import io.repertoire.customers.contact.Emails;
import io.repertoire.customers.contact.Phones;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.SubmittedLoyalty;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of a record's values may serve as keys. What may not (P1, P2, P3, P6) stays on the record and matches nothing. */
public final class Identifiers {

    /** The source system of our own export: it alone speaks of our ids and codes. */
    public static final String OWN_SYSTEM = "repertoire";

    private Identifiers() {}

    /**
     * Keys of a record, strongest kind first, each once. Our own code is not among them: it is looked up apart, and only the
     * machine gives codes out.
     *
     * @param sourceCustomerId the speaking system's own id
     */
    public static List<Identifier> of(
            String system, @Nullable String sourceCustomerId, NormalisedCustomer content, DirectoryPolicy policy) {
        var found = new ArrayList<Identifier>(4);
        if (sourceCustomerId != null && !system.equals(OWN_SYSTEM)) {
            found.add(Identifier.external(system, ExternalIdKind.CUSTOMER_ID.name(), sourceCustomerId));
        }
        List<SubmittedExternalId> ids = content.getExternalIds();
        for (int i = 0; i < ids.size(); i++) {
            SubmittedExternalId id = ids.get(i);
            if (id.getKind() != ExternalIdKind.LOYALTY_CARD) {
                add(found, Identifier.external(id.getSystem(), id.getKind().name(), id.getValue()));
            }
        }
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i).getKind() == ExternalIdKind.LOYALTY_CARD) {
                add(found, Identifier.card(ids.get(i).getValue()));
            }
        }
        SubmittedLoyalty loyalty = content.getLoyalty();
        if (loyalty != null && loyalty.getCard() != null) {
            add(found, Identifier.card(loyalty.getCard()));
        }
        List<HeldEmail> emails = content.getEmails();
        for (int i = 0; i < emails.size(); i++) {
            if (isKey(emails.get(i), policy)) {
                add(
                        found,
                        new Identifier(
                                IdentifierKind.EMAIL,
                                emails.get(i).getValue(),
                                emails.get(i).getQuality() == ContactQuality.ROLE));
            }
        }
        List<HeldPhone> phones = content.getPhones();
        for (int i = 0; i < phones.size(); i++) {
            if (isKey(phones.get(i), policy)) {
                add(found, new Identifier(IdentifierKind.PHONE, phones.get(i).getE164(), false));
            }
        }
        if (policy.match().looseEmails()) {
            addLoose(found);
        }
        return found;
    }

    private static void addLoose(List<Identifier> found) {
        for (int i = 0, n = found.size(); i < n; i++) {
            Identifier email = found.get(i);
            String loose = email.kind() == IdentifierKind.EMAIL ? Emails.loose(email.value()) : null;
            if (loose != null) {
                add(found, new Identifier(IdentifierKind.LOOSE_EMAIL, loose, false));
            }
        }
    }

    private static void add(List<Identifier> found, Identifier identifier) {
        if (!found.contains(identifier)) {
            found.add(identifier);
        }
    }

    static boolean isKey(HeldEmail email, DirectoryPolicy policy) {
        String value = email.getValue();
        if (value == null || (email.getQuality() != ContactQuality.OK && email.getQuality() != ContactQuality.ROLE)) {
            return false;
        }
        if (policy.ownEmails().isEmpty()) {
            return true;
        }
        int at = value.lastIndexOf('@');
        return !policy.ownEmails().contains(value)
                && (at < 0 || !policy.ownEmails().contains(value.substring(at)));
    }

    static boolean isKey(HeldPhone phone, DirectoryPolicy policy) {
        return Phones.isKey(phone) && !policy.ownPhones().contains(phone.getE164());
    }
}
