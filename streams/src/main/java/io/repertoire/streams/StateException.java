package io.repertoire.streams;

import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;

/** The state cannot be read: going on would lose what it holds, so the stage stops. Says which table, never what is in it. */
final class StateException extends StreamsException {
    private static final long serialVersionUID = 1L;

    StateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
