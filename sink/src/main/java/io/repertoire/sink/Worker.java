package io.repertoire.sink;

import io.repertoire.schemas.Health;
import io.repertoire.schemas.Health.State;
import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicSpec;
import io.repertoire.schemas.Wire;
import io.repertoire.sink.Progress.FencedException;
import io.repertoire.sink.Transactions.Applied;
import io.repertoire.sink.Transactions.Cut;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one family of topics on a thread of its own. Whatever goes wrong that is not a record's fault ends in the same way: what was
 * read is forgotten, the partitions are taken anew, and reading goes on from the offset in the tables.
 */
final class Worker implements Runnable {

    /** What a worker needs before it may read. */
    interface Preparation {
        void run() throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final long BUSY_RECORDS = 500;
    private static final long REBUILD_CHECK_MILLIS = 5_000;
    private static final long UNFINISHED_INPUT_MILLIS = 10_000;
    private static final long LAG_EVERY_MILLIS = 1_000;

    private final Family family;
    private final SinkConfig config;
    private final DataSource database;
    private final Wire wire;
    private final Clock clock;
    private final SinkMetrics metrics;
    private final Preparation preparation;
    private final Map<String, Boolean> compacted;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final CountDownLatch stop = new CountDownLatch(1);

    private volatile Health health = Health.of(State.STARTING, "");
    private volatile @Nullable KafkaConsumer<byte[], byte[]> running;

    private final Map<TopicPartition, PartitionCursor> cursors = new HashMap<>();
    private final Set<TopicPartition> untaken = new HashSet<>();
    private final Map<String, String> blocked = new TreeMap<>();
    private long retryAtMillis;
    private long firstBufferedMillis;
    private long lastBatchRecords;
    private long lagAtMillis;
    private long missing;
    private long deadLettered;

    Worker(
            Family family,
            SinkConfig config,
            DataSource database,
            Wire wire,
            Clock clock,
            SinkMetrics metrics,
            Preparation preparation) {
        this.family = family;
        this.config = config;
        this.database = database;
        this.wire = wire;
        this.clock = clock;
        this.metrics = metrics;
        this.preparation = preparation;
        this.compacted = family.topics().stream()
                .collect(Collectors.toMap(Topic::name, t -> t.spec().cleanup() == TopicSpec.Cleanup.COMPACT));
    }

    Health health() {
        return health;
    }

