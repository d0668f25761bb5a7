package io.repertoire.sink;

import io.repertoire.schemas.Health;
import io.repertoire.schemas.Health.State;
import io.repertoire.schemas.Wire;
import io.repertoire.sink.Progress.FencedException;
import io.repertoire.sink.Transactions.Applied;
import io.repertoire.sink.Transactions.Cut;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer of a family's topics and one connection to the tables, for as long as both are good. Used by one thread. */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long LAG_EVERY_MILLIS = 1_000;

    /** For leaving the group; a broker that is away is not waited for longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Family family;
    private final Tally tally;
    private final SinkMetrics metrics;
    private final Clock clock;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Runnable unbind;
    private final DeadLetters deadLetters;
    private final Transactions transactions;
    private final Progress progress;
    private final Buffers buffers;
    private final Assignments assignments;
    private final Pulse pulse;
    private final RejectPurge purge;
    private final boolean purges;
    private long lagAtMillis;

    Session(
            Family family,
            SinkConfig config,
            DataSource database,
            Wire wire,
            Clock clock,
            SinkMetrics metrics,
            ClusterTopics topics,
            Tally tally) {
        this.family = family;
        this.tally = tally;
        this.metrics = metrics;
        this.clock = clock;
        consumer = new KafkaConsumer<>(
                config.consumerSettings(family.group()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        unbind = metrics.reads(consumer);
        deadLetters = new DeadLetters(config, family.group() + "-dlq", clock);
        transactions = new Transactions(database, family.writer().apply(wire), deadLetters);
        progress = new Progress(family.group(), topics.clusterId());
        buffers = new Buffers(family, config, clock);
        assignments = new Assignments(family, consumer, topics, buffers, tally, metrics, clock);
        pulse = new Pulse(consumer, transactions, clock);
        purges = family.equals(Family.HISTORY);
        purge = new RejectPurge(config.rejectsRetention());
    }

    void open() {
        consumer.subscribe(family.topicNames(), assignments);
    }

    /** From any thread: what is being waited for ends with a {@code WakeupException}. */
    void wakeup() {
        consumer.wakeup();
    }

    /**
     * Takes what is due to be taken, reads, and writes what is due to be written.
     *
     * @return true if it got on
     * @throws SQLException the database cannot go on; likewise the other exceptions: {@link #giveUpFor} before the next step
     */
    boolean step() throws SQLException, FencedException {
        boolean gotOn = assignments.takeDue(transactions, progress);
        var records = consumer.poll(buffers.pollTimeout());
        buffers.add(records);
        if (!records.isEmpty()) {
            pulse.kafkaHeard();
        }
        List<Cut> cuts = buffers.due();
        if (!cuts.isEmpty()) {
            apply(cuts);
            gotOn = true;
        }
        if (purges && purge.isDue(clock.instant())) {
            transactions.purge(purge, clock.instant());
        }
        if (!buffers.cursors().isEmpty()) {
            pulse.feel(buffers.cursors().iterator().next().topicPartition());
        }
        reportLag();
        return gotOn;
    }

    private void apply(List<Cut> cuts) throws SQLException, FencedException {
        long began = System.nanoTime();
        Applied applied = transactions.apply(progress, cuts);
        int records = buffers.written(cuts);
        pulse.databaseHeard();
        for (SetAside each : applied.setAside()) {
            metrics.deadLettered(each.source().raw().topic(), each.why().code());
        }
        if (!applied.setAside().isEmpty()) {
            tally.deadLettered(applied.setAside().size());
            LOG.warn(
                    "{}: {} records went to sink.dlq.v1",
                    family.name(),
                    applied.setAside().size());
        }
        metrics.applied(family.name(), records, applied.rows(), System.nanoTime() - began);
    }

    private void reportLag() {
        long now = clock.millis();
        if (now - lagAtMillis < LAG_EVERY_MILLIS) {
            return;
        }
        lagAtMillis = now;
        for (PartitionCursor cursor : buffers.cursors()) {
            consumer.currentLag(cursor.topicPartition())
                    .ifPresent(lag -> metrics.lag(
                            cursor.topic(),
                            cursor.partition(),
                            lag + cursor.buffer().size()));
        }
    }

    /** How it is; null while that is being found out. */
    @Nullable
    Health health() {
        if (pulse.kafkaAway()) {
            return Health.of(State.WAITING, family.name() + " waits: Kafka does not answer");
        }
        return assignments.settled() ? tally.health() : null;
    }

    /** Forgets what was read, and takes the partitions anew after that time. */
    void giveUpFor(long millis) {
        assignments.giveUpFor(millis);
    }

    @Override
    public void close() {
        try (deadLetters;
                transactions) {
            LOG.debug("{} closes", family.name());
        } finally {
            unbind.run();
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }
}
