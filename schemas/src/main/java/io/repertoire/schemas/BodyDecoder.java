package io.repertoire.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary decoding from an array. Stricter than Avro's own, for the bytes may be anybody's: no length or count is believed
 * that the bytes left could not hold, so garbage never makes us allocate. For one thread at a time.
 */
final class BodyDecoder extends Decoder {

    private byte[] bytes = new byte[0];
    private int at;

    void over(byte[] source, int offset) {
        bytes = source;
        at = offset;
    }

    /** Lets go of the array. */
    void clear() {
        bytes = new byte[0];
        at = 0;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        int value = next();
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("not a boolean");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("not an int");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        int first = next();
        if (first >= 0) {
            return (long) (first >>> 1) ^ -(long) (first & 1);
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 64; shift += 7) {
            int next = next();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("a number longer than 64 bits");
    }

    @Override
    public float readFloat() throws IOException {
        need(Float.BYTES);
        float value =
                Float.intBitsToFloat(Integer.reverseBytes(ByteBuffer.wrap(bytes).getInt(at)));
        at += Float.BYTES;
        return value;
    }

    @Override
    public double readDouble() throws IOException {
        need(Double.BYTES);
        double value =
                Double.longBitsToDouble(Long.reverseBytes(ByteBuffer.wrap(bytes).getLong(at)));
        at += Double.BYTES;
        return value;
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        var value = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return value;
    }

    @Override
    public void skipString() throws IOException {
        skip(length());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        var value = new byte[length()];
        readFixed(value, 0, value.length);
        return ByteBuffer.wrap(value);
    }

    @Override
    public void skipBytes() throws IOException {
        skip(length());
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        need(length);
        System.arraycopy(bytes, at, target, start, length);
        at += length;
    }

    @Override
    public void skipFixed(int length) throws IOException {
        need(length);
        at += length;
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return count();
    }

    @Override
    public long arrayNext() throws IOException {
        return count();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return count();
    }

    @Override
    public long mapNext() throws IOException {
        return count();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    /** Goes past a union's index if it is the first branch, and else stays where it is. */
    boolean isFirstBranch() {
        boolean first = at < bytes.length && bytes[at] == 0;
        if (first) {
            at++;
        }
        return first;
    }

    /** Items of the next block. Every item of ours takes a byte at least, so there are no more of them than bytes. */
    private long count() throws IOException {
        long count = readLong();
        if (count < 0) {
            // Then the block's size in bytes follows, for those who skip.
            count = -count;
            readLong();
        }
        if (count < 0) {
            throw new AvroRuntimeException("a negative count");
        }
        if (count > bytes.length - at) {
            throw new EOFException();
        }
        return count;
    }

    /** Skips blocks that say their size; the items of one that does not are the caller's to skip. */
    private long skipBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            skip(length());
            count = readLong();
        }
        if (count > bytes.length - at) {
            throw new EOFException();
        }
        return count;
    }

    private int length() throws IOException {
        long length = readLong();
        if (length < 0) {
            throw new AvroRuntimeException("a negative length");
        }
        if (length > bytes.length - at) {
            throw new EOFException();
        }
        return (int) length;
    }

    private void skip(int count) {
        at += count;
    }

    private void need(int count) throws EOFException {
        if (bytes.length - at < count) {
            throw new EOFException();
        }
    }

    private int next() throws EOFException {
        if (at >= bytes.length) {
            throw new EOFException();
        }
        return bytes[at++];
    }
}
