package io.repertoire.sink;

import java.text.Normalizer;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** What a person typed into a search, as patterns for {@code customer_search.haystack}; folded as {@code fold_text} folds. */
final class SearchText {

    private static final int FEWEST_PHONE_DIGITS = 4;

    private SearchText() {}

    /** One LIKE pattern for each word. */
    static String[] wordPatterns(String text) {
        StringTokenizer words = new StringTokenizer(fold(text));
        String[] patterns = new String[words.countTokens()];
        for (int i = 0; i < patterns.length; i++) {
            patterns[i] = '%' + escape(words.nextToken()) + '%';
        }
        return patterns;
    }

    /** A LIKE pattern for the digits, if the text can be a phone number; national prefix zeros are not part of E.164. */
    static @Nullable String phonePattern(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                if (c != '0' || digits.length() > 0) {
                    digits.append(c);
                }
            } else if (" .-()+/".indexOf(c) < 0) {
                return null;
            }
        }
        return digits.length() < FEWEST_PHONE_DIGITS ? null : '%' + digits.toString() + '%';
    }

    private static String fold(String text) {
        String decomposed = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            switch (c) {
                case 'œ' -> folded.append("oe");
                case 'æ' -> folded.append("ae");
                case 'ø' -> folded.append('o');
                default -> {
                    if (Character.getType(c) != Character.NON_SPACING_MARK) {
                        folded.append(c);
                    }
                }
            }
        }
        return folded.toString();
    }

    private static String escape(String word) {
        return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
