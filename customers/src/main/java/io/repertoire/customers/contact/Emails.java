package io.repertoire.customers.contact;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.text.CleanText;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.state.HeldEmail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads email addresses for writing and for looking up alike (RULES P1, P2, P7, P15, P16). Dots and {@code +tags} are part of an
 * address. Thread-safe.
 */
public final class Emails {

    private static final int LONGEST_RAW = 320;
    /** RFC 2606 and 6761: never anybody's mailbox on the internet. */
    private static final Set<String> RESERVED_DOMAINS = Set.of("example.com", "example.net", "example.org");

    private static final Set<String> RESERVED_TLDS =
            Set.of("test", "example", "invalid", "localhost", "local", "onion", "internal");

    private final BlockList blockList;

    public Emails(BlockList blockList) {
        this.blockList = blockList;
    }

    /**
     * One address of a cell.
     *
     * @param email never without its raw text; value null if it is not an address
     * @param problem what to tell, if anything
     * @param phoneDigits of a SYNTHETIC address, the number it was made from
     */
    public record Reading(
            HeldEmail email,
            @Nullable ProblemCode problem,
            @Nullable String phoneDigits) {

        /** Whether it says who somebody is: neither invalid, nor a filler, nor made up. */
        public boolean usable() {
            return isUsable(email.getQuality());
        }
    }

    /**
     * @param cell one address, or several parted by {@code ;}, {@code ,} or white space, or {@code Name <address>}; the first is
     *     primary
     * @return in the order of the cell, without repetition; empty if the cell says nothing or is {@link CleanText#CLEAR}
     */
    public List<Reading> read(@Nullable String cell) {
        return read(cell, blockList);
    }

    /** @param own what a directory blocks besides the list this was made with */
    public List<Reading> read(@Nullable String cell, BlockList own) {
        String clean = CleanText.line(cell);
        if (clean == null || cell == null || clean.equals(CleanText.CLEAR)) {
            return List.of();
        }
        // A line break or another control character at an address is damage,
        // not a separator (isemail: CR_NO_LF, FWS_CRLF_END).
        if (holdsControl(cell)) {
            return List.of(invalid(clean));
        }
        if (!holdsSeparator(clean)) {
            return List.of(one(clean, own));
        }
        List<String> parts = split(clean);
        if (parts.stream().anyMatch(Emails::isDamage)) {
            return List.of(invalid(clean));
        }
        List<Reading> readings = new ArrayList<>(parts.size());
        boolean anyValid = false;
        for (String part : parts) {
            Reading reading = one(part, own);
            anyValid |= reading.email().getValue() != null;
            if (readings.stream().noneMatch(r -> sameAddress(r.email(), reading.email()))) {
                readings.add(reading);
            }
        }
        return anyValid ? readings : List.of(invalid(clean));
    }

    /** The form in which one address is looked up; null if it is not an address. */
    public static @Nullable String key(@Nullable String address) {
        String clean = CleanText.line(address);
        return clean == null ? null : EmailSyntax.normalise(unwrap(clean));
    }

    /**
     * What one mailbox of Gmail is written as in all its spellings: without dots and {@code +tag}, googlemail as gmail (RULES P15).
     * Never an identity and never an address to write to: two people may be asked about because of it, no more.
     *
     * @param value normalised
     * @return null if its provider does not treat them as one
     */
    public static @Nullable String loose(String value) {
        int at = value.lastIndexOf('@');
        String domain = value.substring(at + 1);
        if (at < 1 || !(domain.equals("gmail.com") || domain.equals("googlemail.com"))) {
            return null;
        }
        int tag = value.indexOf('+');
        String local = value.substring(0, tag > 0 && tag < at ? tag : at).replace(".", "");
        return local.isEmpty() ? null : local + "@gmail.com";
    }

    /** Whether two records that hold it may be taken for one person's: an address of its own and not an office's. */
    public static boolean isKey(HeldEmail email) {
        return email.getValue() != null && email.getQuality() == ContactQuality.OK;
    }

    /** Whether it counts as a way to know somebody: neither invalid, nor a filler, nor made up. */
    public static boolean isUsable(ContactQuality quality) {
        return quality == ContactQuality.OK || quality == ContactQuality.ROLE || quality == ContactQuality.SHARED;
    }

    /**
     * Whether mail to this domain can arrive anywhere. Reserved domains match like any other, so that test data behaves, and
     * must never reach marketing (RULES P1).
     *
     * @param value normalised
     */
    public static boolean isReserved(String value) {
        String domain = value.substring(value.lastIndexOf('@') + 1);
        for (String reserved : RESERVED_DOMAINS) {
            if (domain.endsWith(reserved)
                    && (domain.length() == reserved.length()
                            || domain.charAt(domain.length() - reserved.length() - 1) == '.')) {
                return true;
            }
        }
        return RESERVED_TLDS.contains(domain.substring(domain.lastIndexOf('.') + 1));
    }

