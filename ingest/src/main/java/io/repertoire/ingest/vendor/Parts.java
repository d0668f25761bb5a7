package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes vendors' JSON apart, which is never quite as their pages say, and puts ours together. Never throws for what it is given. */
final class Parts {

    /** What the canonical JSON takes. */
    private static final int LONGEST_TEXT = 10_000;

    private static final int LONGEST_NAME = 100;
    private static final int MOST_VALUES = 1_000;
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:01Z");
    private static final Instant LATEST = Instant.parse("9999-12-30T00:00:00Z");

    private Parts() {}

    /** The scalar at this path as text, numbers as written; {@code null} for blank, absent, null and anything else. */
    static @Nullable String text(JsonNode node, String... path) {
        JsonNode at = at(node, path);
        if (!at.isTextual() && !at.isNumber()) {
            return null;
        }
        String text = at.asText();
        if (text.isBlank()) {
            return null;
        }
        // Our own word for "empty this field", which no vendor can mean.
        return text.strip().equals("\\N") ? null : text;
    }

    static JsonNode at(JsonNode node, String... path) {
        JsonNode at = node;
        for (String name : path) {
            at = at.path(name);
        }
        return at;
    }

    /** JSON's true, or the word. */
    static boolean isTrue(JsonNode node, String... path) {
        return at(node, path).asText().equals("true");
    }

    /** A list; one object stands for a list of it, and anything else for none. */
    static List<JsonNode> list(JsonNode node) {
        var list = new ArrayList<JsonNode>();
        if (node.isObject()) {
            list.add(node);
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                if (element.isObject() && list.size() < MOST_VALUES) {
                    list.add(element);
                }
            }
        }
        return list;
    }

    static @Nullable String first(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** ISO 8601 with an offset; {@code null} if it is nothing of the kind. */
    static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return inRange(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Milliseconds since 1970. */
    static @Nullable Instant millis(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.asLong()) < 253_402_300_799_999L
                ? inRange(Instant.ofEpochMilli(node.asLong()))
                : null;
    }

    private static @Nullable Instant inRange(Instant instant) {
        return instant.isAfter(EARLIEST) && instant.isBefore(LATEST) ? instant : null;
    }

    /** {@code null} unless it is a number of a reasonable size. */
    static @Nullable BigDecimal number(@Nullable String text) {
        if (text == null || text.length() > 24) {
            return null;
        }
        try {
            var value = new BigDecimal(text.strip());
            return Math.abs((long) value.scale()) <= 12 && value.precision() <= 20 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** An amount in cents, or whatever the currency's smallest unit is. */
    static @Nullable BigDecimal minor(@Nullable String amount, @Nullable String currency) {
        BigDecimal value = number(amount);
        return value == null ? null : value.movePointLeft(digits(currency));
    }

    private static int digits(@Nullable String currency) {
        try {
            return currency == null
                    ? 2
                    : Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }

    static void put(ObjectNode json, String name, @Nullable String text) {
        put(json, name, text, LONGEST_TEXT);
    }

    /** A shop's, till's or seller's. */
    static void putName(ObjectNode json, String name, @Nullable String text) {
        put(json, name, text, LONGEST_NAME);
    }

    private static void put(ObjectNode json, String name, @Nullable String text, int longest) {
        if (text != null && !text.isBlank()) {
            json.put(name, text.length() <= longest ? text : text.substring(0, longest));
        }
    }

    static void put(ObjectNode json, String name, @Nullable Instant instant) {
        if (instant != null) {
            json.put(name, instant.toString());
        }
    }

    static void put(ObjectNode json, String name, @Nullable BigDecimal number) {
        if (number != null) {
            json.put(name, number.toPlainString());
        }
    }

    /** Unless it is empty. */
    static void put(ObjectNode json, String name, JsonNode value) {
        if (!value.isEmpty()) {
            json.set(name, value);
        }
    }

    static void add(ArrayNode list, ObjectNode value) {
        if (!value.isEmpty()) {
            list.add(value);
        }
    }

    /** Two letters, or nothing. */
    static @Nullable String code(@Nullable String text, int letters) {
        return text != null
                        && text.length() == letters
                        && text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
                ? text
                : null;
    }
}
