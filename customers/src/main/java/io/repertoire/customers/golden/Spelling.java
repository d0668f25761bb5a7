package io.repertoire.customers.golden;

import java.text.Normalizer;
import java.util.Locale;

/** Which of two spellings of one word carries more information (P21). */
final class Spelling {

    private Spelling() {}

    /** Without case and accents. */
    static String fold(String text) {
        return withoutMarks(text).toLowerCase(Locale.ROOT);
    }

    /** More accents; else mixed case rather than capitals or small letters alone; else, to have one answer, the smaller. */
    static boolean isBetter(String a, String b) {
        int marks = Integer.compare(marks(a), marks(b));
        if (marks != 0) {
            return marks > 0;
        }
        if (isMixed(a) != isMixed(b)) {
            return isMixed(a);
        }
        return false;
    }

    private static boolean isMixed(String text) {
        return !text.equals(text.toUpperCase(Locale.ROOT)) && !text.equals(text.toLowerCase(Locale.ROOT));
    }

    private static int marks(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD).length()
                - withoutMarks(text).length();
    }

    private static String withoutMarks(String text) {
        String parts = Normalizer.normalize(text, Normalizer.Form.NFKD);
        var out = new StringBuilder(parts.length());
        for (int i = 0; i < parts.length(); i++) {
            if (Character.getType(parts.charAt(i)) != Character.NON_SPACING_MARK) {
                out.append(parts.charAt(i));
            }
        }
        return out.toString();
    }
}
