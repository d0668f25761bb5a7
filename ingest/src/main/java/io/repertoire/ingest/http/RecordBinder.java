package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.repertoire.ingest.http.JsonCursor.TextKind;
import java.io.IOException;
import java.util.ArrayList;
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

    /** Text fields that hold Y or N, where JSON's true and false are taken too. */
    private static final Set<String> FLAGS =
            Set.of("receipt_by_email", "promotion", "export_sale", "automatic_invoice", "credit_account", "active");

    /** Text fields that hold numbers by nature: a card number is told from them by more than its check digit. */
    private static final Set<String> IDENTIFIERS = Set.of(
            "customer_id",
            "code",
            "loyalty_card",
            "card",
            "subscription_card",
            "number",
            "siret",
            "vat",
            "naf",
            "postal_code",
            "sku",
            "line_id",
            "token",
            "reference",
            "store",
            "till",
            "seller",
            "ticket_number");

    private static final Set<String> EVENT_IDENTITIES =
            Set.of("event_id", "source_system", "sale_id", "refund_of", "source_customer_id");

    private static final Set<String> IDENTIFIER_VALUES = Set.of("SubmittedExternalId", "SubmittedPhone");

    private final Schema schema;
    private final String where;
    private final Map<String, Slot> slots = new HashMap<>();
    private final Slot[] byPosition;
    private final Set<String> extras;
    private final @Nullable Slot shorthand;

    /**
     * @param where how messages name this object, such as {@code a sale}
     * @param shape what of the schema a caller may give
     */
    RecordBinder(Schema schema, String where, Shape shape) {
        this.schema = schema;
        this.where = where;
        this.extras = shape.extras();
        this.byPosition = new Slot[schema.getFields().size()];
        for (Schema.Field field : schema.getFields()) {
            boolean required = shape.required() == null
                    ? !field.hasDefaultValue()
                    : shape.required().contains(field.name());
            Slot slot = new Slot(field, schema, required);
            byPosition[field.pos()] = slot;
            if (shape.fields() == null || shape.fields().contains(field.name())) {
                slots.put(field.name(), slot);
            }
        }
        SINGULARS.forEach((singular, plural) -> {
            Slot list = slots.get(plural);
            if (list != null && !slots.containsKey(singular)) {
                slots.put(singular, list);
            }
        });
        Slot value = slots.get("value");
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
        var record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (Slot slot : byPosition) {
            Object initial = slot.initial();
            if (initial != null) {
                record.put(slot.position, initial);
            }
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return readShorthand(json, record);
        }
        if (json.tooDeep()) {
            json.fault(ProblemCode.TOO_DEEP, "Nothing in an event is nested this deeply.");
            parser.skipChildren();
            return null;
        }
        long given = 0;
        long nulls = 0;
        boolean usable = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Slot slot = slots.get(name);
            if (slot == null && extras.contains(name)) {
                readExtra(json, name);
                continue;
            }
            if (slot == null) {
                json.unknownField(where, " Known: " + String.join(", ", fieldNames()) + ".");
                continue;
            }
            boolean singular = !slot.name.equals(name);
            long bit = 1L << slot.position;
            if ((given & bit) != 0) {
                json.fault(ProblemCode.DUPLICATE_FIELD, twice(slot));
            }
            given |= bit;
            parser.nextToken();
            boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
            Object value = singular ? slot.readSingle(json) : slot.read(json);
            if (value != null) {
                record.put(slot.position, value);
            } else if (isNull) {
                nulls |= bit;
            } else if (slot.required) {
                // Already told of: a fault, or a warning that a card number was taken out.
                usable = false;
            }
        }
        for (Slot slot : byPosition) {
            long bit = 1L << slot.position;
            if (slot.required && ((given & bit) == 0 || (nulls & bit) != 0)) {
                json.fault(
                        ProblemCode.MISSING_FIELD,
                        "The field \"" + slot.name + "\" of " + where + " is required.",
                        json.pointer() + "/" + slot.name);
            }
        }
        return usable ? record : null;
    }

    private static void readExtra(JsonCursor json, String name) throws IOException {
        json.parser().nextToken();
        String value = json.text(textKind(name));
        if (value != null && json.extras().put(name, value) != null) {
            json.fault(ProblemCode.DUPLICATE_FIELD, "The field is given twice; leave one out.");
        }
    }

    private static TextKind textKind(String name) {
        if (EVENT_IDENTITIES.contains(name)) {
            return TextKind.EVENT_IDENTITY;
        }
        return IDENTIFIERS.contains(name) ? TextKind.IDENTIFIER : TextKind.FREE;
    }

    private static String twice(Slot slot) {
        for (var singular : SINGULARS.entrySet()) {
            if (singular.getValue().equals(slot.name)) {
                return "Give either \"" + singular.getKey() + "\" or \"" + slot.name + "\", once.";
            }
        }
        return "The field is given twice; leave one out.";
    }

    private @Nullable SpecificRecord readShorthand(JsonCursor json, SpecificRecord record) throws IOException {
        if (shorthand == null || !json.parser().currentToken().isScalarValue()) {
            json.wrongType(shorthand == null ? "an object" : "text or an object");
            return null;
        }
        Object value = shorthand.read(json);
        if (value == null) {
            return null;
        }
        record.put(shorthand.position, value);
        return record;
    }

    /** One field of the record. */
    private static final class Slot {
        private final String name;
        private final int position;
        private final boolean required;
        private final boolean flag;
        private final TextKind textKind;
        private final Schema type;
        private final @Nullable RecordBinder nested;
        private final @Nullable Map<String, Object> symbols;
        private final @Nullable Object enumDefault;

        Slot(Schema.Field field, Schema owner, boolean required) {
            this.name = field.name();
            this.position = field.pos();
            this.required = required;
            this.flag = FLAGS.contains(name);
            this.textKind = name.equals("value") && IDENTIFIER_VALUES.contains(owner.getName())
                    ? TextKind.IDENTIFIER
                    : textKind(name);
            this.type = withoutNull(field.schema());
            Schema inner = type.getType() == Schema.Type.ARRAY ? type.getElementType() : type;
            this.nested = inner.getType() == Schema.Type.RECORD
                    ? new RecordBinder(inner, "\"" + name + "\"", shapeOf(inner))
                    : null;
            if (type.getType() == Schema.Type.ENUM) {
                var known = new HashMap<String, Object>();
                for (String symbol : type.getEnumSymbols()) {
                    known.put(symbol, SpecificData.get().createEnum(symbol, type));
                }
                this.symbols = known;
                this.enumDefault =
                        field.hasDefaultValue() ? known.get(field.defaultVal().toString()) : null;
            } else {
                this.symbols = null;
                this.enumDefault = null;
            }
        }

        /** A customer's loyalty card may be given without the object around it. */
        private static Shape shapeOf(Schema schema) {
            return schema.getName().equals("SubmittedCustomer")
                    ? new Shape(null, null, Set.of(EventReader.LOYALTY_CARD))
                    : Shape.WHOLE;
        }

        private static Schema withoutNull(Schema schema) {
            return schema.isUnion() ? schema.getTypes().get(1) : schema;
        }

        @Nullable
        Object initial() {
            return switch (type.getType()) {
                case ARRAY -> List.of();
                case MAP -> Map.of();
                default -> enumDefault;
            };
        }

        @Nullable
        Object read(JsonCursor json) throws IOException {
            if (json.parser().currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            return switch (type.getType()) {
                case STRING -> flag ? ScalarReader.flag(json) : json.text(textKind);
                case ENUM -> ScalarReader.symbol(json, symbols == null ? Map.of() : symbols);
                case LONG -> ScalarReader.instant(json);
                case BYTES -> ScalarReader.decimal(json, type);
                case RECORD -> nested == null ? null : nested.read(json);
                case MAP -> readMap(json);
                case ARRAY -> readList(json);
                default -> throw new IllegalStateException("no JSON form for " + type.getType());
            };
        }

        /** One value where the schema has a list. */
        @Nullable
        Object readSingle(JsonCursor json) throws IOException {
            Object value = readElement(json);
            return value == null ? null : List.of(value);
        }

        private @Nullable Object readElement(JsonCursor json) throws IOException {
            return nested == null ? json.text(TextKind.FREE) : nested.read(json);
        }

        private @Nullable Object readList(JsonCursor json) throws IOException {
            JsonParser parser = json.parser();
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                json.wrongType("a list");
                return null;
            }
            var list = new ArrayList<Object>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (list.size() == JsonCursor.MAX_VALUES) {
                    json.fault(ProblemCode.TOO_MANY_VALUES, "No more than " + JsonCursor.MAX_VALUES + " values.");
                    skipRest(parser);
                    return null;
                }
                Object value = readElement(json);
                if (value != null) {
                    list.add(value);
                }
            }
            return list;
        }

        private @Nullable Object readMap(JsonCursor json) throws IOException {
            JsonParser parser = json.parser();
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                json.wrongType("an object");
                return null;
            }
            var map = new HashMap<String, Object>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                if (map.size() == JsonCursor.MAX_VALUES) {
                    json.fault(ProblemCode.TOO_MANY_VALUES, "No more than " + JsonCursor.MAX_VALUES + " values.");
                    skipRest(parser);
                    return null;
                }
                String key = json.key();
                parser.nextToken();
                Object value =
                        parser.currentToken().isScalarValue() ? ScalarReader.attribute(json) : json.text(TextKind.FREE);
                if (key != null && value != null && map.put(key, value) != null) {
                    json.fault(ProblemCode.DUPLICATE_FIELD, "The attribute is given twice; leave one out.");
                }
            }
            return map;
        }

        /** From inside a list or object, to its end. */
        private static void skipRest(JsonParser parser) throws IOException {
            int depth = 1;
            JsonToken token = parser.currentToken();
            while (token != null) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                if (depth == 0) {
                    return;
                }
                token = parser.nextToken();
            }
        }
    }
}
