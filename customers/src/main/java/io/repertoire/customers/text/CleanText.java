package io.repertoire.customers.text;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * Cleans a cell: NFC, control and bidirectional characters removed, white space trimmed (no-break and zero-width ones too), and
 * what stands for nothing turned into nothing (RULES P13, P21, P22). All letters, marks and symbols are kept. Cleaning what is
 * clean changes nothing.
 */
public final class CleanText {

    /** The cell that says "empty this field" (RULES P25). */
    public static final String CLEAR = "\\N";

    private CleanText() {}

    /** One line: every run of white space and line breaks becomes a space. Null if nothing is left. */
    public static @Nullable String line(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return null;
        }
        String clean = isPlainLine(raw) ? raw : compose(strip(raw, false));
        return standsForNothing(clean) ? null : clean;
    }

    /** Several lines: line breaks become {@code \n} and are kept, other white space as it is. Null if nothing is left. */
    public static @Nullable String lines(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return null;
        }
        String clean = isPlainLine(raw) ? raw : compose(strip(raw, true));
        return standsForNothing(clean) ? null : clean;
    }

    /** Whether cleaning removes something that a person should hear of: controls other than white space, or broken text. */
    public static boolean losesCharacters(String raw) {
        if (isPlainLine(raw)) {
            return false;
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (isBidi(c) || (Character.isISOControl(c) && !isLineBreak(c) && c != '\t')) {
                return true;
            }
            if (Character.isSurrogate(c)) {
                if (isPairAt(raw, i)) {
                    i++;
                } else {
                    return true;
                }
            }
        }
        return false;
    }

    /** At most {@code limit} code points of a clean text, itself clean. */
    public static String cut(String clean, int limit) {
        if (clean.length() <= limit || clean.codePointCount(0, clean.length()) <= limit) {
            return clean;
        }
        return trim(clean.substring(0, clean.offsetByCodePoints(0, limit)));
    }

    /**
     * Blank, dashes, {@code N/A}, {@code NULL}, {@code null}, {@code #N/A}. Not {@code Null}, which is somebody's name, nor
     * {@code NA}, which is too.
     */
    private static boolean standsForNothing(String s) {
        int n = s.length();
        if (n == 0) {
            return true;
        }
        switch (s.charAt(0)) {
            case 'N', 'n' -> {
                return (n == 3 && s.equalsIgnoreCase("N/A")) || (n == 4 && (s.equals("NULL") || s.equals("null")));
            }
            case '#' -> {
                return s.equalsIgnoreCase("#N/A");
            }
            case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212' -> {
                for (int i = 1; i < n; i++) {
                    char c = s.charAt(i);
                    if (c != '-' && c != ' ' && !(c >= '\u2010' && c <= '\u2015') && c != '\u2212') {
                        return false;
                    }
                }
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** Already clean, for certain and cheaply: printable, below the first combining mark, single inner spaces. */
    private static boolean isPlainLine(String s) {
        char previous = ' ';
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c == ' ') {
                if (previous == ' ') {
                    return false;
                }
            } else if (c < ' ' || (c >= 0x7f && (c <= 0xa0 || c == 0xad)) || c >= 0x300) {
                return false;
            }
            previous = c;
        }
        return previous != ' ';
    }

    private static String compose(String stripped) {
        return trim(
                Normalizer.isNormalized(stripped, Normalizer.Form.NFC)
                        ? stripped
                        : Normalizer.normalize(stripped, Normalizer.Form.NFC));
    }

    private static String strip(String s, boolean keepLines) {
        StringBuilder out = new StringBuilder(s.length());
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (isLineBreak(c)) {
                if (!keepLines) {
                    space(out);
                } else if (!(c == '\n' && i > 0 && s.charAt(i - 1) == '\r')) {
                    out.append('\n');
                }
            } else if (c == '\t' || Character.isSpaceChar(c)) {
                if (keepLines) {
                    out.append(' ');
                } else {
                    space(out);
                }
            } else if (Character.isSurrogate(c)) {
                if (isPairAt(s, i)) {
                    out.append(c).append(s.charAt(++i));
                }
            } else if (!Character.isISOControl(c) && !isBidi(c) && !isInvisible(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static void space(StringBuilder out) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    private static String trim(String s) {
        int from = 0;
        int to = s.length();
        while (from < to && isTrimmed(s.charAt(from))) {
            from++;
        }
        while (to > from && isTrimmed(s.charAt(to - 1))) {
            to--;
        }
        return s.substring(from, to);
    }

    private static boolean isTrimmed(char c) {
        // The joiners belong to scripts and emoji, but only between two characters.
        return c == ' ' || c == '\n' || c == '\u200c' || c == '\u200d';
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u000b' || c == '\f' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isBidi(char c) {
        return c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }

    /** Zero-width space, word joiner, byte order mark, soft hyphen. */
    private static boolean isInvisible(char c) {
        return c == '\u200b' || c == '\u2060' || c == '\ufeff' || c == '\u00ad';
    }

    private static boolean isPairAt(String s, int i) {
        return Character.isHighSurrogate(s.charAt(i))
                && i + 1 < s.length()
                && Character.isLowSurrogate(s.charAt(i + 1));
    }
}
