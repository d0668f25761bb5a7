package io.repertoire.streams;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding: {@code C3 01}, the writer schema's CRC-64-AVRO fingerprint in little-endian, the body. The same
 * bytes as {@code BinaryMessageEncoder} writes, without its stream per message. Not thread-safe: one per task and table.
 */
final class StateCodec<T extends SpecificRecord> {

    private static final int HEADER = 10;

    private final Schema schema;
    private final SpecificData model;
    private final long fingerprint;
    private final byte[] header;
    private final DatumWriter<T> writer;
    private final DatumReader<T> reader;
    private final LongFunction<@Nullable Schema> writers;
    private final Map<Long, DatumReader<T>> olderReaders = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    private @Nullable BinaryDecoder decoder;

    /** @param writers the schema with a given fingerprint, for values that an older version wrote */
    StateCodec(Class<T> type, Schema schema, LongFunction<@Nullable Schema> writers) {
        this.schema = schema;
        this.model = SpecificData.getForClass(type);
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        this.header = ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint)
                .array();
        this.writer = typed(model.createDatumWriter(schema));
        this.reader = typed(model.createDatumReader(schema, schema));
        this.writers = writers;
    }

    long fingerprint() {
        return fingerprint;
    }

    byte[] encode(SpecificRecord value) {
        try {
            out.reset();
            out.write(header);
            writer.write(cast(value), encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws StateException if these bytes are not such a value, or an unknown version wrote them */
    T decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != header[0] || bytes[1] != header[1]) {
            throw new StateException("a stored " + schema.getName() + " is not in Avro single-object encoding", null);
        }
        long writtenWith = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        try {
            decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, decoder);
            return readerOf(writtenWith).read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw new StateException("a stored " + schema.getName() + " cannot be decoded", e);
        }
    }

    private DatumReader<T> readerOf(long writtenWith) {
        if (writtenWith == fingerprint) {
            return reader;
        }
        return olderReaders.computeIfAbsent(writtenWith, id -> {
            var written = writers.apply(id);
            if (written == null) {
                throw new StateException(
                        "a stored " + schema.getName() + " was written with an unknown schema " + Long.toHexString(id),
                        null);
            }
            return typed(model.createDatumReader(written, schema));
        });
    }

    @SuppressWarnings("unchecked") // Avro's factories are not generic; the model and the schema belong to T
    private DatumReader<T> typed(DatumReader<?> untyped) {
        return (DatumReader<T>) untyped;
    }

    @SuppressWarnings("unchecked")
    private DatumWriter<T> typed(DatumWriter<?> untyped) {
        return (DatumWriter<T>) untyped;
    }

    @SuppressWarnings("unchecked") // a StateChange pairs a table with a value of its type
    private T cast(SpecificRecord value) {
        return (T) value;
    }
}
