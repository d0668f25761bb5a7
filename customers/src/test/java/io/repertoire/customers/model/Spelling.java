package io.repertoire.customers.model;

import java.text.Normalizer;
import java.util.Locale;

/** Of two spellings of one word, which one is shown (P21). */
final class Spelling {

    private Spelling() {}

    static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}", "")
                .toLowerCase(Locale.ROOT);
    }

    /** More accents before fewer, mixed case before one case. */
    static int worth(String text) {
        int accents = Normalizer.normalize(text, Normalizer.Form.NFD).length()
                - fold(text).length();
        boolean mixed = !text.equals(text.toUpperCase(Locale.ROOT)) && !text.equals(text.toLowerCase(Locale.ROOT));
        return 2 * accents + (mixed ? 1 : 0);
    }
}
