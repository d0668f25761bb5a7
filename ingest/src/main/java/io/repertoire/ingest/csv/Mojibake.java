package io.repertoire.ingest.csv;

import org.jspecify.annotations.Nullable;

/**
 * Text that a program read as Windows-1252 though it was UTF-8, and then saved: {@code Ã©} for {@code é}. Only what is UTF-8 to the
 * letter and gives letters and marks of Western text is put right; the rest stays as it is.
 */
final class Mojibake {

    private static final int MOST_ROUNDS = 3;

    private Mojibake() {}

    /** The cell put right; null if there is nothing to repair. */
    static @Nullable String repaired(String cell) {
        String repaired = null;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            String next = once(repaired == null ? cell : repaired);
            if (next == null) {
                return repaired;
            }
            repaired = next;
        }
        return repaired;
    }

    private static @Nullable String once(String cell) {
        StringBuilder out = null;
        int copied = 0;
        int i = 0;
        while (i < cell.length()) {
            int length = garbled(cell, i);
            if (length == 0) {
                i++;
                continue;
            }
            if (out == null) {
                out = new StringBuilder(cell.length());
            }
            out.append(cell, copied, i).appendCodePoint(codePoint(cell, i, length));
            i += length;
            copied = i;
        }
        return out == null ? null : out.append(cell, copied, cell.length()).toString();
    }

    /** How many characters from here were the bytes of one; 0 if none were. */
    private static int garbled(String cell, int at) {
        int length =
                switch (cell.charAt(at)) {
                    case 'Â', 'Ã', 'Ä', 'Å' -> 2;
                    case 'â' -> 3;
                    case 'ð' -> 4;
                    default -> 0;
                };
        if (length == 0 || at + length > cell.length()) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            int b = Windows1252Reader.byteOf(cell.charAt(at + i));
            if (b < 0x80 || b > 0xbf) {
                return 0;
            }
        }
        int c = codePoint(cell, at, length);
        return switch (length) {
            case 2 -> length;
            // General punctuation and signs of money.
            case 3 -> c >= 0x2000 && c < 0x2200 ? length : 0;
            default -> c >= 0x1f000 && c <= 0x1ffff ? length : 0;
        };
    }

    private static int codePoint(String cell, int at, int length) {
        int c = Windows1252Reader.byteOf(cell.charAt(at)) & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            c = c << 6 | (Windows1252Reader.byteOf(cell.charAt(at + i)) & 0x3f);
        }
        return c;
    }
}
