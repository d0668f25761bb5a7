package io.repertoire.customers.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** What a spreadsheet makes of an identifier so that it is another one (RULES P19). */
public final class SpreadsheetDamage {

    /** As many digits as a spreadsheet keeps of a number. */
    private static final int KEPT_DIGITS = 15;

    /** Shorter ones may well end in a zero or two by themselves. */
    private static final int FEWEST_DIGITS = 18;

    private static final int LONGEST_DATE = 12;

    private static final Set<String> MONTHS = Set.of(
            "jan", "janv", "feb", "fev", "fevr", "mar", "mars", "apr", "avr", "may", "mai", "jun", "juin", "jul",
            "juil", "aug", "aou", "aout", "sep", "sept", "oct", "nov", "dec");

    private SpreadsheetDamage() {}

    /** {@code 05-Jan}, {@code janv-05}, {@code 1-févr.-12}: it was {@code 1-5} or {@code JAN05} once. */
    public static boolean isDate(String value) {
        if (value.length() > LONGEST_DATE || value.indexOf('-') < 0) {
            return false;
        }
        int months = 0;
        int numbers = 0;
        for (String part : value.split("-", -1)) {
            if (isNumber(part)) {
                numbers++;
            } else if (isMonth(part)) {
                months++;
            } else {
                return false;
            }
        }
        return months == 1 && numbers >= 1;
    }

    /** A number of eighteen digits and more of which nothing is left after the fifteenth. */
    public static boolean isRounded(String value) {
        if (value.length() < FEWEST_DIGITS || !value.endsWith("000")) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9' || (i >= KEPT_DIGITS && c != '0')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String part) {
        if (part.isEmpty() || part.length() > 4) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean isMonth(String part) {
        String word = part.endsWith(".") ? part.substring(0, part.length() - 1) : part;
        return MONTHS.contains(Normalizer.normalize(word, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT));
    }
}
