package io.repertoire.sink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which cluster this is and which topics these are: names can be used again, ids are not.
 *
 * @param ids topic id by name
 * @param missing names of topics that do not exist
 */
record ClusterTopics(String clusterId, Map<String, String> ids, List<String> missing) {

    private static final long TIMEOUT_SECONDS = 15;

    /** @throws KafkaException if the cluster does not answer */
    static ClusterTopics lookUp(Map<String, String> kafka, List<String> names) {
        Map<String, Object> settings = new HashMap<>(kafka);
        try (Admin admin = Admin.create(settings)) {
            String clusterId = admin.describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Map<String, String> ids = new HashMap<>();
            List<String> missing = new ArrayList<>();
            var descriptions = admin.describeTopics(new TreeSet<>(names)).topicNameValues();
            for (var entry : descriptions.entrySet()) {
                try {
                    ids.put(
                            entry.getKey(),
                            entry.getValue()
                                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                                    .topicId()
                                    .toString());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                    missing.add(entry.getKey());
                }
            }
            return new ClusterTopics(clusterId, ids, missing);
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka does not answer", e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }
}
