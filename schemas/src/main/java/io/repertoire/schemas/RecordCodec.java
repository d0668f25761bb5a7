package io.repertoire.schemas;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes the records of one topic. Thread-safe; asks for an id or a schema the first time it needs it. */
final class RecordCodec<T extends SpecificRecord> {

    private static final int PREFIX = 5;
    private static final int NO_ID = -1;

    private final Topic<T> topic;
    private final IntSupplier idSource;
    private final IntFunction<Schema> schemas;
    private final SpecificData data;
    private final SpecificDatumWriter<T> writer;
    private final Map<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private volatile int id = NO_ID;

    RecordCodec(Topic<T> topic, IntSupplier idSource, IntFunction<Schema> schemas) {
        this.topic = topic;
        this.idSource = idSource;
        this.schemas = schemas;
        this.data = SpecificData.getForClass(topic.type());
        this.writer = new SpecificDatumWriter<>(topic.schema(), data);
    }

    /** The id of our own schema. */
    int id() {
        int known = id;
        if (known == NO_ID) {
            known = idSource.getAsInt();
            id = known;
        }
        return known;
    }

    byte[] encode(T value) {
        int schemaId = id();
        var buffers = scratch.get();
        var out = buffers.out;
        out.reset();
        out.write(0);
        out.write(schemaId >>> 24);
        out.write(schemaId >>> 16);
        out.write(schemaId >>> 8);
        out.write(schemaId);
        var encoder = EncoderFactory.get().binaryEncoder(out, buffers.encoder);
        buffers.encoder = encoder;
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    T decode(byte[] bytes) {
        if (bytes.length < PREFIX || bytes[0] != 0) {
            throw new UndecodableException(
                    UndecodableException.NOT_WIRE_FORMAT,
                    bytes.length < PREFIX
                            ? "The value is " + bytes.length + " bytes long, shorter than a schema id"
                            : "The value does not start with byte 0 and a schema id");
        }
        var reader = reader(ByteBuffer.wrap(bytes).getInt(1));
        var buffers = scratch.get();
        var decoder = DecoderFactory.get().binaryDecoder(bytes, PREFIX, bytes.length - PREFIX, buffers.decoder);
        buffers.decoder = decoder;
        T value;
        boolean atEnd;
        try {
            value = reader.read(null, decoder);
            atEnd = decoder.isEnd();
        } catch (EOFException e) {
            throw new UndecodableException(UndecodableException.TRUNCATED, "The body ends before the record does", e);
        } catch (AvroTypeException e) {
            throw incompatible(e);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new UndecodableException(UndecodableException.MALFORMED, "The body is not what its schema says", e);
        }
        if (!atEnd) {
            throw new UndecodableException(UndecodableException.TRAILING_BYTES, "The record ends before the body does");
        }
        return value;
    }

    private DatumReader<T> reader(int writerId) {
        var known = readers.get(writerId);
        if (known == null) {
            known = newReader(schemas.apply(writerId));
            readers.put(writerId, known);
        }
        return known;
    }

    private DatumReader<T> newReader(Schema written) {
        if (written.getType() != Schema.Type.RECORD
                || !written.getFullName().equals(topic.schema().getFullName())) {
            throw new UndecodableException(
                    UndecodableException.WRONG_RECORD,
                    "The value is a " + written.getFullName() + ", and " + topic + " carries "
                            + topic.schema().getFullName());
        }
        return new SpecificDatumReader<>(written, topic.schema(), data);
    }

    private UndecodableException incompatible(AvroTypeException cause) {
        return new UndecodableException(
                UndecodableException.INCOMPATIBLE_SCHEMA,
                "The value was written with a schema of " + topic.schema().getFullName()
                        + " that cannot be read as the one in use here",
                cause);
    }

    private static final class Scratch {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        private @Nullable BinaryEncoder encoder;
        private @Nullable BinaryDecoder decoder;
    }
}
