package io.repertoire.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** These bytes are not, and will never be, a record of their topic. The message names the fault, never the content. */
public final class UndecodableException extends SerializationException {
    private static final long serialVersionUID = 1L;
    private final String code;

    /**
     * @param code stable and short, for headers and counters: {@code NOT_WIRE_FORMAT}, {@code UNKNOWN_SCHEMA}, …
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
