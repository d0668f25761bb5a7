package io.repertoire.customers.normalise;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SIRET, VAT and NAF numbers. */
final class TaxNumbers {

    private static final String LA_POSTE = "356000000";

    private TaxNumbers() {}

    /** 14 digits that pass Luhn's check; La Poste's shops have a sum of digits that five divides. */
    static @Nullable String siret(String clean) {
        String s = bare(clean);
        if (s.length() != 14 || !areDigits(s, 0)) {
            return null;
        }
        boolean valid = checksOut(s)
                || (s.startsWith(LA_POSTE) && s.chars().map(c -> c - '0').sum() % 5 == 0);
        return valid && !s.equals("00000000000000") ? s : null;
    }

    static String vatOfSiret(String siret) {
        String siren = siret.substring(0, 9);
        return String.format(Locale.ROOT, "FR%02d%s", frenchKey(siren), siren);
    }

    /**
     * Two letters of a country and up to 13 letters and digits, or digits first as Canada and others have them; a French one must
     * check out.
     */
    static @Nullable String vat(String clean) {
        String s = bare(clean);
        if (s.length() < 4 || s.length() > 17) {
            return null;
        }
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) {
                return null;
            }
        }
        if (s.startsWith("FR")) {
            boolean shaped = s.length() == 13 && areDigits(s, 4);
            // A key with letters is of the newer kind and has another check.
            boolean checksOut = shaped
                    && (!areDigits(s.substring(2, 4), 0)
                            || Integer.parseInt(s.substring(2, 4)) == frenchKey(s.substring(4)));
            return checksOut ? s : null;
        }
        return s;
    }

    static @Nullable String naf(String clean) {
        String s = bare(clean);
        return s.length() == 5 && areDigits(s.substring(0, 4), 0) && s.charAt(4) >= 'A' && s.charAt(4) <= 'Z'
                ? s
                : null;
    }

    private static int frenchKey(String siren) {
        return (int) ((12 + 3 * (Long.parseLong(siren) % 97)) % 97);
    }

    /** Luhn's check. */
    private static boolean checksOut(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int d = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? d : 2 * d;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    private static String bare(String clean) {
        String repaired = Spreadsheet.repair(clean).toUpperCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(repaired.length());
        for (int i = 0; i < repaired.length(); i++) {
            char c = repaired.charAt(i);
            if (c != ' ' && c != '.' && c != '-') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean areDigits(String s, int from) {
        for (int i = from; i < s.length(); i++) {
            if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return false;
            }
        }
        return from < s.length();
    }
}
