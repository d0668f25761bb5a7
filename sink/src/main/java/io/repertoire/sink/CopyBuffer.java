package io.repertoire.sink;

import io.repertoire.schemas.Provenance;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Rows in PostgreSQL's binary COPY format, in one array that is used again for every batch. The order and the types of the values
 * of a row must be those of the COPY statement's columns: the server takes them as they are.
 *
 * <p>Absent and empty values alike become NULL. U+0000, which PostgreSQL's text refuses, is left out; half a surrogate pair becomes
 * a question mark. Not thread-safe.
 */
final class CopyBuffer {

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int TEXT_OID = 25;
    private static final long SECONDS_FROM_1970_TO_2000 = 946_684_800L;
    private static final int SHRINK_ABOVE = 64 << 20;

    private byte[] bytes = new byte[1 << 16];
    private int size;
    private int rows;

    void reset() {
        if (bytes.length > SHRINK_ABOVE) {
            bytes = new byte[1 << 16];
        }
        System.arraycopy(SIGNATURE, 0, bytes, 0, SIGNATURE.length);
        size = SIGNATURE.length;
        rows = 0;
    }

    int rows() {
        return rows;
    }

    int size() {
        return size;
    }

    void beginRow(int columns) {
        ensure(2);
        bytes[size++] = (byte) (columns >>> 8);
        bytes[size++] = (byte) columns;
        rows++;
    }

    void nul() {
        int32(-1);
    }

    void text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            nul();
            return;
        }
        int start = open();
        utf8(value);
        close(start);
    }

    void requiredText(String value) {
        int start = open();
        utf8(value);
        close(start);
    }

    void bool(@Nullable Boolean value) {
        if (value == null) {
            nul();
            return;
        }
        int32(1);
        ensure(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    void int8(long value) {
        int32(8);
        ensure(8);
        ByteConverter.int8(bytes, size, value);
        size += 8;
    }

    void int8(@Nullable Long value) {
        if (value == null) {
            nul();
        } else {
            int8(value.longValue());
        }
    }

    void int4(int value) {
        int32(4);
        int32(value);
    }

    void timestamp(@Nullable Instant value) {
        if (value == null) {
            nul();
            return;
        }
        int8((value.getEpochSecond() - SECONDS_FROM_1970_TO_2000) * 1_000_000 + value.getNano() / 1_000);
    }

    void numeric(@Nullable BigDecimal value) {
        if (value == null) {
            nul();
            return;
        }
        byte[] encoded = ByteConverter.numeric(value);
        int32(encoded.length);
        ensure(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    void textArray(List<String> values) {
        if (values.isEmpty()) {
            nul();
            return;
        }
        int start = open();
        int32(1);
        int32(0);
        int32(TEXT_OID);
        int32(values.size());
        int32(1);
        for (int i = 0; i < values.size(); i++) {
            requiredText(values.get(i));
        }
        close(start);
    }

    /** A json value of any shape. */
    void json(AvroJson writer, @Nullable Object value) {
        if (AvroJson.isEmpty(value)) {
            nul();
            return;
        }
        int start = open();
        writer.write(value, this);
        close(start);
    }

    void provenance(ProvenanceJson writer, Map<String, Provenance> value) {
        if (value.isEmpty()) {
            nul();
            return;
        }
        int start = open();
        writer.write(value, this);
        close(start);
    }

    /** Sends the rows. */
    void copyInto(Connection connection, String copyStatement) throws SQLException {
        ensure(2);
        bytes[size++] = -1;
        bytes[size++] = -1;
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copyStatement);
        try {
            copy.writeToCopy(bytes, 0, size);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    void raw(byte[] ascii) {
        ensure(ascii.length);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
    }

    void raw(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    void rawAscii(String ascii) {
        int length = ascii.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
    }

    /** A JSON string with its quotes. */
    void jsonString(String value) {
        int length = value.length();
        ensure(length * 6 + 2);
        byte[] out = bytes;
        int at = size;
        out[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x20 && c < 0x80) {
                if (c == '"' || c == '\\') {
                    out[at++] = '\\';
                }
                out[at++] = (byte) c;
            } else if (c >= 0x80) {
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(value.charAt(i + 1))) {
                    at = encode(out, at, Character.toCodePoint(c, value.charAt(++i)));
                } else {
                    at = encode(out, at, Character.isSurrogate(c) ? '?' : c);
                }
            } else if (c != 0) {
                out[at++] = '\\';
                out[at++] = 'u';
                out[at++] = '0';
                out[at++] = '0';
                out[at++] = (byte) (c < 0x10 ? '0' : '1');
                out[at++] = (byte) Character.forDigit(c & 0xf, 16);
            }
        }
        out[at++] = '"';
        size = at;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void utf8(String value) {
        int length = value.length();
        ensure(length * 3);
        byte[] out = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                if (c != 0) {
                    out[at++] = (byte) c;
                }
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                at = encode(out, at, Character.toCodePoint(c, value.charAt(++i)));
            } else {
                at = encode(out, at, Character.isSurrogate(c) ? '?' : c);
            }
        }
        size = at;
    }

    private static int encode(byte[] out, int start, int codePoint) {
        int at = start;
        if (codePoint < 0x80) {
            out[at++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[at++] = (byte) (0xc0 | (codePoint >> 6));
            out[at++] = (byte) (0x80 | (codePoint & 0x3f));
        } else if (codePoint < 0x10000) {
            out[at++] = (byte) (0xe0 | (codePoint >> 12));
            out[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
            out[at++] = (byte) (0x80 | (codePoint & 0x3f));
        } else {
            out[at++] = (byte) (0xf0 | (codePoint >> 18));
            out[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
            out[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
            out[at++] = (byte) (0x80 | (codePoint & 0x3f));
        }
        return at;
    }

    /** Leaves room for a length, which {@link #close} fills in. */
    private int open() {
        int32(0);
        return size;
    }

    private void close(int start) {
        ByteConverter.int4(bytes, start - 4, size - start);
    }

    private void int32(int value) {
        ensure(4);
        ByteConverter.int4(bytes, size, value);
        size += 4;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
