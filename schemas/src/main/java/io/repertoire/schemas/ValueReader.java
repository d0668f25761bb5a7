package io.repertoire.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads values that were written with one schema as values of another, usually the same: a tree built once per pair, by Avro's own
 * rules of resolution.
 *
 * <p>It differs from Avro's reader in what lists are: plain lists. Avro's hold no conversions, so that comparing two of them that
 * have a time or an amount in an optional field throws.
 */
@FunctionalInterface
interface ValueReader {

    @Nullable
    Object read(BodyDecoder in) throws IOException;

    /** @throws IllegalArgumentException for a type that none of our schemas uses */
    static ValueReader of(Schema written, Schema read, SpecificData data) {
        return new Tree(data).of(Resolver.resolve(written, read, data));
    }

    /** Builds the readers of one pair of schemas. */
    final class Tree {

        private final SpecificData data;
        private final IdentityHashMap<Resolver.RecordAdjust, ValueReader> records = new IdentityHashMap<>();

        private Tree(SpecificData data) {
            this.data = data;
        }

        private ValueReader of(Resolver.Action action) {
            return switch (action.type) {
                case DO_NOTHING -> converted(plain(action.writer, action.writer.getType()), action.reader);
                case PROMOTE -> converted(plain(action.writer, action.reader.getType()), action.reader);
                case CONTAINER -> container((Resolver.Container) action);
                case ENUM -> enumeration((Resolver.EnumAdjust) action);
                case RECORD -> record((Resolver.RecordAdjust) action);
                case WRITER_UNION -> writerUnion((Resolver.WriterUnion) action);
                case READER_UNION -> of(((Resolver.ReaderUnion) action).actualAction);
                case SKIP -> skip(action.writer);
                case ERROR -> {
                    // Only an error if the data gets there: a branch of a union that is never written is none.
                    var message = action.toString();
                    yield in -> {
                        throw new AvroTypeException(message);
                    };
                }
            };
        }

        /** What is on the wire as {@code written}, as an unconverted value of type {@code wanted}. */
        private static ValueReader plain(Schema written, Schema.Type wanted) {
            var type = written.getType();
            return switch (wanted) {
                case NULL -> in -> null;
                case BOOLEAN -> in -> in.readBoolean();
                case INT -> in -> in.readInt();
                case LONG -> type == Schema.Type.INT ? in -> (long) in.readInt() : in -> in.readLong();
                case FLOAT ->
                    switch (type) {
                        case INT -> in -> (float) in.readInt();
                        case LONG -> in -> (float) in.readLong();
                        default -> in -> in.readFloat();
                    };
                case DOUBLE ->
                    switch (type) {
                        case INT -> in -> (double) in.readInt();
                        case LONG -> in -> (double) in.readLong();
                        case FLOAT -> in -> (double) in.readFloat();
                        default -> in -> in.readDouble();
                    };
                // Strings and bytes look the same on the wire, and each may be read as the other.
                case STRING -> in -> in.readString();
                case BYTES -> in -> in.readBytes(null);
                default -> throw new IllegalArgumentException("no schema of ours uses " + wanted);
            };
        }

        private static ValueReader converted(ValueReader plain, Schema schema) {
            var type = schema.getLogicalType();
            if (type == null) {
                return plain;
            }
            if (type instanceof LogicalTypes.TimestampMillis) {
                return in -> Instant.ofEpochMilli((Long) present(plain.read(in)));
            }
            if (type instanceof LogicalTypes.Date) {
                return in -> LocalDate.ofEpochDay((Integer) present(plain.read(in)));
            }
            if (type instanceof LogicalTypes.Decimal && schema.getType() == Schema.Type.BYTES) {
                var conversion = new Conversions.DecimalConversion();
                return in -> {
                    var digits = (ByteBuffer) present(plain.read(in));
                    if (!digits.hasRemaining()) {
                        throw new AvroRuntimeException("a decimal without digits");
                    }
                    return conversion.fromBytes(digits, schema, type);
                };
            }
            throw new IllegalArgumentException("no schema of ours uses " + schema);
        }

