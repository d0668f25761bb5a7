package io.repertoire.ingest.layout;

import java.text.Normalizer;
import java.util.Locale;

/** Column names are compared without case, accents, spaces and punctuation: {@code E-mail}, {@code EMAIL}, {@code e_mail}. */
final class HeaderName {

    /** Between a name and which of the columns of that name is meant; no key holds it. */
    private static final char OCCURRENCE = '#';

    private HeaderName() {}

    static String key(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var key = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == 'œ') {
                key.append("oe");
            } else if (Character.isLetterOrDigit(c)) {
                key.append(c);
            }
        }
        return key.toString();
    }

    /** The key of a name as a layout file has it: {@code Ville#2} is the second column called {@code Ville}. */
    static String keyInLayout(String name) {
        int at = name.lastIndexOf(OCCURRENCE);
        return at > 0 && name.substring(at + 1).matches("[2-9]")
                ? occurrence(key(name.substring(0, at)), name.charAt(at + 1) - '0')
                : key(name);
    }

    /** @param number from 1, counted from the left */
    static String occurrence(String key, int number) {
        return number == 1 ? key : key + OCCURRENCE + number;
    }
}