    /** From any thread; {@link #run} returns soon after. */
    void stop() {
        stop.countDown();
        KafkaConsumer<byte[], byte[]> consumer = running;
        if (consumer != null) {
            consumer.wakeup();
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    @Override
    public void run() {
        while (!stopping()) {
            try {
                preparation.run();
                ClusterTopics topics = ClusterTopics.lookUp(config.kafka(), family.topicNames());
                if (topics.missing().isEmpty()) {
                    read(topics);
                } else {
                    waitFor("topics that do not exist yet: " + String.join(", ", topics.missing()), null);
                }
            } catch (WakeupException e) {
                LOG.debug("woken to stop");
            } catch (SQLException e) {
                waitFor(SqlErrors.describe(e), e);
            } catch (FlywayException e) {
                waitFor(
                        e.getCause() instanceof SQLException sql
                                ? SqlErrors.describe(sql)
                                : "the tables cannot be brought up to date",
                        e);
            } catch (OffsetOutOfRangeException e) {
                LOG.info("{}: the topic no longer holds the next offset", family.name());
            } catch (RegistryUnavailableException e) {
                waitFor("the schema registry does not answer", e);
            } catch (KafkaException e) {
                waitFor("Kafka: " + e.getClass().getSimpleName(), e);
            } catch (RuntimeException e) {
                waitFor("a fault: " + e.getClass().getSimpleName(), e);
            }
        }
        health = Health.of(State.CLOSED, "");
    }

    private void waitFor(String what, @Nullable Exception cause) {
        if (stopping()) {
            return;
        }
        long millis = backoff.nextMillis();
        report(what, cause, millis);
        try {
            if (stop.await(millis, TimeUnit.MILLISECONDS)) {
                LOG.debug("stopped while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    /** Says what is waited for; the exception's own message stays out of the log, it may quote data. */
    private void report(String what, @Nullable Exception cause, long millis) {
        health = Health.of(State.WAITING, family.name() + " waits: " + what);
        metrics.retried(
                family.name(), cause == null ? "waiting" : cause.getClass().getSimpleName());
        LOG.atWarn()
                .addKeyValue("family", family.name())
                .addKeyValue("exception", cause == null ? "" : cause.getClass().getName())
                .addKeyValue("at", cause == null || cause.getStackTrace().length == 0 ? "" : cause.getStackTrace()[0])
                .log("{}; trying again in {} ms", what, millis);
    }

    private void read(ClusterTopics topics) throws SQLException {
        try (var consumer = new KafkaConsumer<>(
                        consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var deadLetters = new DeadLetters(config, family.group() + "-dlq", clock);
                var transactions = new Transactions(database, family.writer().apply(wire), deadLetters)) {
            running = consumer;
            cursors.clear();
            untaken.clear();
            retryAtMillis = 0;
            Progress progress = new Progress(family.group(), topics.clusterId());
            consumer.subscribe(family.topicNames(), new Assignments(consumer));
            while (!stopping()) {
                step(consumer, transactions, progress, topics);
            }
        } finally {
            running = null;
        }
    }

    private void step(
            KafkaConsumer<byte[], byte[]> consumer,
            Transactions transactions,
            Progress progress,
            ClusterTopics topics) {
        try {
            if (!untaken.isEmpty() && clock.millis() >= retryAtMillis) {
                takePartitions(consumer, transactions, progress, topics);
            }
            poll(consumer);
            List<Cut> cuts = due();
            if (!cuts.isEmpty()) {
                apply(transactions, progress, cuts);
            }
            reportLag(consumer);
        } catch (SQLException e) {
            giveUp(consumer, SqlErrors.describe(e), e);
        } catch (FencedException e) {
            giveUp(consumer, "another sink took a partition", e);
        } catch (RegistryUnavailableException e) {
            giveUp(consumer, "the schema registry does not answer", e);
        }
    }

    /** Forgets what was read; the consumer stays in its group meanwhile. */
    private void giveUp(KafkaConsumer<byte[], byte[]> consumer, String what, Exception cause) {
        long millis = backoff.nextMillis();
        report(what, cause, millis);
        cursors.clear();
        untaken.addAll(consumer.assignment());
        consumer.pause(consumer.assignment());
        retryAtMillis = clock.millis() + millis;
    }

    private void takePartitions(
            KafkaConsumer<byte[], byte[]> consumer, Transactions transactions, Progress progress, ClusterTopics topics)
            throws SQLException, FencedException {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(untaken);
        Map<TopicPartition, Long> ends = consumer.endOffsets(untaken);
        blocked.clear();
        for (TopicPartition partition : List.copyOf(untaken)) {
            String topicId = topics.ids().get(partition.topic());
            Long start = starts.get(partition);
            Long end = ends.get(partition);
            if (topicId == null || start == null || end == null) {
                continue;
            }
            boolean compactedTopic = Boolean.TRUE.equals(compacted.get(partition.topic()));
            var taken = transactions.take(progress, partition, topicId, start, end, compactedTopic);
            PartitionCursor cursor = taken.cursor();
            if (cursor == null) {
                blocked.put(partition.toString(), ((Resume.NeedsRebuild) taken.resume()).why());
                continue;
            }
            if (taken.resume() instanceof Resume.AfterGap gap) {
                missing += gap.fromTheStart() ? 0 : gap.missing();
                metrics.missing(partition.topic(), gap.missing());
                LOG.warn("{}: {} offsets were gone before they could be read", partition, gap.missing());
            }
            consumer.seek(partition, cursor.lastOffset() + 1);
            consumer.resume(List.of(partition));
            cursors.put(partition, cursor);
            untaken.remove(partition);
        }
        if (!blocked.isEmpty()) {
            LOG.error("{} cannot go on: {}; run \"db rebuild\"", family.name(), blocked);
            retryAtMillis = clock.millis() + REBUILD_CHECK_MILLIS;
        } else {
            backoff.reset();
        }
        health = wellBeing();
    }

    private Health wellBeing() {
        if (!blocked.isEmpty()) {
            return Health.of(State.FAILED, family.name() + " needs \"db rebuild\": " + blocked);
        }
        if (missing > 0 || deadLettered > 0) {
            return Health.of(
                    State.DEGRADED,
                    family.name() + ": since start " + missing + " offsets were gone before they could be read, and "
                            + deadLettered + " records went to sink.dlq.v1");
        }
        return Health.up();
    }

    private void poll(KafkaConsumer<byte[], byte[]> consumer) {
        long now = clock.millis();
        boolean lingering = lastBatchRecords >= BUSY_RECORDS && buffered() > 0;
        Duration timeout = lingering
                ? Duration.ofMillis(
                        Math.max(0, firstBufferedMillis + config.linger().toMillis() - now))
                : IDLE_POLL;
        boolean wasEmpty = buffered() == 0;
        var records = consumer.poll(timeout);
        now = clock.millis();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            PartitionCursor cursor = cursors.get(new TopicPartition(record.topic(), record.partition()));
            if (cursor != null) {
                cursor.read(InputRecord.of(record), now);
            }
        }
        if (wasEmpty) {
            firstBufferedMillis = now;
        }
    }

    private int buffered() {
        int total = 0;
        for (PartitionCursor cursor : cursors.values()) {
            total += cursor.buffer().size();
        }
        return total;
    }

    /** What goes into a transaction now; nothing while it is worth waiting for more. */
    private List<Cut> due() {
        int total = buffered();
        long now = clock.millis();
        boolean due = total >= config.maxBatchRecords()
                || lastBatchRecords < BUSY_RECORDS
                || now - firstBufferedMillis >= config.linger().toMillis();
        if (total == 0 || !due) {
            return List.of();
        }
        List<Cut> cuts = new ArrayList<>();
        for (PartitionCursor cursor : cursors.values()) {
            int whole = wholeRecords(cursor, now);
            if (whole > 0) {
                cuts.add(new Cut(cursor, cursor.buffer().subList(0, whole)));
            }
        }
        return cuts;
    }

    private int wholeRecords(PartitionCursor cursor, long now) {
        List<InputRecord> buffer = cursor.buffer();
        if (!family.cutAtInputs() || buffer.isEmpty()) {
            return buffer.size();
        }
        int whole = Folding.wholeInputs(buffer);
        if (whole == 0 && now - cursor.lastReadMillis() > UNFINISHED_INPUT_MILLIS) {
            // The writer's transactions end with whole inputs, so this is
            // somebody else's record: better shown than held for ever.
            LOG.warn("{}: {} records without an end of their input", cursor.topicPartition(), buffer.size());
            return buffer.size();
        }
        return whole;
    }

    private void apply(Transactions transactions, Progress progress, List<Cut> cuts)
            throws SQLException, FencedException {
        long began = System.nanoTime();
        Applied applied = transactions.apply(progress, cuts);
        int records = 0;
        for (Cut cut : cuts) {
            records += cut.records().size();
            cut.cursor().committed(cut.lastOffset());
            cut.records().clear();
        }
        lastBatchRecords = records;
        firstBufferedMillis = clock.millis();
        for (SetAside each : applied.setAside()) {
            deadLettered++;
            metrics.deadLettered(each.source().raw().topic(), each.why().code());
        }
        if (!applied.setAside().isEmpty()) {
            LOG.warn(
                    "{}: {} records went to sink.dlq.v1",
                    family.name(),
                    applied.setAside().size());
            health = wellBeing();
        }
        backoff.reset();
        metrics.applied(family.name(), records, applied.rows(), System.nanoTime() - began);
    }

    private void reportLag(KafkaConsumer<byte[], byte[]> consumer) {
        long now = clock.millis();
        if (now - lagAtMillis < LAG_EVERY_MILLIS) {
            return;
        }
        lagAtMillis = now;
        for (PartitionCursor cursor : cursors.values()) {
            consumer.currentLag(cursor.topicPartition())
                    .ifPresent(lag -> metrics.lag(
                            cursor.topic(),
                            cursor.partition(),
                            lag + cursor.buffer().size()));
        }
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, family.group());
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(4 << 20));
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "200");
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "20000");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(config.maxBatchRecords()));
        settings.putAll(config.consumer());
        // The protocol: offsets are in PostgreSQL, nothing uncommitted is read, and no offset is ever made up.
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, family.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return settings;
    }

    /** A partition that was assigned is not read before it is taken. */
    private final class Assignments implements ConsumerRebalanceListener {
        private final KafkaConsumer<byte[], byte[]> consumer;

        Assignments(KafkaConsumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                // There is no committed offset to find: any position will do while it is paused.
                consumer.seek(partition, 0);
                untaken.add(partition);
            }
            consumer.pause(partitions);
            retryAtMillis = 0;
            if (consumer.assignment().isEmpty()) {
                health = Health.up();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                cursors.remove(partition);
                untaken.remove(partition);
                blocked.remove(partition.toString());
            }
        }
    }
}
