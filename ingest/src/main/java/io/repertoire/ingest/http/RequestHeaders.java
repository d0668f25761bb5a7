package io.repertoire.ingest.http;

import io.javalin.http.Context;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request says of itself besides its body: whose it is, and how the body is written. */
final class RequestHeaders {

    private RequestHeaders() {}

    static Problem keyMissing() {
        return Problem.of(
                ProblemCode.API_KEY_MISSING,
                "Send the directory's API key in the header \"Authorization: Bearer KEY\" or \"X-Api-Key: KEY\".");
    }

    static Problem keyWrong() {
        return Problem.of(ProblemCode.API_KEY_WRONG, "No directory has this API key; see directory.NAME.api.keys.");
    }

    /** From either of the two headers that may hold it; null if neither does. */
    static @Nullable String apiKey(Context http) {
        String authorization = http.header("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            String key = authorization.substring(7).trim();
            if (!key.isEmpty()) {
                return key;
            }
        }
        String key = http.header("X-Api-Key");
        return key == null || key.isBlank() ? null : key.trim();
    }

    /** What is wrong with how the body is sent; null if nothing is. */
    static @Nullable Problem checkContentType(Context http) {
        String type = mediaType(http);
        String given = contentType(http);
        String parameters = given == null ? "" : given.toLowerCase(Locale.ROOT);
        int charset = parameters.indexOf("charset=");
        boolean utf8 = charset < 0
                || parameters.startsWith("utf-8", charset + 8)
                || parameters.startsWith("\"utf-8\"", charset + 8)
                || parameters.startsWith("us-ascii", charset + 8);
        String encoding = http.header("Content-Encoding");
        boolean plain =
                encoding == null || encoding.isBlank() || encoding.trim().equalsIgnoreCase("identity");
        if ((type.equals("application/json") || type.equals(Answers.NDJSON)) && utf8 && plain) {
            return null;
        }
        return Problem.of(
                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                "Send one event as application/json, or several, one to a line, as application/x-ndjson; in UTF-8, not"
                        + " compressed.");
    }

    /** As it was sent: who asks the server for it has the charset looked up, which throws where there is no such charset. */
    private static @Nullable String contentType(Context http) {
        return http.header("Content-Type");
    }

    /** Lower case, without parameters; empty if there is none. */
    static String mediaType(Context http) {
        String type = contentType(http);
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    /** In quotes, as its draft standard has it, or bare. */
    static @Nullable String idempotencyKey(Context http) {
        String key = http.header("Idempotency-Key");
        if (key == null || key.isBlank()) {
            return null;
        }
        String trimmed = key.trim();
        boolean quoted = trimmed.length() > 2 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
        return quoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    }
}
