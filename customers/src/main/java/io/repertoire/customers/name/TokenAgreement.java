package io.repertoire.customers.name;

import java.util.Arrays;

/** Whether two folded tokens may be the same word: equal, initial, prefix, two forms of one name, or a likely misspelling. */
final class TokenAgreement {

    private static final double LEAST_JARO_WINKLER = 0.70;
    /** Winkler's own: a common beginning does not make up for words that are otherwise unlike. */
    private static final double LEAST_TO_BOOST = 0.70;

    private static final int SHORT_TOKEN = 4;
    /** Beyond this, spelling is not measured: a name this long is not one, and the measures are quadratic. */
    private static final int LONGEST_MEASURED = 64;

    private final GivenNames givenNames;

    TokenAgreement(GivenNames givenNames) {
        this.givenNames = givenNames;
    }

    boolean test(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        if (givenNames.formsOfOneName(a, b)) {
            return true;
        }
        if (givenNames.differentNames(a, b)) {
            return false;
        }
        // Covers the initial: a prefix of one letter.
        if (a.startsWith(b) || b.startsWith(a)) {
            return true;
        }
        int shorter = Math.min(a.length(), b.length());
        // One letter is an initial, and another initial is another name, however few edits apart.
        if (shorter < 2 || Math.max(a.length(), b.length()) > LONGEST_MEASURED) {
            return false;
        }
        return jaroWinkler(a, b) >= LEAST_JARO_WINKLER
                || withinEdits(a, b, shorter <= SHORT_TOKEN ? 1 : 2)
                || areScrambled(a, b);
    }

    /** The same letters in another order; from four letters on, with one more or less. */
    static boolean areScrambled(String a, String b) {
        int n = a.length();
        int m = b.length();
        if (Math.min(n, m) < 3 || Math.abs(n - m) > 1 || (n != m && Math.min(n, m) < SHORT_TOKEN)) {
            return false;
        }
        char[] x = a.toCharArray();
        char[] y = b.toCharArray();
        Arrays.sort(x);
        Arrays.sort(y);
        int i = 0;
        int j = 0;
        int apart = 0;
        while (i < n && j < m) {
            if (x[i] == y[j]) {
                i++;
                j++;
            } else if (x[i] < y[j]) {
                i++;
                apart++;
            } else {
                j++;
                apart++;
            }
        }
        return apart + (n - i) + (m - j) <= Math.abs(n - m);
    }

    static double jaroWinkler(String a, String b) {
        // Shorter first, so that the greedy matching below does not depend on the order asked in.
        String s = inOrder(a, b) ? a : b;
        String t = inOrder(a, b) ? b : a;
        double jaro = jaro(s, t);
        if (jaro <= LEAST_TO_BOOST) {
            return jaro;
        }
        int prefix = 0;
        int longest = Math.min(4, s.length());
        while (prefix < longest && s.charAt(prefix) == t.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    private static boolean inOrder(String a, String b) {
        return a.length() != b.length() ? a.length() < b.length() : a.compareTo(b) <= 0;
    }

    private static double jaro(String s, String t) {
        int n = s.length();
        int m = t.length();
        int window = Math.max(m / 2 - 1, 0);
        long matchedS = 0;
        long matchedT = 0;
        int matches = 0;
        for (int i = 0; i < n; i++) {
            int to = Math.min(m - 1, i + window);
            for (int j = Math.max(0, i - window); j <= to; j++) {
                if ((matchedT & (1L << j)) == 0 && s.charAt(i) == t.charAt(j)) {
                    matchedS |= 1L << i;
                    matchedT |= 1L << j;
                    matches++;
                    break;
                }
            }
        }
        if (matches == 0) {
            return 0;
        }
        int outOfPlace = 0;
        int j = 0;
        for (int i = 0; i < n; i++) {
            if ((matchedS & (1L << i)) == 0) {
                continue;
            }
            while ((matchedT & (1L << j)) == 0) {
                j++;
            }
            if (s.charAt(i) != t.charAt(j)) {
                outOfPlace++;
            }
            j++;
        }
        double k = matches;
        return (k / n + k / m + (k - outOfPlace / 2.0) / k) / 3;
    }

    /** Levenshtein distance of at most {@code limit}, two neighbours that changed places counting as one edit. */
    static boolean withinEdits(String a, String b, int limit) {
        int n = a.length();
        int m = b.length();
        if (Math.abs(n - m) > limit) {
            return false;
        }
        int[] before = new int[m + 1];
        int[] above = new int[m + 1];
        int[] row = new int[m + 1];
        for (int j = 0; j <= m; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= n; i++) {
            row[0] = i;
            for (int j = 1; j <= m; j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1)
                        ? above[j - 1]
                        : 1 + Math.min(above[j - 1], Math.min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost = Math.min(cost, before[j - 2] + 1);
                }
                row[j] = cost;
            }
            int[] spare = before;
            before = above;
            above = row;
            row = spare;
        }
        return above[m] <= limit;
    }
}
