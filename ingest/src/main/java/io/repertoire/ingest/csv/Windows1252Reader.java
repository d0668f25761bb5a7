package io.repertoire.ingest.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;

/**
 * Windows-1252 as browsers read it: the five bytes that the code page leaves free become the C1 controls of the same number, so
 * that every byte is some character and text goes back to the same bytes.
 */
final class Windows1252Reader extends Reader {

    private static final char[] CHARS = chars();

    private final InputStream in;
    private final byte[] bytes = new byte[1 << 14];

    Windows1252Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int n = in.read(bytes, 0, Math.min(length, bytes.length));
        for (int i = 0; i < n; i++) {
            buffer[offset + i] = CHARS[bytes[i] & 0xff];
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A character that the code page does not have becomes a question mark. */
    static byte[] encode(String text) {
        byte[] out = new byte[text.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = encode(text.charAt(i));
        }
        return out;
    }

    private static byte encode(char c) {
        int b = byteOf(c);
        return b < 0 ? (byte) '?' : (byte) b;
    }

    /** -1 for a character that the code page does not have. */
    static int byteOf(char c) {
        if (c < 0x80) {
            return c;
        }
        // Most of the code page is Latin-1.
        if (c < 0x100 && CHARS[c] == c) {
            return c;
        }
        for (int b = 0x80; b < 0x100; b++) {
            if (CHARS[b] == c) {
                return b;
            }
        }
        return -1;
    }

    /** What each byte stands for. */
    static char[] characters() {
        return CHARS.clone();
    }

    private static char[] chars() {
        byte[] all = new byte[256];
        for (int b = 0; b < 256; b++) {
            all[b] = (byte) b;
        }
        char[] chars = new String(all, Charset.forName("windows-1252")).toCharArray();
        for (int b = 0; b < 256; b++) {
            if (chars[b] == '\ufffd') {
                chars[b] = (char) b;
            }
        }
        return chars;
    }
}
