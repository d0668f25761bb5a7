package io.repertoire.ingest.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which one-byte code page a text is in that is not UTF-8: the one under which its high bytes are the letters that French and its
 * neighbours use, where they use them. An {@code é} of Windows is an {@code È} on an old Macintosh and an {@code Ú} in a DOS box, so
 * capitals after small letters speak against a code page, and signs that nobody writes do too.
 */
final class CodePageGuess {

    /** In doubt the first. */
    private static final String[] CANDIDATES = {TextEncoding.WINDOWS_1252, "ISO-8859-15", "x-MacRoman", "IBM850"};

    private static final String COMMON = "èàçêÉ";
    private static final String USUAL = "ôîûùïëâœüöäñáíóú";
    private static final String CAPITALS = "ÀÇÈÊÔÎŒÂÙÛË";
    private static final String MARKS = "’“”«»–—…€°\u00a0";

    /** How often each byte follows a small letter, and anything else. */
    private final long[] afterSmall = new long[256];

    private final long[] elsewhere = new long[256];

    private CodePageGuess() {}

    static TextEncoding of(Path file) throws IOException {
        var guess = new CodePageGuess();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            boolean small = false;
            int n;
            while ((n = in.read(buffer)) > 0) {
                for (int i = 0; i < n; i++) {
                    byte b = buffer[i];
                    if (b < 0) {
                        (small ? guess.afterSmall : guess.elsewhere)[b & 0xff]++;
                    }
                    small = b >= 'a' && b <= 'z';
                }
            }
        }
        return guess.best();
    }

    private TextEncoding best() {
        String best = CANDIDATES[0];
        long bestScore = Long.MIN_VALUE;
        for (String candidate : CANDIDATES) {
            if (candidate.equals(TextEncoding.WINDOWS_1252) || Charset.isSupported(candidate)) {
                long score = score(candidate);
                if (score > bestScore) {
                    best = candidate;
                    bestScore = score;
                }
            }
        }
        return new TextEncoding(best, false);
    }

    private long score(String candidate) {
        char[] chars = TextEncoding.characters(candidate);
        long score = 0;
        for (int b = 0x80; b < 0x100; b++) {
            score += afterSmall[b] * weight(chars[b], true) + elsewhere[b] * weight(chars[b], false);
        }
        return score;
    }

    private static int weight(char c, boolean afterSmall) {
        if (c == 'é') {
            return 10;
        }
        if (Character.isUpperCase(c)) {
            int capital = c == 'É' ? 4 : CAPITALS.indexOf(c) >= 0 ? 2 : 0;
            return afterSmall ? -6 : capital;
        }
        if (COMMON.indexOf(c) >= 0) {
            return 6;
        }
        if (USUAL.indexOf(c) >= 0) {
            return 4;
        }
        if (MARKS.indexOf(c) >= 0) {
            return 2;
        }
        if (Character.isLetter(c)) {
            return 1;
        }
        return Character.isISOControl(c) || c == '\ufffd' || c >= '\u2200' ? -10 : -5;
    }
}
