package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object into a generated record, field by field as the record's schema says, so that a field added to the
 * contract is accepted at once. JSON null is the same as absent. Immutable, thread-safe.
 *
 * <p>Beyond the schema: a list may be given under its singular name as one value ({@code "email": "…"}); a record of which only
 * {@code value} is required may be given as that value alone ({@code "emails": ["…"]}).
 */
final class RecordBinder {

    /** Singular names and the lists they stand for. */
    private static final Map<String, String> SINGULARS = Map.of(
            "email", "emails",
            "phone", "phones",
            "address", "addresses",
            "external_id", "external_ids",
            "consent", "consents",
            "group", "groups",
            "tag", "tags");

    private final Schema schema;
    private final String where;
    private final Map<String, FieldSlot> slots = new HashMap<>();
    private final FieldSlot[] byPosition;
    private final Set<String> extras;
    private final @Nullable FieldSlot shorthand;

    /**
     * @param where how messages name this object, such as {@code a sale}
     * @param shape what of the schema a caller may give
     */
    RecordBinder(Schema schema, String where, Shape shape) {
        this.schema = schema;
        this.where = where;
        this.extras = shape.extras();
        this.byPosition = new FieldSlot[schema.getFields().size()];
        for (Schema.Field field : schema.getFields()) {
            boolean required = shape.required() == null
                    ? !field.hasDefaultValue()
                    : shape.required().contains(field.name());
            FieldSlot slot = new FieldSlot(field, schema, required);
            byPosition[field.pos()] = slot;
            if (shape.fields() == null || shape.fields().contains(field.name())) {
                slots.put(field.name(), slot);
            }
        }
        SINGULARS.forEach((singular, plural) -> {
            FieldSlot list = slots.get(plural);
            if (list != null && !slots.containsKey(singular)) {
                slots.put(singular, list);
            }
        });
        FieldSlot value = slots.get("value");
        boolean onlyValueRequired =
                value != null && List.of(byPosition).stream().allMatch(slot -> slot == value || !slot.required);
        this.shorthand = onlyValueRequired ? value : null;
    }

    /**
     * What of a schema may be given.
     *
     * @param fields the fields; {@code null}: all of them
     * @param required those that must be; {@code null}: as the schema says
     * @param extras texts beyond the schema, kept in {@link JsonCursor#extras}
     */
    record Shape(@Nullable Set<String> fields, @Nullable Set<String> required, Set<String> extras) {
        static final Shape WHOLE = new Shape(null, null, Set.of());
    }

    /** The field names that a caller may give, sorted. */
    Set<String> fieldNames() {
        var names = new TreeSet<>(slots.keySet());
        names.addAll(extras);
        return names;
    }

    /**
     * @return {@code null} for JSON null, and for what could not be read at all, which is then a fault. A record that comes back
     *     while the cursor has faults is incomplete.
     */
    @Nullable
    SpecificRecord read(JsonCursor json) throws IOException {
        JsonParser parser = json.parser();
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return readShorthand(json);
        }
        if (json.tooDeep()) {
            json.fault(ProblemCode.TOO_DEEP, "Nothing in an event is nested this deeply.");
            parser.skipChildren();
            return null;
        }
        SpecificRecord record = blank();
        var given = new Given();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            readField(json, parser.currentName(), record, given);
        }
        tellMissing(json, given);
        return given.usable ? record : null;
    }

    private SpecificRecord blank() {
        var record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (FieldSlot slot : byPosition) {
            Object initial = slot.initial();
            if (initial != null) {
                record.put(slot.position, initial);
            }
        }
        return record;
    }

    /** Which fields of one object were given, a bit each by position. */
    private static final class Given {
        private long fields;
        private long nulls;
        private boolean usable = true;

        boolean has(FieldSlot slot) {
            return (fields & 1L << slot.position) != 0;
        }

        boolean hasValue(FieldSlot slot) {
            return has(slot) && (nulls & 1L << slot.position) == 0;
        }
    }

    private void readField(JsonCursor json, String name, SpecificRecord record, Given given) throws IOException {
        FieldSlot slot = slots.get(name);
        if (slot == null) {
            if (extras.contains(name)) {
                readExtra(json, name);
            } else {
                json.unknownField(where, " Known: " + String.join(", ", fieldNames()) + ".");
            }
            return;
        }
        if (given.has(slot)) {
            json.fault(ProblemCode.DUPLICATE_FIELD, twice(slot));
        }
        given.fields |= 1L << slot.position;
        boolean isNull = json.parser().nextToken() == JsonToken.VALUE_NULL;
        Object value = slot.name.equals(name) ? slot.read(json) : slot.readSingle(json);
        if (value != null) {
            record.put(slot.position, value);
        } else if (isNull) {
            given.nulls |= 1L << slot.position;
        } else if (slot.required) {
            // Already told of: a fault, or a warning that a card number was taken out.
            given.usable = false;
        }
    }

    private void tellMissing(JsonCursor json, Given given) {
        for (FieldSlot slot : byPosition) {
            if (slot.required && !given.hasValue(slot)) {
                json.fault(
                        ProblemCode.MISSING_FIELD,
                        "The field \"" + slot.name + "\" of " + where + " is required.",
                        json.pointer() + "/" + slot.name);
            }
        }
    }

    private static void readExtra(JsonCursor json, String name) throws IOException {
        json.parser().nextToken();
        String value = json.text(FieldSlot.textKind(name));
        if (value != null && json.extras().put(name, value) != null) {
            json.fault(ProblemCode.DUPLICATE_FIELD, "The field is given twice; leave one out.");
        }
    }

    private static String twice(FieldSlot slot) {
        for (var singular : SINGULARS.entrySet()) {
            if (singular.getValue().equals(slot.name)) {
                return "Give either \"" + singular.getKey() + "\" or \"" + slot.name + "\", once.";
            }
        }
        return "The field is given twice; leave one out.";
    }

    private @Nullable SpecificRecord readShorthand(JsonCursor json) throws IOException {
        if (shorthand == null || !json.parser().currentToken().isScalarValue()) {
            json.wrongType(shorthand == null ? "an object" : "text or an object");
            return null;
        }
        Object value = shorthand.read(json);
        if (value == null) {
            return null;
        }
        SpecificRecord record = blank();
        record.put(shorthand.position, value);
        return record;
    }
}
