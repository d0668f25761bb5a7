package io.repertoire.sink;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of one Avro schema as JSON, under the names of the contract. Fields without a value, or with an empty one, are left
 * out; times are ISO 8601 in UTC, decimals plain numbers. The schema is walked once, here, and not for every value.
 */
final class AvroJson {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final Node node;

    private AvroJson(Node node) {
        this.node = node;
    }

    /** Not for schemas that contain themselves; the contracts have none. Not thread-safe. */
    static AvroJson of(Schema schema) {
        return new AvroJson(nodeOf(schema, new LastInstant()));
    }

    /** Of one field of a record. */
    static AvroJson of(Schema record, String field) {
        return of(Objects.requireNonNull(record.getField(field), field).schema());
    }

    static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof Collection<?> collection && collection.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof CharSequence text && text.isEmpty());
    }

    void write(@Nullable Object value, CopyBuffer out) {
        node.write(Objects.requireNonNull(value), out);
    }

    private interface Node {
        void write(Object value, CopyBuffer out);
    }

    private static Node nodeOf(Schema schema, LastInstant instants) {
        return switch (schema.getType()) {
            case UNION ->
                nodeOf(
                        schema.getTypes().stream()
                                .filter(t -> t.getType() != Schema.Type.NULL)
                                .findFirst()
                                .orElseThrow(),
                        instants);
            case RECORD -> recordNode(schema, instants);
            case ARRAY -> arrayNode(nodeOf(schema.getElementType(), instants));
            case MAP -> mapNode(nodeOf(schema.getValueType(), instants));
            case BOOLEAN -> (value, out) -> out.raw((Boolean) value ? TRUE : FALSE);
            case ENUM ->
                (value, out) -> {
                    out.raw('"');
                    out.rawAscii(value.toString());
                    out.raw('"');
                };
            default -> (value, out) -> scalar(value, out, instants);
        };
    }

    private static void scalar(Object value, CopyBuffer out, LastInstant instants) {
        if (value instanceof String text) {
            out.jsonString(text);
        } else if (value instanceof Instant instant) {
            out.rawAscii(instants.quoted(instant));
        } else if (value instanceof BigDecimal decimal) {
            out.rawAscii(decimal.toPlainString());
        } else if (value instanceof Number number) {
            out.rawAscii(number.toString());
        } else {
            out.jsonString(value.toString());
        }
    }

    private static Node recordNode(Schema schema, LastInstant instants) {
        List<Schema.Field> fields = schema.getFields();
        int count = fields.size();
        byte[][] names = new byte[count][];
        Node[] nodes = new Node[count];
        for (int i = 0; i < count; i++) {
            names[i] = ('"' + fields.get(i).name() + "\":").getBytes(StandardCharsets.US_ASCII);
            nodes[i] = nodeOf(fields.get(i).schema(), instants);
        }
        return (value, out) -> {
            IndexedRecord record = (IndexedRecord) value;
            char separator = '{';
            for (int i = 0; i < count; i++) {
                Object field = record.get(i);
                if (!isEmpty(field)) {
                    out.raw(separator);
                    out.raw(names[i]);
                    nodes[i].write(field, out);
                    separator = ',';
                }
            }
            if (separator == '{') {
                out.raw('{');
            }
            out.raw('}');
        };
    }

    private static Node arrayNode(Node element) {
        return (value, out) -> {
            out.raw('[');
            List<?> list = (List<?>) value;
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) {
                    out.raw(',');
                }
                element.write(Objects.requireNonNull(list.get(i)), out);
            }
            out.raw(']');
        };
    }

    private static Node mapNode(Node element) {
        return (value, out) -> {
            char separator = '{';
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.raw(separator);
                out.jsonString(entry.getKey().toString());
                out.raw(':');
                element.write(Objects.requireNonNull(entry.getValue()), out);
                separator = ',';
            }
            out.raw('}');
        };
    }

    /** The dozen times of an image are mostly one and the same, and formatting one is dear. */
    private static final class LastInstant {
        private @Nullable Instant instant;
        private String quoted = "";

        String quoted(Instant value) {
            if (!value.equals(instant)) {
                instant = value;
                quoted = '"' + value.toString() + '"';
            }
            return quoted;
        }
    }
}
