package io.repertoire.customers.golden;

import io.repertoire.schemas.Account;
import io.repertoire.schemas.Address;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.Consent;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.ExternalId;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.Reverify;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an image looks like, without version, times, provenance, source records and activity (DESIGN §8): one short hash per field
 * that is set. Two images are the same when their fingerprints are, and fingerprints tell which fields differ, so nobody has to
 * keep or recompute the earlier image.
 */
public final class Fingerprint {

    /** A field's place is its number in stored fingerprints: only ever append. */
    private static final List<String> FIELDS = List.of(
            "status",
            "merged_into",
            "merged_ids",
            "code",
            "type",
            "title",
            "given_name",
            "family_name",
            "display_name",
            "company_name",
            "job_title",
            "preferred_language",
            "birth_date",
            "emails",
            "phones",
            "addresses",
            "external_ids",
            "consents",
            "receipt_by_email",
            "reverify",
            "groups",
            "tags",
            "notes",
            "attributes",
            "tax_ids",
            "accounts",
            "relations",
            "loyalty",
            "commerce",
            "cards_on_file",
            "quality",
            "retention_hold");

    private static final int HASH_BYTES = 6;
    private static final int ENTRY_BYTES = 1 + HASH_BYTES;
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private final byte[] bytes = new byte[FIELDS.size() * ENTRY_BYTES];
    private int length;
    private int next;
    private long hash = OFFSET;
    private boolean set;

    private Fingerprint() {}

    /** Every field that counts. */
    static List<String> fields() {
        return FIELDS;
    }

    public static ByteBuffer of(Customer image) {
        var f = new Fingerprint();
        f.text(image.getStatus().name()).end();
        f.text(image.getMergedInto()).end();
        f.texts(image.getMergedIds()).end();
        f.text(image.getCode()).end();
        f.text(image.getType().name()).end();
        f.text(image.getTitle()).end();
        f.text(image.getGivenName()).end();
        f.text(image.getFamilyName()).end();
        f.text(image.getDisplayName()).end();
        f.text(image.getCompanyName()).end();
        f.text(image.getJobTitle()).end();
        f.text(image.getPreferredLanguage()).end();
        f.text(image.getBirthDate()).end();
        for (Email e : image.getEmails()) {
            f.text(e.getRaw()).text(e.getValue()).flag(e.getPrimary()).text(e.getLabel());
            f.text(e.getQuality().name());
        }
        f.end();
        for (Phone p : image.getPhones()) {
            f.text(p.getRaw()).text(p.getE164()).text(p.getExt()).text(p.getRegion());
            f.text(p.getKind().name()).text(p.getLabel()).flag(p.getPrimary());
            f.text(p.getQuality().name());
            if (p.getValidTo() != null) {
                f.value(p.getValidTo());
            }
        }
        f.end();
        for (Address a : image.getAddresses()) {
            f.text(a.getLabel()).text(a.getType().name()).flag(a.getPrimary());
            f.text(a.getLine1()).text(a.getLine2()).text(a.getLine3());
            f.text(a.getCity()).text(a.getRegion()).text(a.getPostalCode()).text(a.getCountry());
        }
        f.end();
        for (ExternalId id : image.getExternalIds()) {
            f.text(id.getSystem()).text(id.getKind().name()).text(id.getValue());
        }
        f.end();
        for (Consent c : image.getConsents()) {
            f.text(c.getContactValue()).text(c.getChannel().name());
            f.text(c.getPurpose().name()).text(c.getStatus().name());
            f.text(c.getBasis().name()).value(c.getExpiresAt()).text(c.getEvidenceRef());
        }
        f.end();
        f.value(image.getReceiptByEmail()).end();
        for (Reverify r : image.getReverify()) {
            f.text(r.getField()).text(r.getReason());
        }
        f.end();
        for (GroupMembership g : image.getGroups()) {
            f.text(g.getName());
        }
        f.end();
        f.texts(image.getTags()).end();
        f.text(image.getNotes()).end();
        f.map(image.getAttributes()).end();
        if (image.getTaxIds() != null) {
            f.text(image.getTaxIds().getVat()).text(image.getTaxIds().getSiret());
            f.text(image.getTaxIds().getNaf());
        }
        f.end();
        for (Account a : image.getAccounts()) {
            f.text(a.getSystem()).text(a.getNumber()).value(a.getBalance()).value(a.getCreditAccount());
            f.value(a.getCreditLimit()).value(a.getTermsDays()).value(a.getDiscount());
        }
        f.end();
        for (Relation r : image.getRelations()) {
            f.text(r.getCustomerId()).text(r.getKind().name());
        }
        f.end();
        if (image.getLoyalty() != null) {
            var l = image.getLoyalty();
            f.texts(l.getCards()).value(l.getPointsBalance()).value(l.getThreshold());
            f.value(l.getReachBy()).text(l.getSubscriptionCard()).value(l.getSubscriptionExpiry());
        }
        f.end();
        if (image.getCommerce() != null) {
            var c = image.getCommerce();
            f.text(c.getPriceCode())
                    .text(c.getTaxZone())
                    .value(c.getPromotion())
                    .value(c.getExportSale());
            f.value(c.getAutomaticInvoice()).text(c.getStatus()).text(c.getFamily());
            f.text(c.getPartnerName());
        }
        f.end();
        for (CardOnFile c : image.getCardsOnFile()) {
            f.text(c.getToken()).text(c.getBrand()).text(c.getLast4()).text(c.getExpiry());
            f.text(c.getAuthorisation());
        }
        f.end();
        if (image.getQuality() != null) {
            f.value(image.getQuality().getScore()).texts(image.getQuality().getFlags());
        }
        f.end();
        f.value(image.getRetentionHold() ? Boolean.TRUE : null).end();
        return ByteBuffer.wrap(f.bytes, 0, f.length).slice();
    }

