package io.repertoire.ingest.layout;

import org.jspecify.annotations.Nullable;

/**
 * Takes card numbers out of free text (RULES P59): a run of 13 to 19 digits that passes Luhn's check, its groups parted by single
 * spaces or hyphens or not at all.
 */
final class CardNumbers {

    private static final int MIN = 13;
    private static final int MAX = 19;
    private static final int MAX_GROUPS = 64;

    private CardNumbers() {}

    /** The text without its card numbers; null if it has none, which is almost always and cheap to find out. */
    static @Nullable String redacted(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += isDigit(text.charAt(i)) ? 1 : 0;
        }
        return digits < MIN ? null : redactedRuns(text);
    }

    private static @Nullable String redactedRuns(String text) {
        StringBuilder out = null;
        int kept = 0;
        int i = 0;
        while (i < text.length()) {
            if (!isDigit(text.charAt(i))) {
                i++;
                continue;
            }
            int end = runEnd(text, i);
            int[] card = cardIn(text, i, end);
            if (card.length == 0) {
                i = end;
                continue;
            }
            out = out == null ? new StringBuilder(text.length()) : out;
            out.append(text, kept, card[0]).append("[card number removed]");
            kept = card[1];
            i = kept;
        }
        return out == null ? null : out.append(text, kept, text.length()).toString();
    }

    /** End of the digits that begin here, single separators between them included. */
    private static int runEnd(String text, int start) {
        int i = start;
        while (i < text.length()) {
            boolean parted = i + 1 < text.length() && isSeparator(text.charAt(i)) && isDigit(text.charAt(i + 1));
            if (!isDigit(text.charAt(i)) && !parted) {
                break;
            }
            i++;
        }
        return i;
    }

    /** The first card number that begins and ends where a group of digits does; empty if there is none. */
    private static int[] cardIn(String text, int start, int end) {
        int groups = 0;
        for (int from = start; from < end && groups < MAX_GROUPS; groups++) {
            int to = from;
            int digits = 0;
            while (to < end && digits <= MAX) {
                while (to < end && isDigit(text.charAt(to))) {
                    to++;
                    digits++;
                }
                if (digits >= MIN && digits <= MAX && luhn(text, from, to)) {
                    return new int[] {from, to};
                }
                to++;
            }
            while (from < end && isDigit(text.charAt(from))) {
                from++;
            }
            from++;
        }
        return new int[0];
    }

    private static boolean luhn(String text, int from, int to) {
        int sum = 0;
        boolean twice = false;
        for (int i = to - 1; i >= from; i--) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                int digit = c - '0';
                int value = twice ? digit * 2 : digit;
                sum += value > 9 ? value - 9 : value;
                twice = !twice;
            }
        }
        return sum % 10 == 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '\u00a0';
    }
}
