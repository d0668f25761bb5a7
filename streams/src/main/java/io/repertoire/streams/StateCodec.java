package io.repertoire.streams;

import io.repertoire.schemas.AvroBody;
import io.repertoire.schemas.UndecodableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding: {@code C3 01}, the writer schema's CRC-64-AVRO fingerprint in little-endian, the body. The same
 * bytes as {@code BinaryMessageEncoder} writes, without its stream per message. Not thread-safe: one per task and table.
 */
final class StateCodec<T extends SpecificRecord> {

    private static final int HEADER = 10;

    private final Schema schema;
    private final Class<T> type;
    private final long fingerprint;
    private final byte[] header;
    private final AvroBody<T> body;
    private final AvroBody.Reader<T> reader;
    private final LongFunction<@Nullable Schema> writers;
    private final Map<Long, AvroBody.Reader<T>> olderReaders = new HashMap<>();

    /** @param writers the schema with a given fingerprint, for values that an older version wrote */
    StateCodec(Class<T> type, Schema schema, LongFunction<@Nullable Schema> writers) {
        this.type = type;
        this.schema = schema;
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
        this.header = ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint)
                .array();
        this.body = new AvroBody<>(type, schema);
        this.reader = body.readerOf(schema);
        this.writers = writers;
    }

    long fingerprint() {
        return fingerprint;
    }

    byte[] encode(SpecificRecord value) {
        return body.write(header, type.cast(value));
    }

    /** @throws StateException if these bytes are not such a value, or an unknown version wrote them */
    T decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != header[0] || bytes[1] != header[1]) {
            throw new StateException("a stored " + schema.getName() + " is not in Avro single-object encoding", null);
        }
        long writtenWith = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        try {
            return readerOf(writtenWith).read(bytes, HEADER);
        } catch (UndecodableException e) {
            throw new StateException("a stored " + schema.getName() + " cannot be decoded", e);
        }
    }

    private AvroBody.Reader<T> readerOf(long writtenWith) {
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
            return body.readerOf(written);
        });
    }
}
