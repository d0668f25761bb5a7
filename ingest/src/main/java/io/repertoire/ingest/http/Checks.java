package io.repertoire.ingest.http;

import io.repertoire.customers.SourceSystems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an event's own fields, the customer aside, must look like. Each reports a fault at its pointer; absent is always fine. */
final class Checks {

    /** Longest name of a shop, till or seller, and longest foreign id. */
    static final int MAX_NAME = 100;

    private static final int MAX_ID = 128;

    private Checks() {}

    static void id(JsonCursor json, @Nullable String id, String pointer) {
        if (id == null) {
            return;
        }
        boolean visible = !id.isEmpty() && id.length() <= MAX_ID;
        for (int i = 0; visible && i < id.length(); i++) {
            visible = id.charAt(i) > ' ' && id.charAt(i) < 0x7f && id.charAt(i) != '@';
        }
        if (!visible) {
            json.fault(
                    ProblemCode.INVALID_VALUE,
                    "An id has 1 to " + MAX_ID
                            + " visible ASCII characters, without spaces and without @: it must never"
                            + " be a contact detail.",
                    pointer);
        }
    }

    static void system(JsonCursor json, @Nullable String system) {
        if (system == null) {
            return;
        }
        if (!SourceSystems.isName(system)) {
            json.fault(
                    ProblemCode.INVALID_VALUE,
                    "\"source_system\" names the system that speaks: " + SourceSystems.NAME + ".",
                    "/source_system");
        } else if (SourceSystems.isReserved(system)) {
            json.fault(
                    ProblemCode.SOURCE_RESERVED,
                    "\"source_system\" is a name that Repertoire keeps for itself; name the system that speaks.",
                    "/source_system");
        }
    }

    static void place(JsonCursor json, @Nullable String store, @Nullable String till) {
        length(json, store, "/store", MAX_NAME);
        length(json, till, "/till", MAX_NAME);
    }

    static void length(JsonCursor json, @Nullable String value, String pointer, int most) {
        if (value != null && value.length() > most) {
            json.fault(ProblemCode.TOO_LONG, "At most " + most + " characters.", pointer);
        }
    }

    static @Nullable String code(JsonCursor json, @Nullable String value, String pointer, int letters, String wanted) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String code = value.trim().toUpperCase(Locale.ROOT);
        boolean good = code.length() == letters && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        if (!good) {
            json.fault(ProblemCode.INVALID_VALUE, "Must be " + wanted + ".", pointer);
        }
        return code;
    }
}
