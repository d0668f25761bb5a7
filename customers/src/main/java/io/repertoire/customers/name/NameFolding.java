package io.repertoire.customers.name;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reduces a name to lower-case tokens without accents: NFKD, marks stripped, ligatures written out, everything but letters and
 * digits a separator, courtesy titles dropped.
 */
final class NameFolding {

    private static final Set<String> TITLES = Set.of(
            "m",
            "mr",
            "mrs",
            "ms",
            "mx",
            "miss",
            "mme",
            "mmes",
            "mlle",
            "mlles",
            "mm",
            "dr",
            "dre",
            "drs",
            "prof",
            "pr",
            "me",
            "mtre",
            "maitre",
            "monsieur",
            "madame",
            "mademoiselle",
            "messieurs",
            "mesdames",
            "docteur",
            "docteure",
            "doctor",
            "mister",
            "sir");

    /** M. et Mme. */
    private static final Set<String> BETWEEN_TITLES = Set.of("et", "and", "ou");

    private NameFolding() {}

    static List<String> tokens(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return List.of();
        }
        List<String> tokens = isAscii(name) ? asciiTokens(name) : otherTokens(name);
        // A title is dropped only where a name is left: "M" alone is an initial.
        boolean titled = false;
        while (tokens.size() > 1
                && (TITLES.contains(tokens.get(0)) || (titled && BETWEEN_TITLES.contains(tokens.get(0))))) {
            tokens.remove(0);
            titled = true;
        }
        for (int i = 0; i < tokens.size() - 1; i++) {
            if (tokens.get(i).equals("st")) {
                tokens.set(i, "saint");
            } else if (tokens.get(i).equals("ste")) {
                tokens.set(i, "sainte");
            }
        }
        return tokens;
    }

    private static boolean isAscii(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static List<String> asciiTokens(String s) {
        List<String> tokens = new ArrayList<>(2);
        int n = s.length();
        char[] folded = new char[n];
        int start = 0;
        for (int i = 0; i <= n; i++) {
            char c = i < n ? s.charAt(i) : ' ';
            if (c >= 'A' && c <= 'Z') {
                folded[i] = (char) (c + 32);
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                folded[i] = c;
            } else {
                if (i > start) {
                    tokens.add(new String(folded, start, i - start));
                }
                start = i + 1;
            }
        }
        return tokens;
    }

    private static List<String> otherTokens(String s) {
        // Twice: lower-casing may compose marks (İ) and decomposing may give capitals (™).
        String decomposed = Normalizer.normalize(
                Normalizer.normalize(s, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT), Normalizer.Form.NFKD);
        List<String> tokens = new ArrayList<>(3);
        StringBuilder token = new StringBuilder(decomposed.length());
        int i = 0;
        while (i < decomposed.length()) {
            int cp = decomposed.codePointAt(i);
            i += Character.charCount(cp);
            if (isMark(cp) || Character.getType(cp) == Character.FORMAT) {
                continue;
            }
            if (Character.isLetterOrDigit(cp)) {
                appendFolded(token, cp);
            } else if (!token.isEmpty()) {
                tokens.add(token.toString());
                token.setLength(0);
            }
        }
        if (!token.isEmpty()) {
            tokens.add(token.toString());
        }
        return tokens;
    }

    /** Letters that NFKD leaves whole although people also write them in plain ones. */
    private static void appendFolded(StringBuilder out, int cp) {
        switch (cp) {
            case 'œ' -> out.append("oe");
            case 'æ' -> out.append("ae");
            case 'ß' -> out.append("ss");
            case 'ø' -> out.append('o');
            case 'ł' -> out.append('l');
            case 'đ' -> out.append('d');
            case 'ı' -> out.append('i');
            case 'ς' -> out.append('σ');
            default -> out.appendCodePoint(cp);
        }
    }

    private static boolean isMark(int cp) {
        int type = Character.getType(cp);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