    private Reading one(String part, BlockList own) {
        String value = EmailSyntax.normalise(unwrap(part));
        if (value == null) {
            return invalid(part);
        }
        int at = value.lastIndexOf('@');
        String local = value.substring(0, at);
        String domain = value.substring(at + 1);
        if (isPhoneLike(local) && (blockList.isSyntheticDomain(domain) || own.isSyntheticDomain(domain))) {
            return new Reading(held(part, value, ContactQuality.SYNTHETIC), ProblemCode.EMAIL_SYNTHETIC, local);
        }
        if (blockList.isPlaceholderEmail(value, at) || isBlocked(own, value, at)) {
            return new Reading(held(part, value, ContactQuality.PLACEHOLDER), ProblemCode.EMAIL_PLACEHOLDER, null);
        }
        return new Reading(
                held(
                        part,
                        value,
                        blockList.isRole(local) || own.isRole(local) ? ContactQuality.ROLE : ContactQuality.OK),
                null,
                null);
    }

    private boolean isBlocked(BlockList own, String value, int at) {
        return own != blockList && !own.isEmpty() && own.isPlaceholderEmail(value, at);
    }

    private static Reading invalid(String raw) {
        return new Reading(held(raw, null, ContactQuality.INVALID), ProblemCode.EMAIL_INVALID, null);
    }

    private static HeldEmail held(String raw, @Nullable String value, ContactQuality quality) {
        return new HeldEmail(CleanText.cut(raw, LONGEST_RAW), value, null, quality);
    }

    private static boolean sameAddress(HeldEmail a, HeldEmail b) {
        String value = a.getValue();
        return value != null ? value.equals(b.getValue()) : a.getRaw().equals(b.getRaw());
    }

    private static boolean isPhoneLike(String local) {
        for (int i = 0; i < local.length(); i++) {
            if (local.charAt(i) < '0' || local.charAt(i) > '9') {
                return false;
            }
        }
        return local.length() >= 7 && local.length() <= 15;
    }

    private static boolean holdsControl(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c != '\t' && Character.isISOControl(c)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsSeparator(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (isSeparator(s.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == ';' || c == ',';
    }

    private static List<String> split(String clean) {
        List<String> parts = new ArrayList<>(2);
        if (clean.indexOf('<') >= 0) {
            // "Name <address>, Name <address>": only what is in brackets is an address.
            for (int from = clean.indexOf('<'); from >= 0; from = clean.indexOf('<', from + 1)) {
                int to = clean.indexOf('>', from);
                if (to > from + 1) {
                    parts.add(clean.substring(from + 1, to).strip());
                }
            }
            return parts;
        }
        int start = 0;
        for (int i = 0; i <= clean.length(); i++) {
            if (i == clean.length() || isSeparator(clean.charAt(i))) {
                String part = clean.substring(start, i);
                // A dash or a slash between two addresses is a separator too.
                if (!isPunctuation(part)) {
                    parts.add(part);
                }
                start = i + 1;
            }
        }
        return parts;
    }

    private static boolean isPunctuation(String part) {
        return part.chars().allMatch(c -> c < 0x80 && !Character.isLetterOrDigit(c));
    }

    /** Symbols and nothing else: what control characters look like once a program has drawn them. */
    private static boolean isDamage(String part) {
        return part.codePoints().noneMatch(Character::isLetterOrDigit);
    }

    /** Takes off what programs and people put around an address: {@code mailto:}, {@code <>}, quotes, Excel's apostrophe. */
    private static String unwrap(String s) {
        if (s.isEmpty()) {
            return s;
        }
        char first = s.charAt(0);
        if (s.length() > 2 && closes(first, s.charAt(s.length() - 1))) {
            return unwrap(s.substring(1, s.length() - 1).strip());
        }
        if (first == '\'' && s.length() > 1) {
            return unwrap(s.substring(1));
        }
        if (s.length() > 7
                && (first == 'm' || first == 'M')
                && s.substring(0, 7).toLowerCase(Locale.ROOT).equals("mailto:")) {
            int query = s.indexOf('?', s.indexOf('@') + 1);
            return unwrap(s.substring(7, query < 0 ? s.length() : query).strip());
        }
        return s;
    }

    private static boolean closes(char open, char close) {
        return (open == '<' && close == '>')
                || (open == '"' && close == '"')
                || (open == '\'' && close == '\'')
                || (open == '«' && close == '»')
                || (open == '“' && close == '”')
                || (open == '‘' && close == '’');
    }
}
