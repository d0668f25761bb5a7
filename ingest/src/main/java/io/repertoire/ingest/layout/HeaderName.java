package io.repertoire.ingest.layout;

import java.text.Normalizer;
import java.util.Locale;

/** Column names are compared without case, accents, spaces and punctuation: {@code E-mail}, {@code EMAIL}, {@code e_mail}. */
final class HeaderName {

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
}