        private ValueReader container(Resolver.Container action) {
            var element = of(action.elementAction);
            if (action.reader.getType() == Schema.Type.ARRAY) {
                return in -> {
                    long count = in.readArrayStart();
                    var list = new ArrayList<@Nullable Object>((int) count);
                    for (; count > 0; count = in.arrayNext()) {
                        for (long i = 0; i < count; i++) {
                            list.add(element.read(in));
                        }
                    }
                    return list;
                };
            }
            return in -> {
                long count = in.readMapStart();
                var map = new HashMap<String, @Nullable Object>((int) Math.min(count * 2, 1 << 16));
                for (; count > 0; count = in.mapNext()) {
                    for (long i = 0; i < count; i++) {
                        map.put(in.readString(), element.read(in));
                    }
                }
                return map;
            };
        }

        private ValueReader enumeration(Resolver.EnumAdjust action) {
            var symbols = action.reader.getEnumSymbols();
            var values = new @Nullable Object[action.adjustments.length];
            for (int i = 0; i < values.length; i++) {
                int ours = action.adjustments[i];
                values[i] = ours < 0 ? null : data.createEnum(symbols.get(ours), action.reader);
            }
            return in -> {
                var value = values[in.readEnum()];
                if (value == null) {
                    throw new AvroTypeException("a symbol that the enum here does not have");
                }
                return value;
            };
        }

        private ValueReader writerUnion(Resolver.WriterUnion action) {
            var branches = new ValueReader[action.actions.length];
            for (int i = 0; i < branches.length; i++) {
                branches[i] = of(action.actions[i]);
            }
            return in -> branches[in.readIndex()].read(in);
        }

        private ValueReader record(Resolver.RecordAdjust action) {
            var known = records.get(action);
            if (known != null) {
                return known;
            }
            int count = action.fieldActions.length;
            var readers = new ValueReader[count];
            var positions = new int[count];
            var optional = new boolean[count];
            int defaults = action.readerOrder.length - action.firstDefault;
            var defaultReaders = new ValueReader[defaults];
            var defaultBytes = new byte[defaults][];
            var defaultPositions = new int[defaults];
            var supplier = data.getNewRecordSupplier(action.reader);
            ValueReader record = in -> {
                var value = (SpecificRecord) supplier.newInstance(null, action.reader);
                for (int i = 0; i < count; i++) {
                    // Most fields of most records are empty, as a new record's are: no call that may go to any reader.
                    if (optional[i] && in.isFirstBranch()) {
                        continue;
                    }
                    var field = readers[i].read(in);
                    if (positions[i] >= 0) {
                        value.put(positions[i], field);
                    }
                }
                for (int i = 0; i < defaults; i++) {
                    // Read anew each time: a default may be a list that somebody adds to.
                    var bytes = new BodyDecoder();
                    bytes.over(defaultBytes[i], 0);
                    value.put(defaultPositions[i], defaultReaders[i].read(bytes));
                }
                return value;
            };
            // Known before its fields are, for a record may hold records of its own type.
            records.put(action, record);
            int next = 0;
            for (int i = 0; i < count; i++) {
                readers[i] = of(action.fieldActions[i]);
                optional[i] = isNullFirst(action.fieldActions[i]);
                positions[i] = action.fieldActions[i].type == Resolver.Action.Type.SKIP
                        ? -1
                        : action.readerOrder[next++].pos();
            }
            for (int i = 0; i < defaults; i++) {
                var field = action.readerOrder[action.firstDefault + i];
                defaultReaders[i] = of(Resolver.resolve(field.schema(), field.schema(), data));
                defaultBytes[i] = encodedDefault(field);
                defaultPositions[i] = field.pos();
            }
            return record;
        }

        private static boolean isNullFirst(Resolver.Action action) {
            return action.type == Resolver.Action.Type.WRITER_UNION
                    && action.reader.getType() == Schema.Type.UNION
                    && action.writer.getTypes().get(0).getType() == Schema.Type.NULL
                    && action.reader.getTypes().get(0).getType() == Schema.Type.NULL;
        }

        private byte[] encodedDefault(Schema.Field field) {
            var out = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            try {
                new SpecificDatumWriter<@Nullable Object>(field.schema(), data)
                        .write(data.getDefaultValue(field), encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return out.toByteArray();
        }

        private static ValueReader skip(Schema written) {
            return in -> {
                GenericDatumReader.skip(written, in);
                return null;
            };
        }

        private static Object present(@Nullable Object value) {
            if (value == null) {
                throw new AvroTypeException("no value where one is required");
            }
            return value;
        }
    }
}
