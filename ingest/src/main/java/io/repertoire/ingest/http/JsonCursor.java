package io.repertoire.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.repertoire.customers.text.CardNumbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event's JSON being read: the parser, where it is, and what was found wrong so far. Not thread-safe.
 *
 * <p>Nothing in here ever puts a value of the caller's into a message, nor a field name that does not look like one.
 */
final class JsonCursor implements AutoCloseable {

    /** Longest text value, in characters. */
    static final int MAX_TEXT = 10_000;

    /** Most values of one list or object. */
    static final int MAX_VALUES = 5_000;

    private static final int MAX_KEY = 100;
    private static final int MAX_DEPTH = 12;
    private static final int MAX_FAULTS = 20;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(100)
                    .maxNameLength(2_000)
                    .maxStringLength(2_000_000)
                    .build())
            // Names are the caller's to choose: they must not fill the virtual machine's table of strings.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** What a text is for, which decides what becomes of a card number in it. */
    enum TextKind {
        /** For people to read: the number is masked. */
        FREE,
        /** Holds numbers by nature, see {@link CardNumbers#redactIdentifier}: the value is dropped. */
        IDENTIFIER,
        /** Without it the event is not that event: the event is refused. */
        EVENT_IDENTITY
    }

    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final int firstLine;
    private final JsonParser parser;
    private final List<Fault> faults = new ArrayList<>(0);
    private final List<Warning> warnings = new ArrayList<>(0);
    private final Map<String, String> extras = new HashMap<>(4);

    /** @param firstLine line of the body that {@code offset} is on, from 1 */
    JsonCursor(byte[] bytes, int offset, int length, int firstLine) throws IOException {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.firstLine = firstLine;
        this.parser = JSON.createParser(bytes, offset, length);
    }

    JsonParser parser() {
        return parser;
    }

    List<Fault> faults() {
        return faults;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** Texts that have no field of their own in the schema, by name. */
    Map<String, String> extras() {
        return extras;
    }

    boolean failed() {
        return !faults.isEmpty();
    }

    /** About the value or field name the parser is at. */
    void fault(ProblemCode code, String detail) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(locate(code, detail, pointer(), parser.currentTokenLocation()));
        }
    }

    /** About a place found out later. */
    void fault(ProblemCode code, String detail, String pointer) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(code, detail, pointer, 0, 0));
        }
    }

    void warn(String code, String detail) {
        if (warnings.size() < MAX_FAULTS) {
            warnings.add(new Warning(code, pointer(), detail));
        }
    }

    /** The whole text stopped being JSON here; what was found before is of no use to anyone. */
    Fault malformed(@Nullable JsonLocation location, ProblemCode code, String detail) {
        // Where it is nested too deeply, the place says it better than a pointer of a hundred steps.
        return locate(
                code, detail, tooDeep() ? null : pointer(), location == null ? parser.currentLocation() : location);
    }

    boolean tooDeep() {
        return parser.getParsingContext().getNestingDepth() > MAX_DEPTH;
    }

    /** Tills send numbers as text, and text as numbers. */
    static boolean isTextOrNumber(JsonToken token) {
        return token == JsonToken.VALUE_STRING
                || token == JsonToken.VALUE_NUMBER_INT
                || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    /**
     * The scalar the parser is at, as text; {@code null} after reporting a fault, or for JSON's null and blank text. Numbers are
     * taken as written: tills send identifiers that way.
     *
     * @param kind what becomes of a card number in it
     */
    @Nullable
    String text(TextKind kind) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!isTextOrNumber(token)) {
            wrongType("text");
            return null;
        }
        if (parser.getTextLength() > MAX_TEXT) {
            fault(ProblemCode.TOO_LONG, "The text is longer than " + MAX_TEXT + " characters; shorten it.");
            return null;
        }
        String text = withoutBadCharacters(parser.getText());
        String safe = kind == TextKind.FREE ? CardNumbers.redact(text) : CardNumbers.redactIdentifier(text);
        if (safe.equals(text)) {
            return text;
        }
        if (kind == TextKind.EVENT_IDENTITY) {
            fault(
                    ProblemCode.CARD_NUMBER,
                    "This looks like a payment card number, which is never held; use another id.");
            return null;
        }
        warn("CARD_NUMBER_REMOVED", "The text held what looks like a payment card number; it was removed.");
        // A mask must not become an identifier that many people share.
        return kind == TextKind.IDENTIFIER ? null : safe;
    }

    /** The name of an attribute, cleaned like any text; {@code null} after reporting a fault. */
    @Nullable
    String key() throws IOException {
        String name = parser.currentName();
        if (name.isBlank() || name.length() > MAX_KEY) {
            fault(ProblemCode.TOO_LONG, "The name of an attribute has 1 to " + MAX_KEY + " characters.");
            return null;
        }
        String clean = withoutBadCharacters(name);
        String safe = CardNumbers.redact(clean);
        if (!safe.equals(clean)) {
            warn("CARD_NUMBER_REMOVED", "The name of an attribute held what looks like a payment card number.");
        }
        return safe;
    }

    /** Reports that the value is not of the type wanted, and steps over it. */
    void wrongType(String wanted) throws IOException {
        fault(ProblemCode.WRONG_TYPE, "Here must be " + wanted + ", not " + describe(parser.currentToken()) + ".");
        parser.skipChildren();
    }

    void unknownField(String where, String hint) throws IOException {
        String name = parser.currentName();
        String shown = isShowable(name) ? "\"" + name + "\"" : "whose name is shown as ?";
        fault(ProblemCode.UNKNOWN_FIELD, "The field " + shown + " is not one of " + where + "." + hint);
        parser.nextToken();
        parser.skipChildren();
    }

    private static String describe(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "that";
        };
    }

    private String withoutBadCharacters(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bad;
            if (c == 0) {
                bad = true;
            } else if (Character.isHighSurrogate(c)) {
                bad = i + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
            } else {
                bad = Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
            }
            if (bad && out == null) {
                out = new StringBuilder(text.length()).append(text, 0, i);
            } else if (!bad && out != null) {
                out.append(c);
            }
        }
        if (out == null) {
            return text;
        }
        warn("CHARACTER_REMOVED", "The text held U+0000 or half a character; that was removed.");
        return out.toString();
    }

    /** RFC 6901, except that a name which does not look like a field's is shown as {@code ?}. */
    String pointer() {
        var segments = new ArrayList<String>();
        for (JsonStreamContext at = parser.getParsingContext(); at != null; at = at.getParent()) {
            if (at.inObject() && at.getCurrentName() != null) {
                segments.add(isShowable(at.getCurrentName()) ? at.getCurrentName() : "?");
            } else if (at.inArray() && at.hasCurrentIndex()) {
                segments.add(Integer.toString(at.getCurrentIndex()));
            }
        }
        var pointer = new StringBuilder();
        for (int i = segments.size() - 1; i >= 0; i--) {
            pointer.append('/').append(segments.get(i));
        }
        return pointer.toString();
    }

    private static boolean isShowable(String name) {
        if (name.isEmpty() || name.length() > 40) {
            return false;
        }
        int digits = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
            boolean digit = c >= '0' && c <= '9';
            digits += digit ? 1 : 0;
            if (!letter && !digit) {
                return false;
            }
        }
        return digits <= 4;
    }

    /** Jackson counts columns in bytes; people count characters. */
    private Fault locate(ProblemCode code, String detail, @Nullable String pointer, JsonLocation location) {
        long upTo = Math.max(0, Math.min(location.getByteOffset(), length));
        int line = firstLine;
        int column = 1;
        for (int i = offset; i < offset + upTo; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                line++;
                column = 1;
            } else if ((b & 0xC0) != 0x80) {
                column++;
            }
        }
        return new Fault(code, detail, pointer, line, column);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
