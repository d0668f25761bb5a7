package io.repertoire.sink;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks now and then, while there is nothing to do, whether both sides are still there: a consumer with nothing to read does not
 * notice that no broker answers, and a connection that is not used does not notice its end. Used by one thread.
 */
final class Pulse {

    private static final long DATABASE_MILLIS = 2_000;
    private static final long KAFKA_MILLIS = 5_000;
    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(4);

    private final KafkaConsumer<?, ?> consumer;
    private final Transactions transactions;
    private final Clock clock;
    private long databaseMillis;
    private long kafkaMillis;
    private boolean kafkaAway;

    Pulse(KafkaConsumer<?, ?> consumer, Transactions transactions, Clock clock) {
        this.consumer = consumer;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Records came. */
    void kafkaHeard() {
        kafkaMillis = clock.millis();
        kafkaAway = false;
    }

    /** A transaction was committed. */
    void databaseHeard() {
        databaseMillis = clock.millis();
    }

    boolean kafkaAway() {
        return kafkaAway;
    }

    /**
     * @param read one that is being read
     * @throws SQLException the database does not answer
     */
    void feel(TopicPartition read) throws SQLException {
        long now = clock.millis();
        if (now - databaseMillis >= DATABASE_MILLIS) {
            transactions.ping();
            databaseMillis = now;
        }
        if (now - kafkaMillis >= KAFKA_MILLIS) {
            kafkaAway = !kafkaAnswers(read);
            kafkaMillis = clock.millis();
        }
    }

    private boolean kafkaAnswers(TopicPartition read) {
        try {
            consumer.endOffsets(Set.of(read), KAFKA_LIMIT);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
