package io.repertoire.customers.contact;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one address without white space into its normalised form: NFC, domain in its ASCII form (IDNA), all in lower case.
 *
 * <p>Accepted is what can be delivered over the internet: a dot-separated local part of at most 64 characters and a domain name
 * of two labels or more that ends in a top-level domain of two letters or more, 254 characters in all. Refused although some RFC
 * allows them: quoted local parts, address literals, comments, a host without a dot ({@code test@io}), a top-level domain with
 * digits. Whether a domain exists is not asked: lists of them grow old, and a mail server may be down. That is also why this is
 * not commons-validator, which knows a fixed list of top-level domains and takes what isemail calls an error in quotes; it is
 * the second opinion of the tests.
 */
final class EmailSyntax {

    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final String ALSO_IN_LOCALS = "!#$%&'*+/=?^_`{|}~-";
    private static final boolean[] LOCAL = new boolean[128];

    static {
        for (char c = 0; c < 128; c++) {
            LOCAL[c] = isLowerOrDigit(c) || (c >= 'A' && c <= 'Z') || ALSO_IN_LOCALS.indexOf(c) >= 0;
        }
    }

    private EmailSyntax() {}

    /** Null if it is not an address. */
    static @Nullable String normalise(String address) {
        if (address.length() > 2 * LONGEST) {
            return null;
        }
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) >= 0x80) {
                return normaliseUnicode(address);
            }
        }
        return check(address.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String normaliseUnicode(String address) {
        String lower = Normalizer.normalize(
                Normalizer.normalize(address, Normalizer.Form.NFC).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        int at = lower.lastIndexOf('@');
        if (at < 1) {
            return null;
        }
        String domain = asciiDomain(lower.substring(at + 1));
        return domain == null ? null : check(lower.substring(0, at + 1) + domain);
    }

    private static @Nullable String asciiDomain(String domain) {
        for (int i = 0; i < domain.length(); ) {
            int cp = domain.codePointAt(i);
            // The older IDNA that the JDK speaks would also let symbols through.
            if (cp >= 0x80 && !isWordCharacter(cp) && cp != '。' && cp != '．') {
                return null;
            }
            i += Character.charCount(cp);
        }
        try {
            return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static @Nullable String check(String address) {
        int at = address.lastIndexOf('@');
        boolean valid = at > 0
                && address.length() <= LONGEST
                && at <= LONGEST_LOCAL
                && isDotted(address, at)
                && isDomain(address, at + 1);
        return valid ? address : null;
    }

    private static boolean isDotted(String s, int end) {
        boolean dot = true;
        for (int i = 0; i < end; ) {
            int c = s.codePointAt(i);
            if (c == '.') {
                if (dot) {
                    return false;
                }
                dot = true;
            } else if (c < 128 ? LOCAL[c] : isWordCharacter(c)) {
                dot = false;
            } else {
                return false;
            }
            i += Character.charCount(c);
        }
        return !dot;
    }

    /** Letters, digits and hyphens in labels of 63 at most; the last one a top-level domain. */
    private static boolean isDomain(String s, int from) {
        int label = from;
        int labels = 0;
        int n = s.length();
        for (int i = from; i <= n; i++) {
            char c = i < n ? s.charAt(i) : '.';
            if (c == '.') {
                if (i == label || i - label > 63 || s.charAt(label) == '-' || s.charAt(i - 1) == '-') {
                    return false;
                }
                labels++;
                if (i < n) {
                    label = i + 1;
                }
            } else if (!isLowerOrDigit(c) && c != '-') {
                return false;
            }
        }
        return labels > 1 && isTopLevel(s, label);
    }

    private static boolean isTopLevel(String s, int from) {
        if (s.startsWith("xn--", from)) {
            return s.length() - from > 4;
        }
        for (int i = from; i < s.length(); i++) {
            if (s.charAt(i) < 'a' || s.charAt(i) > 'z') {
                return false;
            }
        }
        return s.length() - from >= 2;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static boolean isWordCharacter(int cp) {
        int type = Character.getType(cp);
        return Character.isLetterOrDigit(cp)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