    /** Names of the fields in which two images differ, in the contract's order. */
    public static List<String> difference(ByteBuffer before, ByteBuffer after) {
        var changed = new ArrayList<String>();
        ByteBuffer a = before.duplicate();
        ByteBuffer b = after.duplicate();
        int i = a.position();
        int j = b.position();
        while (i < a.limit() || j < b.limit()) {
            int x = i < a.limit() ? a.get(i) : Integer.MAX_VALUE;
            int y = j < b.limit() ? b.get(j) : Integer.MAX_VALUE;
            int field = Math.min(x, y);
            if (x != y || !sameHash(a, i, b, j)) {
                changed.add(field < FIELDS.size() ? FIELDS.get(field) : "other");
            }
            i += x == field ? ENTRY_BYTES : 0;
            j += y == field ? ENTRY_BYTES : 0;
        }
        return changed;
    }

    private static boolean sameHash(ByteBuffer a, int i, ByteBuffer b, int j) {
        for (int k = 1; k < ENTRY_BYTES; k++) {
            if (a.get(i + k) != b.get(j + k)) {
                return false;
            }
        }
        return true;
    }

    private void end() {
        if (set) {
            long mixed = hash;
            mixed ^= mixed >>> 33;
            mixed *= 0xff51afd7ed558ccdL;
            mixed ^= mixed >>> 33;
            mixed *= 0xc4ceb9fe1a85ec53L;
            mixed ^= mixed >>> 33;
            bytes[length++] = (byte) next;
            for (int i = 0; i < HASH_BYTES; i++) {
                bytes[length++] = (byte) (mixed >>> (8 * i));
            }
        }
        next++;
        hash = OFFSET;
        set = false;
    }

    private Fingerprint text(@Nullable String value) {
        if (value == null) {
            return add(1);
        }
        set = true;
        long h = hash;
        for (int i = 0; i < value.length(); i++) {
            h = (h ^ value.charAt(i)) * PRIME;
        }
        hash = h;
        return add(0x10000L + value.length());
    }

    private Fingerprint flag(boolean value) {
        set = true;
        return add(value ? 3 : 2);
    }

    private Fingerprint value(@Nullable Object value) {
        return text(value == null ? null : value.toString());
    }

    private Fingerprint texts(List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            text(values.get(i));
        }
        return add(values.size());
    }

    /** Maps come back from the state in another order than they were made in. */
    private Fingerprint map(Map<String, String> values) {
        if (values.isEmpty()) {
            return this;
        }
        Map<String, String> sorted = values.size() == 1 ? values : new TreeMap<>(values);
        for (Map.Entry<String, String> e : sorted.entrySet()) {
            text(e.getKey()).text(e.getValue());
        }
        return this;
    }

    private Fingerprint add(long value) {
        hash = (hash ^ value) * PRIME;
        return this;
    }
}
