package io.repertoire.schemas;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes the records of one topic. Thread-safe; asks for an id or a schema the first time it needs it. */
final class RecordCodec<T extends SpecificRecord> {

    private static final int PREFIX = 5;

    private final Topic<T> topic;
    private final IntSupplier idSource;
    private final IntFunction<Schema> schemas;
    private final AvroBody<T> body;
    private final Map<Integer, AvroBody.Reader<T>> readers = new ConcurrentHashMap<>();
    private volatile byte @Nullable [] prefix;

    RecordCodec(Topic<T> topic, IntSupplier idSource, IntFunction<Schema> schemas) {
        this.topic = topic;
        this.idSource = idSource;
        this.schemas = schemas;
        this.body = new AvroBody<>(topic.type(), topic.schema());
    }

    byte[] encode(T value) {
        return body.write(prefix(), value);
    }

    T decode(byte[] bytes) {
        if (bytes.length < PREFIX || bytes[0] != 0) {
            throw new UndecodableException(
                    UndecodableException.NOT_WIRE_FORMAT,
                    bytes.length < PREFIX
                            ? "The value is " + bytes.length + " bytes long, shorter than a schema id"
                            : "The value does not start with byte 0 and a schema id");
        }
        return reader(ByteBuffer.wrap(bytes).getInt(1)).read(bytes, PREFIX);
    }

    /** Byte 0 and the id of our own schema. */
    byte[] prefix() {
        var known = prefix;
        if (known == null) {
            known = ByteBuffer.allocate(PREFIX)
                    .put((byte) 0)
                    .putInt(idSource.getAsInt())
                    .array();
            prefix = known;
        }
        return known;
    }

    private AvroBody.Reader<T> reader(int writerId) {
        var known = readers.get(writerId);
        if (known == null) {
            known = newReader(schemas.apply(writerId));
            readers.put(writerId, known);
        }
        return known;
    }

    private AvroBody.Reader<T> newReader(Schema written) {
        var name = topic.schema().getFullName();
        if (written.getType() != Schema.Type.RECORD || !written.getFullName().equals(name)) {
            throw new UndecodableException(
                    UndecodableException.WRONG_RECORD,
                    "The value is a " + written.getFullName() + ", and " + topic + " carries " + name);
        }
        return body.readerOf(written);
    }
}
