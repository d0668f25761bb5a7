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
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/** One field of a record: how its JSON is read. Immutable, thread-safe. */
final class FieldSlot {

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

    final String name;
    final int position;
    final boolean required;
    private final boolean flag;
    private final TextKind textKind;
    private final Schema type;
    private final @Nullable RecordBinder nested;
    private final @Nullable Map<String, Object> symbols;
    private final @Nullable Object enumDefault;

    FieldSlot(Schema.Field field, Schema owner, boolean required) {
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
    private static RecordBinder.Shape shapeOf(Schema schema) {
        return schema.getName().equals("SubmittedCustomer")
                ? new RecordBinder.Shape(null, null, Set.of(EventReader.LOYALTY_CARD))
                : RecordBinder.Shape.WHOLE;
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

    /** What becomes of a card number in a field of this name. */
    static TextKind textKind(String name) {
        if (EVENT_IDENTITIES.contains(name)) {
            return TextKind.EVENT_IDENTITY;
        }
        return IDENTIFIERS.contains(name) ? TextKind.IDENTIFIER : TextKind.FREE;
    }
}
