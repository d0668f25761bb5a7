package io.repertoire.schemas;

import java.io.EOFException;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's binary encoding of one generated class, after whatever bytes say what it is: the part that the wire format and the state
 * stores have in common. The bytes are what Avro's own writer writes. Thread-safe.
 *
 * <p>What is read holds plain lists and maps that can be compared, unlike what Avro's own reader returns: see {@link
 * ValueReader}.
 *
 * @param <T> the generated class
 */
public final class AvroBody<T extends SpecificRecord> {

    private final Class<T> type;
    private final Schema schema;
    private final SpecificData data;
    private final ValueWriter writer;
    private final ThreadLocal<BodyEncoder> encoders = ThreadLocal.withInitial(BodyEncoder::new);
    private final ThreadLocal<BodyDecoder> decoders = ThreadLocal.withInitial(BodyDecoder::new);

    /**
     * Bodies of one class, written with one schema.
     *
     * @param <T> the generated class
     */
    @FunctionalInterface
    public interface Reader<T> {

        /**
         * Reads the record that begins here and ends with the array.
         *
         * @throws UndecodableException if there is no such record
         */
        T read(byte[] bytes, int offset);
    }

    /**
     * @param type the generated class
     * @param schema its schema
     */
    public AvroBody(Class<T> type, Schema schema) {
        this.type = type;
        this.schema = schema;
        this.data = SpecificData.getForClass(type);
        this.writer = ValueWriter.of(schema);
    }

    /** A new array: the prefix, then the body. */
    public byte[] write(byte[] prefix, T value) {
        var encoder = encoders.get();
        encoder.reset();
        encoder.writeFixed(prefix, 0, prefix.length);
        writer.write(value, encoder);
        return encoder.toByteArray();
    }

    /** Reads what was written with this schema, ours or an earlier or a foreign one. To be kept: it is dear to make. */
    public Reader<T> readerOf(Schema written) {
        var reader = ValueReader.of(written, schema, data);
        return (bytes, offset) -> read(reader, bytes, offset);
    }

    private T read(ValueReader reader, byte[] bytes, int offset) {
        var decoder = decoders.get();
        decoder.over(bytes, offset);
        try {
            var value = type.cast(reader.read(decoder));
            if (value == null) {
                throw new UndecodableException(UndecodableException.MALFORMED, "There is no record");
            }
            if (!decoder.isAtEnd()) {
                throw new UndecodableException(
                        UndecodableException.TRAILING_BYTES, "The record ends before the body does");
            }
            return value;
        } catch (EOFException e) {
            throw new UndecodableException(UndecodableException.TRUNCATED, "The body ends before the record does", e);
        } catch (AvroTypeException e) {
            throw new UndecodableException(
                    UndecodableException.INCOMPATIBLE_SCHEMA,
                    "The value was written with a schema of " + schema.getFullName()
                            + " that cannot be read as the one in use here",
                    e);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new UndecodableException(UndecodableException.MALFORMED, "The body is not what its schema says", e);
        } finally {
            decoder.clear();
        }
    }
}
