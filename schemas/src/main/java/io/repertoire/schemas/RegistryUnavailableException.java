package io.repertoire.schemas;

import org.apache.kafka.common.KafkaException;

/** The schema registry cannot be asked right now; the record at hand is not to blame. Wait and try again. */
public final class RegistryUnavailableException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public RegistryUnavailableException(String message) {
        super(message);
    }
}
