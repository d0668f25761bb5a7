package io.repertoire.customers.golden;

import io.repertoire.customers.golden.Election.Elected;
import io.repertoire.schemas.Address;
import io.repertoire.schemas.AddressType;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.Email;
import io.repertoire.schemas.Phone;
import io.repertoire.schemas.PhoneKind;
import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.ReleasedContact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Emails, phones and addresses accumulate (P28): each once, as its first source spelled it and its latest source describes it; one of
 * each kind is primary.
 */
final class ContactPoints {

    private final Sources sources;
    private final BiPredicate<String, String> shared;
    private final Map<String, Long> released;

    /** @param shared asked with {@code email} or {@code phone} and the value: held by too many people (P4) */
    ContactPoints(Sources sources, BiPredicate<String, String> shared) {
        this.sources = sources;
        this.shared = shared;
        this.released = released(sources);
    }

    /** Numbers that every source which names them has lost to somebody else, and since when (P10). */
    private static Map<String, Long> released(Sources sources) {
        Map<String, Long> released = null;
        for (int i = 0; i < sources.size(); i++) {
            for (ReleasedContact contact : sources.get(i).getReleased()) {
                released = released == null ? new HashMap<>() : released;
                released.merge(contact.getIdentifier(), contact.getAt(), Math::max);
            }
        }
        if (released == null) {
            return Map.of();
        }
        for (int i = 0; i < sources.size(); i++) {
            List<ReleasedContact> lost = sources.get(i).getReleased();
            for (HeldPhone phone : sources.content(i).getPhones()) {
                String key = "phone/" + phone.getE164();
                if (lost.stream().noneMatch(contact -> contact.getIdentifier().equals(key))) {
                    released.remove(key);
                }
            }
        }
        return released;
    }

    private @Nullable Long releasedAt(HeldPhone phone) {
        return released.isEmpty() || phone.getE164() == null ? null : released.get("phone/" + phone.getE164());
    }

    List<Email> emails() {
        List<Elected<HeldEmail>> elected = Election.of(
                sources,
                ContentField.EMAILS,
                HeldEmail::getValue,
                this::rank,
                email -> email.getLabel() != null,
                email -> false);
        var emails = new ArrayList<Email>(elected.size());
        for (Elected<HeldEmail> e : elected) {
            emails.add(new Email(
                    e.spelling().getRaw(),
                    e.value().getValue(),
                    e.isPrimary(),
                    e.labelled().getLabel(),
                    quality(e.value()),
                    e.firstSeen(),
                    e.lastSeen(),
                    null,
                    e.source()));
        }
        return emails;
    }

    List<Phone> phones() {
        List<Elected<HeldPhone>> elected = Election.of(
                sources,
                ContentField.PHONES,
                ContactPoints::key,
                this::rank,
                phone -> phone.getLabel() != null,
                phone -> phone.getKind() == PhoneKind.MOBILE || phone.getKind() == PhoneKind.FIXED);
        var phones = new ArrayList<Phone>(elected.size());
        for (Elected<HeldPhone> e : elected) {
            phones.add(new Phone(
                    e.spelling().getRaw(),
                    e.value().getE164(),
                    e.value().getExt(),
                    e.value().getRegion(),
                    e.kinded().getKind(),
                    e.labelled().getLabel(),
                    e.isPrimary(),
                    quality(e.value()),
                    e.firstSeen(),
                    e.lastSeen(),
                    validTo(e.value()),
                    e.source()));
        }
        return phones;
    }

