package io.repertoire.ingest.inbox;

import io.repertoire.schemas.RegistryUnavailableException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Why Kafka or the registry cannot be used just now, for people. */
final class Outage {

    private Outage() {}

    static String of(KafkaException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String words = words(cause);
            if (words != null) {
                return words;
            }
        }
        return thrown.getCause() instanceof java.util.concurrent.TimeoutException
                ? "Kafka does not answer."
                : "Kafka cannot be used (" + thrown.getClass().getSimpleName() + "); see the log.";
    }

    private static @org.jspecify.annotations.Nullable String words(Throwable cause) {
        if (cause instanceof RegistryUnavailableException) {
            return "The schema registry does not answer.";
        }
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return "Another process sends files of this directory.";
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "A topic is missing on Kafka.";
        }
        if (cause instanceof AuthenticationException) {
            return "Kafka refuses the login.";
        }
        if (cause instanceof AuthorizationException) {
            return "Kafka does not allow this.";
        }
        if (cause instanceof RecordTooLargeException) {
            return "A record is too large for Kafka.";
        }
        return cause instanceof RetriableException ? "Kafka does not answer." : null;
    }
}
