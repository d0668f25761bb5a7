package io.repertoire.customers.normalise;

import io.repertoire.customers.contact.Phones;

/** Undoes what a spreadsheet does to identifiers (RULES P19). */
final class Spreadsheet {

    private Spreadsheet() {}

    /** Without the apostrophe that makes a number a text, {@code ="…"}, and the {@code .0} that makes an integer a decimal. */
    static String repair(String clean) {
        String s = clean;
        if (s.length() > 3 && s.startsWith("=\"") && s.endsWith("\"")) {
            s = s.substring(2, s.length() - 1);
        }
        while (s.length() > 1 && s.charAt(0) == '\'') {
            s = s.substring(1);
        }
        if (s.length() > 2 && (s.endsWith(".0") || s.endsWith(",0")) && areDigits(s, s.length() - 2)) {
            s = s.substring(0, s.length() - 2);
        }
        String trimmed = s.strip();
        return trimmed.isEmpty() ? clean : trimmed;
    }

    static boolean isScientific(String clean) {
        // "5E10" may well be an identifier; a spreadsheet always writes the point or the sign.
        return Phones.isScientific(clean)
                && (clean.indexOf('+') > 0 || clean.indexOf('.') > 0 || clean.indexOf(',') > 0);
    }

    private static boolean areDigits(String s, int to) {
        for (int i = 0; i < to; i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
