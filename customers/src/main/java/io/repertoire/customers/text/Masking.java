package io.repertoire.customers.text;

/** Shows enough of a value for its owner to find it in their file, and not enough for anyone else to use it. */
public final class Masking {

    private static final String HIDDEN = "***";

    private Masking() {}

    /** {@code jo***@ex***.com}; what is not an address is masked as text. */
    public static String email(String value) {
        int at = value.lastIndexOf('@');
        if (at < 1) {
            return text(value);
        }
        String domain = value.substring(at + 1);
        int dot = domain.lastIndexOf('.');
        String name = dot < 0 ? domain : domain.substring(0, dot);
        // What follows the last dot is shown only where it can be nothing but a top-level domain.
        String tld = dot < 0 || domain.length() - dot > 12 || !isLetters(domain, dot + 1) ? "" : domain.substring(dot);
        return start(value.substring(0, at)) + HIDDEN + "@" + start(name) + HIDDEN + tld;
    }

    /** {@code +1514•••••67}: what tells the area, and the last two digits. */
    public static String phone(String value) {
        StringBuilder digits = new StringBuilder(value.length());
        for (int i = 0; i < value.length() && digits.length() <= 20; i++) {
            char c = value.charAt(i);
            if ((c >= '0' && c <= '9') || (c == '+' && digits.isEmpty())) {
                digits.append(c);
            }
        }
        int n = digits.length();
        if (n < 8) {
            return text(value);
        }
        int shown = digits.charAt(0) == '+' ? 5 : 3;
        for (int i = Math.min(shown, n - 5); i < n - 2; i++) {
            digits.setCharAt(i, '•');
        }
        return digits.toString();
    }

    /** {@code Tr***}: at most two characters, and never more than a third of the value. */
    public static String text(String value) {
        return start(value) + HIDDEN;
    }

    private static String start(String value) {
        int length = value.codePointCount(0, Math.min(value.length(), 12));
        return value.substring(0, value.offsetByCodePoints(0, Math.min(2, length / 3)));
    }

    private static boolean isLetters(String s, int from) {
        for (int i = from; i < s.length(); i++) {
            char c = s.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
                return false;
            }
        }
        return from < s.length();
    }
}
