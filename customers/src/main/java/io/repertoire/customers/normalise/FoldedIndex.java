package io.repertoire.customers.normalise;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of names that are found whatever their case, accents, hyphens and apostrophes. Filled once, then only read. */
final class FoldedIndex {

    private final Map<String, String> entries = new HashMap<>();

    /** The first entry under a name stays. */
    void add(String name, String value) {
        entries.putIfAbsent(fold(name), value);
    }

    @Nullable
    String find(String name) {
        return name.length() > 80 ? null : entries.get(fold(name));
    }

    private static String fold(String name) {
        String s = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(s.length());
        boolean space = false;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                if (space && !out.isEmpty()) {
                    out.append(' ');
                }
                space = false;
                out.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK && c != '.') {
                space = true;
            }
        }
        return out.toString();
    }
}
