package io.repertoire.customers.golden;

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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Emails, phones and addresses accumulate (P28): each once, as its first source spelled it and its latest source describes it; one of each kind is elected primary,
 * the most recent of the best quality. Primary first, the others by value. At most {@value #MAX} of a kind.
 */
final class ContactPoints {

    static final int MAX = 100;

    private static final Comparator<Elected<?>> MOST_RECENT_FIRST =
            Comparator.<Elected<?>>comparingLong(e -> -e.last).thenComparing(e -> e.key);

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
        List<Elected<HeldEmail>> elected = elect(
                ContentField.EMAILS,
                HeldEmail::getValue,
                this::rank,
                email -> email.getLabel() != null,
                email -> false);
        var emails = new ArrayList<Email>(elected.size());
        for (Elected<HeldEmail> e : elected) {
            emails.add(new Email(
                    e.spelling.getRaw(),
                    e.value.getValue(),
                    e.primary,
                    e.labelled().getLabel(),
                    quality(e.value),
                    e.firstSeen(),
                    e.lastSeen(),
                    null,
                    e.source));
        }
        return emails;
    }

    List<Phone> phones() {
        List<Elected<HeldPhone>> elected = elect(
                ContentField.PHONES,
                ContactPoints::key,
                this::rank,
                phone -> phone.getLabel() != null,
                phone -> phone.getKind() == PhoneKind.MOBILE || phone.getKind() == PhoneKind.FIXED);
        var phones = new ArrayList<Phone>(elected.size());
        for (Elected<HeldPhone> e : elected) {
            phones.add(new Phone(
                    e.spelling.getRaw(),
                    e.value.getE164(),
                    e.value.getExt(),
                    e.value.getRegion(),
                    e.kinded().getKind(),
                    e.labelled().getLabel(),
                    e.primary,
                    quality(e.value),
                    e.firstSeen(),
                    e.lastSeen(),
                    validTo(e.value),
                    e.source));
        }
        return phones;
    }

    /** Each address is one block of one source: no line of one beside a city of another (P27). */
    List<Address> addresses() {
        Map<String, AddressType> types = types();
        List<Elected<SubmittedAddress>> elected = elect(
                ContentField.ADDRESSES,
                a -> key(a, types),
                a -> 0,
                a -> a.getLabel() != null,
                a -> a.getType() != AddressType.OTHER);
        var addresses = new ArrayList<Address>(elected.size());
        for (Elected<SubmittedAddress> e : elected) {
            SubmittedAddress a = e.value;
            addresses.add(new Address(
                    e.labelled().getLabel(),
                    e.kinded().getType(),
                    e.primary,
                    a.getLine1(),
                    a.getLine2(),
                    a.getLine3(),
                    a.getCity(),
                    a.getRegion(),
                    a.getPostalCode(),
                    a.getCountry(),
                    e.firstSeen(),
                    e.lastSeen(),
                    e.source));
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

    private interface KeyOf<T> {
        @Nullable
        String key(T value);
    }

    private interface RankOf<T> {
        int rank(T value);
    }

    /**
     * @param hasLabel what says how it is called, and
     * @param hasKind what says of which kind it is: a source that does not say so takes nothing back
     */
    private <T> List<Elected<T>> elect(
            ContentField field, KeyOf<T> keyOf, RankOf<T> rankOf, Predicate<T> hasLabel, Predicate<T> hasKind) {
        var found = new ArrayList<Elected<T>>(2);
        Map<String, Elected<T>> byKey = sources.size() > 4 ? new HashMap<>() : null;
        Elected<T> primary = null;
        for (int s = 0; s < sources.size(); s++) {
            @SuppressWarnings("unchecked")
            List<T> values = (List<T>) field.get(sources.content(s));
            if (values == null) {
                continue;
            }
            long at = sources.time(s, field.name()).getAt();
            for (int position = 0; position < values.size(); position++) {
                T value = values.get(position);
                String key = keyOf.key(value);
                if (key == null) {
                    continue;
                }
                Elected<T> held = byKey == null ? find(found, key) : byKey.get(key);
                if (held == null) {
                    held = new Elected<>(
                            key, value, s, position, at, sources.get(s).getSourceKey());
                    found.add(held);
                    if (byKey != null) {
                        byKey.put(key, held);
                    }
                } else {
                    held.again(value, s, position, at, field);
                }
                if (hasLabel.test(value)) {
                    held.label(value, s, field);
                }
                if (hasKind.test(value)) {
                    held.kind(value, s, field);
                }
            }
        }
        for (int i = 0; i < found.size(); i++) {
            Elected<T> e = found.get(i);
            e.rank = rankOf.rank(e.value);
            if (primary == null || goesFirst(e, primary, field)) {
                primary = e;
            }
        }
        if (primary != null) {
            primary.primary = true;
        }
        if (found.size() > MAX) {
            found.sort(
                    Comparator.<Elected<T>, Boolean>comparing(e -> !e.primary).thenComparing(MOST_RECENT_FIRST));
            found.subList(MAX, found.size()).clear();
        }
        if (found.size() > 1) {
            found.sort(
                    Comparator.<Elected<T>, Boolean>comparing(e -> !e.primary).thenComparing(e -> e.key));
        }
        return found;
    }

    private static <T> @Nullable Elected<T> find(List<Elected<T>> found, String key) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).key.equals(key)) {
                return found.get(i);
            }
        }
        return null;
    }

    private boolean goesFirst(Elected<?> a, Elected<?> b, ContentField field) {
        if (a.rank != b.rank) {
            return a.rank < b.rank;
        }
        boolean locked = sources.isLocked(a.index, field.name());
        if (locked != sources.isLocked(b.index, field.name())) {
            return locked;
        }
        if (locked && a.index != b.index) {
            // Of two set by hand the later one, however lately a source said the other.
            return sources.beats(a.index, b.index, field.name());
        }
        int byRank = Integer.compare(sources.rank(a.index), sources.rank(b.index));
        if (byRank != 0) {
            return byRank < 0;
        }
        if (a.last != b.last) {
            return a.last > b.last;
        }
        if (a.position != b.position) {
            return a.position < b.position;
        }
        return a.index == b.index ? a.key.compareTo(b.key) < 0 : sources.beats(a.index, b.index, field.name());
    }

    /** A contact point and its best source so far. */
    private final class Elected<T> {
        private final String key;
        private T value;
        private int index;
        private int position;
        private long first;
        private long last;
        private String source;
        /** As the source that said it first wrote it: saying the same again in other letters changes no image. */
        private T spelling;

        private int speller;
        private @Nullable T label;
        private int labeller;
        private @Nullable T kind;
        private int kinder;
        private int rank;
        private boolean primary;

        Elected(String key, T value, int index, int position, long at, String source) {
            this.key = key;
            this.value = value;
            this.index = index;
            this.position = position;
            this.first = at;
            this.last = at;
            this.source = source;
            this.spelling = value;
            this.speller = index;
        }

        void again(T value, int index, int position, long at, ContentField field) {
            // Said at the same time, the source that wins for everything else wins here too.
            boolean sameTime = at == first && index != speller && sources.beats(index, speller, field.name());
            if (at < first || sameTime) {
                spelling = value;
                speller = index;
            }
            first = Math.min(first, at);
            last = Math.max(last, at);
            if (index != this.index && sources.beats(index, this.index, field.name())) {
                this.value = value;
                this.index = index;
                this.position = position;
                this.source = sources.get(index).getSourceKey();
            }
        }

        void label(T said, int by, ContentField field) {
            if (label == null || (by != labeller && sources.beats(by, labeller, field.name()))) {
                label = said;
                labeller = by;
            }
        }

        void kind(T said, int by, ContentField field) {
            if (kind == null || (by != kinder && sources.beats(by, kinder, field.name()))) {
                kind = said;
                kinder = by;
            }
        }

        /** The best that has a label; any if none does. */
        T labelled() {
            return label == null ? value : label;
        }

        /** The best that says of which kind it is; any if none does. */
        T kinded() {
            return kind == null ? value : kind;
        }

        Instant firstSeen() {
            return Instant.ofEpochMilli(first);
        }

        Instant lastSeen() {
            return Instant.ofEpochMilli(last);
        }
    }
}
