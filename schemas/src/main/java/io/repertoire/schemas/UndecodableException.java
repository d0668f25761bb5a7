package io.repertoire.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** These bytes are not, and will never be, a record of their topic. The message names the fault, never the content. */
public final class UndecodableException extends SerializationException {

    /** Shorter than the five bytes every record starts with, or another first byte than 0. */
    public static final String NOT_WIRE_FORMAT = "NOT_WIRE_FORMAT";

    /** The registry has no Avro schema with this id. */
    public static final String UNKNOWN_SCHEMA = "UNKNOWN_SCHEMA";

    /** A known schema, of another record than this topic carries. */
    public static final String WRONG_RECORD = "WRONG_RECORD";

    /** A schema of this record that cannot be read as ours. */
    public static final String INCOMPATIBLE_SCHEMA = "INCOMPATIBLE_SCHEMA";

    /** The body ends before the record does. */
    public static final String TRUNCATED = "TRUNCATED";

    /** The record ends before the body does. */
    public static final String TRAILING_BYTES = "TRAILING_BYTES";

    /** The body is not what its schema says: an impossible length, index or character. */
    public static final String MALFORMED = "MALFORMED";

    private static final long serialVersionUID = 1L;
    private final String code;

    /**
     * @param code stable and short, for headers and counters: one of the constants above
     * @param message for people, without personal data
     */
    public UndecodableException(String code, String message) {
        super(message);
        this.code = code;
    }

    public UndecodableException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
