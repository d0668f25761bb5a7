package io.repertoire.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts, after a start, transactions that nobody would ever end. Kafka 4.3.1 makes them: started again after a kill, the broker holds
 * its partitions for some seconds as before, then the controller takes them from it and gives them back. A coordinator that ends a
 * transaction in between takes a partition without a leader for deleted, sends it no marker and says that the transaction is over.
 * Readers of what is committed would wait there for ever. What {@code kafka-transactions.sh find-hanging} looks for and {@code abort}
 * does, this does: a partition has a transaction open that its coordinator knows nothing of, twice in a row.
 */
final class HangingTransactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    /** After the start; those that the coordinator finds only later than that have leaders to send markers to. */
    private static final List<Duration> LOOKS =
            List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));

    /** Between two looks of which both must find it: longer than an end that is on its way takes. */
    private static final Duration CONFIRM = Duration.ofSeconds(1);

    /** A transaction that a partition holds open. */
    record Open(TopicPartition partition, long producerId, int epoch, int coordinatorEpoch, long firstOffset) {}

    private final String bootstrapServers;
    private final Thread thread = new Thread(this::run, "embedded-kafka-transactions");

    HangingTransactions(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", bootstrapServers, "client.id", "embedded-transactions", "retries", "3"))) {
            for (Duration pause : LOOKS) {
                Thread.sleep(pause.toMillis());
                look(admin);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private static void look(Admin admin) throws InterruptedException {
        try {
            Set<Open> suspects = hanging(open(admin), held(admin));
            if (suspects.isEmpty()) {
                return;
            }
            Thread.sleep(CONFIRM.toMillis());
            suspects.retainAll(hanging(open(admin), held(admin)));
            for (Open open : suspects) {
                admin.abortTransaction(new AbortTransactionSpec(
                                open.partition(), open.producerId(), (short) open.epoch(), open.coordinatorEpoch()))
                        .all()
                        .get();
                LOG.warn(
                        "A transaction that nobody would have ended held up readers of {}; it was aborted",
                        open.partition());
            }
        } catch (ExecutionException e) {
            LOG.warn("Hanging transactions could not be looked for: {}", String.valueOf(e.getCause()));
        }
    }

    /** Those of which the coordinator does not know. */
    static Set<Open> hanging(List<Open> open, Map<Long, Set<TopicPartition>> heldByCoordinator) {
        Set<Open> hanging = new HashSet<>();
        for (Open each : open) {
            if (!heldByCoordinator.getOrDefault(each.producerId(), Set.of()).contains(each.partition())) {
                hanging.add(each);
            }
        }
        return hanging;
    }

    private static List<Open> open(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(topics).allTopicNames().get().forEach((name, topic) -> topic.partitions()
                .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        List<Open> open = new ArrayList<>();
        for (Map.Entry<TopicPartition, PartitionProducerState> entry :
                admin.describeProducers(partitions).all().get().entrySet()) {
            for (ProducerState producer : entry.getValue().activeProducers()) {
                producer.currentTransactionStartOffset()
                        .ifPresent(offset -> open.add(new Open(
                                entry.getKey(),
                                producer.producerId(),
                                producer.producerEpoch(),
                                Math.max(0, producer.coordinatorEpoch().orElse(0)),
                                offset)));
            }
        }
        return open;
    }

    /** The partitions of every producer's transaction that goes on, is being committed or aborted. */
    private static Map<Long, Set<TopicPartition>> held(Admin admin) throws ExecutionException, InterruptedException {
        List<String> ids = new ArrayList<>();
        for (TransactionListing listing : admin.listTransactions().all().get()) {
            ids.add(listing.transactionalId());
        }
        Map<Long, Set<TopicPartition>> held = new HashMap<>();
        for (TransactionDescription described :
                admin.describeTransactions(ids).all().get().values()) {
            held.computeIfAbsent(described.producerId(), id -> new HashSet<>()).addAll(described.topicPartitions());
        }
        return held;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
