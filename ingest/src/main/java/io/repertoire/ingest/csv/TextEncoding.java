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

    private static final String WINDOWS_1252 = "windows-1252";

    static final TextEncoding WESTERN = new TextEncoding(WINDOWS_1252, false);

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

    /** The same text as the file had it, without a mark. */
    public byte[] encode(String text) {
        return name.equals(WINDOWS_1252) ? Windows1252Reader.encode(text) : text.getBytes(charset());
    }

    /** What a file of this encoding starts with; empty without a byte order mark. */
    public byte[] mark() {
        return bom ? "\ufeff".getBytes(charset()) : new byte[0];
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
