package io.repertoire.customers.normalise;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the postal codes of Canada, France and the United States as their post does, and gives back the zeros a spreadsheet has
 * eaten (RULES P24). Any other is left as it is, and nothing is refused.
 */
final class PostalCodes {

    private PostalCodes() {}

    /** @param country alpha-2; unknown: only a Canadian one is told by its shape */
    static String format(String clean, @Nullable String country) {
        String bare = bare(clean);
        if ((country == null || country.equals("CA")) && isCanadian(bare)) {
            return bare.substring(0, 3) + " " + bare.substring(3);
        }
        if (country == null) {
            return clean;
        }
        return switch (country) {
            case "FR" -> areDigits(bare) && (bare.length() == 4 || bare.length() == 5) ? padded(bare) : clean;
            case "US" -> american(bare, clean);
            default -> clean;
        };
    }

    private static String american(String bare, String clean) {
        if (!areDigits(bare)) {
            return clean;
        }
        return switch (bare.length()) {
            case 4, 5 -> padded(bare);
            case 9 -> bare.substring(0, 5) + "-" + bare.substring(5);
            default -> clean;
        };
    }

    private static String padded(String digits) {
        return digits.length() == 4 ? "0" + digits : digits;
    }

    private static String bare(String clean) {
        String repaired = Spreadsheet.repair(clean);
        StringBuilder out = new StringBuilder(repaired.length());
        for (int i = 0; i < repaired.length(); i++) {
            char c = repaired.charAt(i);
            if (c != ' ' && c != '-') {
                out.append(c);
            }
        }
        return out.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean isCanadian(String s) {
        if (s.length() != 6) {
            return false;
        }
        for (int i = 0; i < 6; i++) {
            char c = s.charAt(i);
            if (i % 2 == 0 ? c < 'A' || c > 'Z' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean areDigits(String s) {
        for (int i = 0; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return !s.isEmpty();
    }
}
