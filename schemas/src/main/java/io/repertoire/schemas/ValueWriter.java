package io.repertoire.schemas;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one schema, as a tree built once per schema: Avro's own writer looks at the schema, the logical type and
 * the conversion of every field of every record anew. Measured: a customer of 500 bytes 0.7 µs against 1.7 µs, a submission 0.5
 * against 1.1, a row outcome 0.08 against 0.23. Knows what our generated classes hold and nothing else: a schema it does not
 * know is refused when the tree is built.
 */
@FunctionalInterface
interface ValueWriter {

    void write(@Nullable Object value, BodyEncoder out);

    /** @throws IllegalArgumentException for a type that none of our schemas uses */
    static ValueWriter of(Schema schema) {
        return of(schema, new HashMap<>());
    }

    private static ValueWriter of(Schema schema, Map<Schema, ValueWriter> known) {
        if (schema.getLogicalType() != null) {
            return logical(schema);
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, known);
            case ENUM -> (value, out) -> out.writeLong(indexOf((Enum<?>) required(value, schema)));
            case ARRAY -> array(of(schema.getElementType(), known), schema);
            case MAP -> map(of(schema.getValueType(), known), schema);
            case UNION -> union(schema, known);
            case STRING ->
                (value, out) -> out.writeString(required(value, schema).toString());
            case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) required(value, schema));
            case INT -> (value, out) -> out.writeLong((Integer) required(value, schema));
            case LONG -> (value, out) -> out.writeLong((Long) required(value, schema));
            case FLOAT -> (value, out) -> out.writeFloat((Float) required(value, schema));
            case DOUBLE -> (value, out) -> out.writeDouble((Double) required(value, schema));
            case BOOLEAN -> (value, out) -> out.writeByte((Boolean) required(value, schema) ? 1 : 0);
            case FIXED, NULL -> throw unknown(schema);
        };
    }

    private static ValueWriter logical(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return (value, out) -> out.writeLong(((Instant) required(value, schema)).toEpochMilli());
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Date) {
            return (value, out) -> out.writeLong(((LocalDate) required(value, schema)).toEpochDay());
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && schema.getType() == Schema.Type.BYTES) {
            var conversion = new Conversions.DecimalConversion();
            return (value, out) ->
                    out.writeBytes(conversion.toBytes((BigDecimal) required(value, schema), schema, decimal));
        }
        throw unknown(schema);
    }

    private static ValueWriter record(Schema schema, Map<Schema, ValueWriter> known) {
        var writer = known.get(schema);
        if (writer != null) {
            return writer;
        }
        var fields = schema.getFields();
        var writers = new ValueWriter[fields.size()];
        var optional = new boolean[fields.size()];
        ValueWriter record = (value, out) -> {
            var from = (SpecificRecord) required(value, schema);
            for (int i = 0; i < writers.length; i++) {
                var field = from.get(i);
                // Most fields of most records are empty: no call that could go to any writer.
                if (optional[i]) {
                    if (field == null) {
                        out.writeByte(0);
                        continue;
                    }
                    out.writeByte(2);
                } else if (field instanceof ArrayList<?> list && list.isEmpty()) {
                    out.writeByte(0);
                    continue;
                }
                writers[i].write(field, out);
            }
        };
        // Known before its fields are, for a record may hold records of its own type.
        known.put(schema, record);
        for (int i = 0; i < writers.length; i++) {
            var field = fields.get(i).schema();
            optional[i] = field.getType() == Schema.Type.UNION;
            writers[i] = of(optional[i] ? present(field) : field, known);
        }
        return record;
    }

    private static ValueWriter array(ValueWriter item, Schema schema) {
        return (value, out) -> {
            var items = (Collection<?>) required(value, schema);
            if (!items.isEmpty()) {
                out.writeLong(items.size());
                for (var each : items) {
                    item.write(each, out);
                }
            }
            out.writeByte(0);
        };
    }

    private static ValueWriter map(ValueWriter item, Schema schema) {
        return (value, out) -> {
            var entries = (Map<?, ?>) required(value, schema);
            if (!entries.isEmpty()) {
                out.writeLong(entries.size());
                for (var entry : entries.entrySet()) {
                    out.writeString(entry.getKey().toString());
                    item.write(entry.getValue(), out);
                }
            }
            out.writeByte(0);
        };
    }

    private static ValueWriter union(Schema schema, Map<Schema, ValueWriter> known) {
        var present = of(present(schema), known);
        return (value, out) -> {
            if (value == null) {
                out.writeByte(0);
            } else {
                out.writeByte(2);
                present.write(value, out);
            }
        };
    }

    private static Schema present(Schema union) {
        var types = union.getTypes();
        if (types.size() != 2 || types.get(0).getType() != Schema.Type.NULL) {
            throw unknown(union);
        }
        return types.get(1);
    }

    @SuppressWarnings("EnumOrdinal") // generated from the schema, whose symbols are in this order
    private static int indexOf(Enum<?> value) {
        return value.ordinal();
    }

    private static Object required(@Nullable Object value, Schema schema) {
        if (value == null) {
            throw new NullPointerException("no value where " + schema.getType() + " is required");
        }
        return value;
    }

    private static IllegalArgumentException unknown(Schema schema) {
        return new IllegalArgumentException("no schema of ours uses " + schema);
    }
}
