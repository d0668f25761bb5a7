package io.repertoire.customers.text;

/**
 * Payment card numbers, which are never held (B31, B32, P59): whoever brings text in from outside removes them before anything
 * is written to Kafka.
 */
public final class CardNumbers {

    /** Stands where a card number stood. Never a valid email, phone number or identifier. */
    public static final String REPLACEMENT = "[card number removed]";

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;

    /** Between two groups of digits, as in {@code 4111 - 1111}. */
    private static final int MOST_SEPARATORS = 3;

    private CardNumbers() {}

    /**
     * For free text. Replaces every run of 13 to 19 digits with a right Luhn digit; where the digits come in groups parted by
     * spaces, hyphens or dots, only if they also begin, are parted and are as long as a card network's, since two phone numbers in
     * a row are Luhn-valid one time in ten. Digits of any script count. Answers the same instance if there is nothing to replace.
     */
    public static String redact(String text) {
        return redact(text, false);
    }

    /**
     * For fields that hold numbers by nature: phones, loyalty cards, foreign ids, article codes. Replaces only what has a right
     * Luhn digit and begins and is as long as a card network's; otherwise one such number in ten would be destroyed.
     */
    public static String redactIdentifier(String text) {
        return redact(text, true);
    }

    private static String redact(String text, boolean onlyNetworks) {
        if (!hasDigits(text, SHORTEST)) {
            return text;
        }
        StringBuilder out = null;
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            if (!isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            int end = endOfCard(text, at, onlyNetworks);
            if (end > 0) {
                if (out == null) {
                    out = new StringBuilder(text.length());
                }
                out.append(text, copied, at).append(REPLACEMENT);
                copied = end;
                at = end;
            } else {
                at = endOfGroup(text, at);
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /** The end of the longest card number that starts at {@code start}, the start of a group of digits; -1 if there is none. */
    private static int endOfCard(String text, int start, boolean onlyNetworks) {
        int found = -1;
        int digits = 0;
        int group = start;
        while (true) {
            int end = endOfGroup(text, group);
            digits += end - group;
            if (digits > LONGEST) {
                return found;
            }
            boolean mustBeNetwork = onlyNetworks || group != start;
            if (digits >= SHORTEST
                    && luhn(text, start, end)
                    && (!mustBeNetwork || isNetwork(prefix(text, start), digits))) {
                found = end;
            }
            int next = afterSeparators(text, end);
            boolean mayBeParted = group != start || isFirstGroup(end - start);
            if (!mayBeParted || next == end || next == text.length() || !isDigit(text.charAt(next))) {
                return found;
            }
            group = next;
        }
    }

    /** Cards are written 4-4-4-4 or 4-6-5, at most in halves; phone numbers begin with a group of three or are whole. */
    private static boolean isFirstGroup(int digits) {
        return digits == 4 || digits == 6 || digits == 8;
    }

    private static int afterSeparators(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < MOST_SEPARATORS && isSeparator(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int endOfGroup(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean luhn(String text, int start, int end) {
        int sum = 0;
        int distinct = 0;
        boolean twice = false;
        for (int i = end - 1; i >= start; i--) {
            if (!isDigit(text.charAt(i))) {
                continue;
            }
            int digit = Character.digit(text.charAt(i), 10);
            distinct |= 1 << digit;
            int value = twice ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
            twice = !twice;
        }
        // All zeros is a placeholder, not a card.
        return sum % 10 == 0 && distinct != 1;
    }

    /** The first four digits as a number. */
    private static int prefix(String text, int start) {
        int prefix = 0;
        int digits = 0;
        for (int i = start; digits < 4; i++) {
            if (isDigit(text.charAt(i))) {
                prefix = prefix * 10 + Character.digit(text.charAt(i), 10);
                digits++;
            }
        }
        return prefix;
    }

    private static boolean isNetwork(int first4, int digits) {
        int first2 = first4 / 100;
        boolean visa = first4 / 1000 == 4 && (digits == 16 || digits == 19);
        boolean mastercard = digits == 16 && ((first2 >= 51 && first2 <= 55) || (first4 >= 2221 && first4 <= 2720));
        boolean amex = digits == 15 && (first2 == 34 || first2 == 37);
        boolean diners =
                digits == 14 && (first2 == 36 || first2 == 38 || first2 == 39 || (first4 >= 3000 && first4 <= 3059));
        boolean jcb = digits >= 16 && first4 >= 3528 && first4 <= 3589;
        boolean others = digits >= 16 && (first4 == 6011 || first2 == 62 || first2 == 64 || first2 == 65);
        boolean maestro =
                digits >= 16 && (first2 == 50 || (first2 >= 56 && first2 <= 58) || first2 == 63 || first2 == 67);
        return visa || mastercard || amex || diners || jcb || others || maestro;
    }

    private static boolean hasDigits(String text, int atLeast) {
        if (text.length() < atLeast) {
            return false;
        }
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isDigit(text.charAt(i)) && ++digits >= atLeast) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c < 0x80 ? c >= '0' && c <= '9' : Character.isDigit(c);
    }

    private static boolean isSeparator(char c) {
        return switch (c) {
            case ' ', '-', '.', '_', '/', '\t', '\u00a0', '\u00ad', '\u202f', '\u2212' -> true;
            // Spaces, invisible marks and dashes of all widths.
            default -> c >= '\u2000' && c <= '\u2015';
        };
    }
}
