package io.repertoire.ingest.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8, fed in pieces: no overlong form, no surrogate, nothing beyond U+10FFFF. Remembers the line of the first fault.
 * A sequence that the file's end cuts off is a fault.
 */
final class Utf8Check {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private boolean broken;
    private boolean garbled;
    private int last3;
    private int needed;
    private int low = 0x80;
    private int high = 0xbf;
    private long line = 1;
    private long badLine;

    void update(byte[] b, int length) {
        if (broken) {
            return;
        }
        int i = 0;
        while (i < length) {
            if (needed == 0) {
                while (i + 8 <= length && ((long) LONGS.get(b, i) & HIGH_BITS) == 0) {
                    i += 8;
                }
                if (i == length) {
                    break;
                }
            }
            if (!accept(b[i] & 0xff)) {
                broken = true;
                badLine = line + lineFeeds(b, i);
                return;
            }
            i++;
        }
        line += lineFeeds(b, length);
    }

    private boolean accept(int x) {
        last3 = (last3 << 8 | x) & 0xff_ffff;
        garbled |= isGarbled(last3);
        if (needed > 0) {
            boolean ok = x >= low && x <= high;
            low = 0x80;
            high = 0xbf;
            needed--;
            return ok;
        }
        if (x < 0x80) {
            return true;
        }
        if (x >= 0xc2 && x <= 0xdf) {
            needed = 1;
        } else if (x >= 0xe0 && x <= 0xef) {
            needed = 2;
            low = x == 0xe0 ? 0xa0 : 0x80;
            high = x == 0xed ? 0x9f : 0xbf;
        } else if (x >= 0xf0 && x <= 0xf4) {
            needed = 3;
            low = x == 0xf0 ? 0x90 : 0x80;
            high = x == 0xf4 ? 0x8f : 0xbf;
        } else {
            return false;
        }
        return true;
    }

    /** What UTF-8 becomes when it is taken for Windows-1252 and saved as UTF-8: the bytes of an {@code Â, Ã, Å} or {@code â}, then another sign. */
    private static boolean isGarbled(int three) {
        int two = three >> 8;
        int lead = three & 0xff;
        return (two == 0xc382 || two == 0xc383 || two == 0xc385 || two == 0xc3a2 || two == 0xc3b0)
                && (lead == 0xc2 || lead == 0xc5 || lead == 0xc6 || lead == 0xcb || lead == 0xe2);
    }

    /** True if it may be UTF-8 twice over, here or there. */
    boolean maybeGarbled() {
        return garbled;
    }

    boolean valid() {
        return !broken && needed == 0;
    }

    /** Line of the first byte that is not UTF-8; line feeds are what is counted. */
    long badLine() {
        return broken ? badLine : line;
    }

    private static long lineFeeds(byte[] b, int to) {
        long n = 0;
        for (int i = 0; i < to; i++) {
            n += b[i] == '\n' ? 1 : 0;
        }
        return n;
    }
}
