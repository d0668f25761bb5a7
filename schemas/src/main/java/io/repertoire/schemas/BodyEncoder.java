package io.repertoire.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Avro's binary encoding into an array that grows and is used again. For one thread at a time. */
final class BodyEncoder {

    private static final int MAX_VARINT = 10;
    private static final int KEPT = 1 << 20;

    private byte[] buffer = new byte[1024];
    private int size;

    void reset() {
        size = 0;
        if (buffer.length > KEPT) {
            // One huge record must not hold its memory in every thread for ever.
            buffer = new byte[1024];
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    void writeByte(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    void writeBigEndian(int value) {
        ensure(Integer.BYTES);
        buffer[size++] = (byte) (value >>> 24);
        buffer[size++] = (byte) (value >>> 16);
        buffer[size++] = (byte) (value >>> 8);
        buffer[size++] = (byte) value;
    }

    /** Zigzag, then seven bits a byte: the same for an int. */
    void writeLong(long value) {
        ensure(MAX_VARINT);
        long rest = (value << 1) ^ (value >> 63);
        var target = buffer;
        int at = size;
        while ((rest & ~0x7FL) != 0) {
            target[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[at++] = (byte) rest;
        size = at;
    }

    void writeFloat(float value) {
        int bits = Integer.reverseBytes(Float.floatToRawIntBits(value));
        writeBigEndian(bits);
    }

    void writeDouble(double value) {
        long bits = Long.reverseBytes(Double.doubleToRawLongBits(value));
        writeBigEndian((int) (bits >>> 32));
        writeBigEndian((int) bits);
    }

    void writeString(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        writeLong(bytes.length);
        writeFixed(bytes, 0, bytes.length);
    }

    void writeBytes(ByteBuffer value) {
        int length = value.remaining();
        writeLong(length);
        ensure(length);
        value.duplicate().get(buffer, size, length);
        size += length;
    }

    void writeFixed(byte[] bytes, int offset, int length) {
        ensure(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
        }
    }
}
