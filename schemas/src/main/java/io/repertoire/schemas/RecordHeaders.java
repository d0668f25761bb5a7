package io.repertoire.schemas;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Record headers. All values are UTF-8 strings, numbers in decimal; none holds personal data. The error headers are spelled as
 * KIP-1034 spells them, so that existing tools read them.
 */
public final class RecordHeaders {

    /** Version of the image, on every record of {@code customers.directory.v1}, tombstones included. */
    public static final String VERSION = "repertoire.version";

    /** {@code true} on the last record that one input caused: a reader that cuts its batches there never sees half a merge. */
    public static final String LAST_OF_INPUT = "repertoire.last_of_input";

    public static final String ERROR_TOPIC = "__streams.errors.topic";
    public static final String ERROR_PARTITION = "__streams.errors.partition";
    public static final String ERROR_OFFSET = "__streams.errors.offset";
    public static final String ERROR_EXCEPTION = "__streams.errors.exception";
    public static final String ERROR_MESSAGE = "__streams.errors.message";
    public static final String ERROR_STAGE = "repertoire.error.stage";
    public static final String ERROR_CODE = "repertoire.error.code";
    public static final String ERROR_AT = "repertoire.error.at";

    /** Source system. Stamped where a record first enters, as are those that follow, and carried on into dead-letter topics. */
    public static final String ORIGIN_SOURCE = "repertoire.origin.source";

    /** Content of the file, which finds its import; there is no header for its name, for that may hold a person's. */
    public static final String ORIGIN_SHA256 = "repertoire.origin.file.sha256";

    /** Physical line of the file that the record starts on. */
    public static final String ORIGIN_LINE = "repertoire.origin.line";

    private RecordHeaders() {}

    /** Replaces any header of that name. */
    public static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    public static @Nullable String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