    /** Each address is one block of one source: no line of one beside a city of another (P27). */
    List<Address> addresses() {
        Map<String, AddressType> types = types();
        List<Elected<SubmittedAddress>> elected = Election.of(
                sources,
                ContentField.ADDRESSES,
                a -> key(a, types),
                a -> 0,
                a -> a.getLabel() != null,
                a -> a.getType() != AddressType.OTHER);
        var addresses = new ArrayList<Address>(elected.size());
        for (Elected<SubmittedAddress> e : elected) {
            SubmittedAddress a = e.value();
            addresses.add(new Address(
                    e.labelled().getLabel(),
                    e.kinded().getType(),
                    e.isPrimary(),
                    a.getLine1(),
                    a.getLine2(),
                    a.getLine3(),
                    a.getCity(),
                    a.getRegion(),
                    a.getPostalCode(),
                    a.getCountry(),
                    e.firstSeen(),
                    e.lastSeen(),
                    e.source()));
        }
        return addresses;
    }

    private ContactQuality quality(HeldEmail email) {
        boolean key = email.getQuality() == ContactQuality.OK || email.getQuality() == ContactQuality.ROLE;
        return key && shared.test("email", email.getValue()) ? ContactQuality.SHARED : email.getQuality();
    }

    private ContactQuality quality(HeldPhone phone) {
        return phone.getQuality() == ContactQuality.OK
                        && phone.getE164() != null
                        && shared.test("phone", phone.getE164())
                ? ContactQuality.SHARED
                : phone.getQuality();
    }

    private int rank(HeldEmail email) {
        return rank(quality(email));
    }

    private @Nullable Instant validTo(HeldPhone phone) {
        Long at = releasedAt(phone);
        return at == null ? null : Instant.ofEpochMilli(at);
    }

    /** What is somebody else's by now comes after everything that is not. */
    private int rank(HeldPhone phone) {
        return rank(quality(phone)) + (releasedAt(phone) == null ? 0 : 10);
    }

    private static int rank(ContactQuality quality) {
        return switch (quality) {
            case OK -> 0;
            case ROLE -> 1;
            case SHARED -> 2;
            case SYNTHETIC -> 3;
            case PLACEHOLDER -> 4;
            case INVALID -> 5;
        };
    }

    private static String key(HeldPhone phone) {
        String number = phone.getE164() == null ? "raw:" + phone.getRaw() : phone.getE164();
        return phone.getExt() == null ? number : number + ';' + phone.getExt();
    }

    /** What addresses are for, by their lines: one that a source names without saying what for is the same address. */
    private Map<String, AddressType> types() {
        boolean typed = false;
        boolean bare = false;
        for (int s = 0; s < sources.size(); s++) {
            for (SubmittedAddress a : sources.content(s).getAddresses()) {
                typed |= a.getType() != AddressType.OTHER;
                bare |= a.getType() == AddressType.OTHER;
            }
        }
        if (!typed || !bare) {
            return Map.of();
        }
        Map<String, AddressType> types = new HashMap<>();
        for (int s = 0; s < sources.size(); s++) {
            for (SubmittedAddress a : sources.content(s).getAddresses()) {
                if (a.getType() != AddressType.OTHER) {
                    types.merge(lines(a), a.getType(), (x, y) -> x.compareTo(y) <= 0 ? x : y);
                }
            }
        }
        return types;
    }

    private static String key(SubmittedAddress a, Map<String, AddressType> types) {
        String lines = lines(a);
        AddressType known = a.getType() == AddressType.OTHER ? types.get(lines) : null;
        return (known == null ? a.getType() : known).name() + lines;
    }

    /** Two spellings that differ by case and blanks only are one address. */
    private static String lines(SubmittedAddress a) {
        var key = new StringBuilder(64);
        append(key, a.getLine1());
        append(key, a.getLine2());
        append(key, a.getLine3());
        append(key, a.getCity());
        append(key, a.getRegion());
        append(key, a.getPostalCode());
        append(key, a.getCountry());
        return key.toString().toLowerCase(Locale.ROOT);
    }

    private static void append(StringBuilder key, @Nullable String part) {
        key.append('\u001f');
        if (part != null) {
            for (int i = 0; i < part.length(); i++) {
                if (part.charAt(i) != ' ') {
                    key.append(part.charAt(i));
                }
            }
        }
    }
}
