package io.repertoire.streams;

import io.repertoire.schemas.Topic;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.TopicSpec;
import io.repertoire.schemas.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the cluster, before anything is read, whether one directory would have one writer and commits would be exact. */
final class StartupChecks {

    private static final String TRANSACTION_VERSION = "transaction.version";
    private static final short FENCING_EVERY_TRANSACTION = 2;

    /** The cluster can be reached, and it will not do; the message says what to do about it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private final StreamsSettings settings;

    StartupChecks(StreamsSettings settings) {
        this.settings = settings;
    }

    /**
     * @return what the cluster allows
     * @throws Refused if somebody has to change something first
     * @throws KafkaException if the cluster did not answer
     */
    Limits run(Admin admin) throws InterruptedException {
        var faults = new ArrayList<String>();
        transactions(admin, faults);
        topics(admin, faults);
        if (!faults.isEmpty()) {
            throw new Refused(String.join("; ", faults));
        }
        var written = Stream.concat(
                OutputWriter.TOPICS.stream().map(Topic::name),
                DirectoryTopology.STORES.stream()
                        .filter(store -> !DirectoryStores.UNLOGGED.contains(store))
                        .map(store -> settings.applicationId() + "-" + store + "-changelog"));
        return new Limits(
                settings.partitions(),
                maxMessageBytes(admin, written) - Limits.OVERHEAD,
                maxMessageBytes(admin, Stream.of(Topics.STREAMS_DLQ.name())) - Limits.OVERHEAD);
    }

    private void transactions(Admin admin, List<String> faults) throws InterruptedException {
        if (settings.allowOldTransactions()) {
            return;
        }
        var features = await(admin.describeFeatures().featureMetadata()).finalizedFeatures();
        var version = features.get(TRANSACTION_VERSION);
        if (version == null || version.maxVersionLevel() < FENCING_EVERY_TRANSACTION) {
            faults.add("the brokers' feature " + TRANSACTION_VERSION + " is "
                    + (version == null ? "not set" : version.maxVersionLevel())
                    + " and must be 2 for exactly-once: run kafka-features upgrade --feature " + TRANSACTION_VERSION
                    + "=2, or allow old transactions explicitly");
        }
    }

    private void topics(Admin admin, List<String> faults) {
        var ours = Stream.concat(
                        Stream.concat(Topics.INPUTS.stream(), OutputWriter.TOPICS.stream())
                                .map(Topic::spec),
                        Stream.of(Topics.STREAMS_DLQ))
                .map(TopicSpec::name)
                .toList();
        // Not closed: it would close the admin client, which is the caller's.
        @SuppressWarnings("resource")
        var catalogue = new TopicAdmin(admin, TopicAdmin.Settings.of(settings.partitions()));
        var topicsByFault = new LinkedHashMap<String, List<String>>();
        for (var mismatch : catalogue.verify()) {
            if (ours.contains(mismatch.topic())) {
                topicsByFault
                        .computeIfAbsent(mismatch.fault() + "; " + mismatch.remedy(), fault -> new ArrayList<>())
                        .add(mismatch.topic());
            }
        }
        topicsByFault.forEach((fault, topics) -> faults.add(String.join(", ", topics) + " " + fault));
    }

    /** The least that one of them takes; those that are not there yet do not count. */
    private static int maxMessageBytes(Admin admin, Stream<String> topics) throws InterruptedException {
        var resources = topics.map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        int least = Integer.MAX_VALUE;
        for (var answer : admin.describeConfigs(resources).values().values()) {
            try {
                var value = await(answer).get("max.message.bytes").value();
                least = Math.min(least, Integer.parseInt(value));
            } catch (UnknownTopicOrPartitionException e) {
                // A changelog that Kafka Streams will create, with the limit of the others.
            }
        }
        return least;
    }

    private static <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
