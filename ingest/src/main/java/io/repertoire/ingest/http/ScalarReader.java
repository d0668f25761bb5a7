package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads single values that are more than text. Each answers {@code null} after reporting a fault, and for JSON null. */
final class ScalarReader {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private ScalarReader() {}

    /** ISO 8601 with an offset. */
    static @Nullable Instant instant(JsonCursor json) throws IOException {
        String text = string(json, "a time such as \"2026-05-17T14:03:00-04:00\"");
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            // What a 64-bit count of milliseconds and PostgreSQL both hold, and no till has lived outside of.
            if (instant.isAfter(EARLIEST) && instant.isBefore(LATEST)) {
                return instant.truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException e) {
            // Reported below, without the exception's text: it quotes the value.
        }
        json.fault(
                ProblemCode.INVALID_VALUE,
                "A time is written as ISO 8601 with its offset, such as \"2026-05-17T14:03:00-04:00\" or"
                        + " \"2026-05-17T18:03:00Z\", from 1900 on.");
        return null;
    }

    /** A number, or a number as text. Never rounded: more decimals than the contract holds are refused. */
    static @Nullable BigDecimal decimal(JsonCursor json, Schema schema) throws IOException {
        JsonParser parser = json.parser();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!JsonCursor.isTextOrNumber(token)) {
            json.wrongType("a number");
            return null;
        }
        var type = (LogicalTypes.Decimal) schema.getLogicalType();
        BigDecimal value = parse(parser.getText());
        if (value != null) {
            try {
                BigDecimal scaled = value.setScale(type.getScale(), RoundingMode.UNNECESSARY);
                if (scaled.precision() <= type.getPrecision()) {
                    return scaled;
                }
            } catch (ArithmeticException e) {
                // Too many decimals: reported below.
            }
        }
        json.fault(
                ProblemCode.INVALID_VALUE,
                "A number of at most " + (type.getPrecision() - type.getScale()) + " digits before the point and "
                        + type.getScale() + " after it, with a point as decimal sign and without a currency.");
        return null;
    }

    /** {@code null} unless it is a number of a reasonable size: an exponent of a billion would take a billion digits. */
    private static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return null;
        }
        try {
            var value = new BigDecimal(text);
            return Math.abs((long) value.scale()) <= 40 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** One of the schema's symbols, in any case. {@code UNKNOWN} is for readers of newer data, not for writers. */
    static @Nullable Object symbol(JsonCursor json, Map<String, Object> symbols) throws IOException {
        String text = string(json, "one of " + choices(symbols));
        if (text == null) {
            return null;
        }
        Object symbol = symbols.get(text.toUpperCase(Locale.ROOT));
        if (symbol == null) {
            json.fault(ProblemCode.INVALID_VALUE, "The value must be one of " + choices(symbols) + ".");
        }
        return symbol;
    }

    private static String choices(Map<String, Object> symbols) {
        var choices = new TreeSet<>(symbols.keySet());
        choices.remove("UNKNOWN");
        return String.join(", ", choices);
    }

    /** Y or N as text, or true or false. */
    static @Nullable String flag(JsonCursor json) throws IOException {
        JsonToken token = json.parser().currentToken();
        if (token == JsonToken.VALUE_TRUE) {
            return "Y";
        }
        return token == JsonToken.VALUE_FALSE ? "N" : json.text(JsonCursor.TextKind.FREE);
    }

    /** Any scalar, as text. */
    static @Nullable String attribute(JsonCursor json) throws IOException {
        JsonToken token = json.parser().currentToken();
        return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
                ? json.parser().getText()
                : json.text(JsonCursor.TextKind.FREE);
    }

    private static @Nullable String string(JsonCursor json, String wanted) throws IOException {
        JsonToken token = json.parser().currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            json.wrongType(wanted);
            return null;
        }
        return json.parser().getText();
    }
}
