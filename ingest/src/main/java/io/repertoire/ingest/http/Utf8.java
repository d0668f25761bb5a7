package io.repertoire.ingest.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are JSON's own encoding and no other. The parser takes UTF-16 as well, and forms that UTF-8 does not allow, by which
 * one text has several spellings.
 */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Bytes that the parser guesses an encoding by. */
    private static final int GUESSED_BY = 4;

    private Utf8() {}

    /** @return where the first byte is that is not UTF-8, counted from {@code offset}; -1 if there is none */
    static int firstFault(byte[] bytes, int offset, int length) {
        for (int i = 0; i < Math.min(GUESSED_BY, length); i++) {
            if (bytes[offset + i] == 0) {
                return i;
            }
        }
        int end = offset + length;
        int at = offset;
        while (at < end) {
            if (at + 8 <= end && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
                at += 8;
                continue;
            }
            int first = bytes[at] & 0xff;
            if (first < 0x80) {
                at++;
                continue;
            }
            int more = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
            if (more == 0 || at + more >= end || !follows(bytes, at, first, more)) {
                return at - offset;
            }
            at += more + 1;
        }
        return -1;
    }

    /** No overlong form, no half of a pair, nothing beyond U+10FFFF: the second byte says. */
    private static boolean follows(byte[] bytes, int at, int first, int more) {
        int second = bytes[at + 1] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return false;
        }
        for (int i = 2; i <= more; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
