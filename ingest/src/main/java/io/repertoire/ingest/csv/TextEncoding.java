package io.repertoire.ingest.csv;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the bytes of a file are text.
 *
 * @param name as shown to people and kept in claims
 * @param bom the file starts with a byte order mark
 */
public record TextEncoding(String name, boolean bom) {

    static final String WINDOWS_1252 = "windows-1252";

    static TextEncoding utf8(boolean bom) {
        return new TextEncoding("UTF-8", bom);
    }

    /** From the first character on; byte order marks, even two of them, are not part of the text. */
    Reader open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        boolean ok = false;
        try {
            Reader reader =
                    name.equals(WINDOWS_1252) ? new Windows1252Reader(in) : new InputStreamReader(in, charset());
            ok = true;
            return new MarkSkippingReader(reader);
        } finally {
            if (!ok) {
                in.close();
            }
        }
    }

    /** As people call it. */
    String shownName() {
        return switch (name) {
            case WINDOWS_1252 -> "Windows-1252";
            case "x-MacRoman" -> "Mac Roman";
            case "IBM850" -> "DOS code page 850";
            default -> name;
        };
    }

    /** The same text as the file had it, without a mark. */
    public byte[] encode(String text) {
        return name.equals(WINDOWS_1252) ? Windows1252Reader.encode(text) : text.getBytes(charset());
    }

    /** What a file of this encoding starts with; empty without a byte order mark. */
    public byte[] mark() {
        return bom ? "\ufeff".getBytes(charset()) : new byte[0];
    }

    /** What each byte of a one-byte code page stands for. */
    static char[] characters(String codePage) {
        if (codePage.equals(WINDOWS_1252)) {
            return Windows1252Reader.characters();
        }
        byte[] all = new byte[256];
        for (int b = 0; b < 256; b++) {
            all[b] = (byte) b;
        }
        return new String(all, Charset.forName(codePage)).toCharArray();
    }

    private Charset charset() {
        return switch (name) {
            case "UTF-8" -> StandardCharsets.UTF_8;
            case "UTF-16LE" -> StandardCharsets.UTF_16LE;
            case "UTF-16BE" -> StandardCharsets.UTF_16BE;
            default -> Charset.forName(name);
        };
    }

    /** Drops U+FEFF at the very start, as often as it is there. */
    private static final class MarkSkippingReader extends Reader {
        private final Reader in;
        private boolean atStart = true;

        MarkSkippingReader(Reader in) {
            this.in = in;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (atStart && length > 0) {
                atStart = false;
                int c = in.read();
                while (c == '\ufeff') {
                    c = in.read();
                }
                if (c < 0) {
                    return -1;
                }
                buffer[offset] = (char) c;
                return 1;
            }
            return in.read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
