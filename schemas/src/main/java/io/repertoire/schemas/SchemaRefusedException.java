package io.repertoire.schemas;

import org.apache.kafka.common.KafkaException;

/** The registry was asked, and does not have or does not take our schema. Waiting does not help; somebody has to act. */
public final class SchemaRefusedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public SchemaRefusedException(String message) {
        super(message);
    }
}
