package io.repertoire.customers.contact;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands around a number in a cell. */
final class PhoneText {

    private static final Pattern FRENCH_EXTENSION =
            Pattern.compile("(?i)[\\s,;]*\\b(?:poste|pst|p\\.)\\s*[:#.]?\\s*(?=\\d{1,7}$)");

    private PhoneText() {}

    /** Without Excel's apostrophe or {@code ="…"}; "poste 12" as the library reads it. */
    static String unwrap(String clean) {
        String s = clean;
        if (s.startsWith("=\"") && s.endsWith("\"") && s.length() > 3) {
            s = s.substring(2, s.length() - 1);
        }
        int from = 0;
        while (from < s.length() - 1 && (s.charAt(from) == '\'' || s.charAt(from) == '’' || s.charAt(from) == '"')) {
            from++;
        }
        s = s.substring(from).strip();
        Matcher extension = FRENCH_EXTENSION.matcher(s);
        return extension.find() ? extension.replaceFirst(" ext. ") : s;
    }

    /** {@code 514 555-1234 (maison)}: what stands before the first letter or bracketed word; null if there is none. */
    static @Nullable String beforeWords(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (Character.isLetter(s.charAt(i))) {
                String leading = s.substring(0, i).strip();
                return leading.length() < 7 ? null : leading;
            }
        }
        return null;
    }
}
