package io.repertoire.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Creates the catalogue's topics and says how they are. Every call may be repeated; none changes or deletes a topic there is. */
public final class TopicAdmin implements AutoCloseable {

    /**
     * What an installation may choose.
     *
     * @param partitions of every topic; it can never be changed once they exist
     * @param replicationFactor of every topic; -1 leaves it to the broker
     * @param limits by topic name, in place of {@link TopicSpec#limit()}
     */
    public record Settings(int partitions, short replicationFactor, Map<String, Duration> limits) {

        public Settings {
            limits = Map.copyOf(limits);
        }

        public static Settings of(int partitions) {
            return new Settings(partitions, (short) -1, Map.of());
        }

        TopicSpec apply(TopicSpec spec) {
            var limit = limits.get(spec.name());
            return limit == null ? spec : new TopicSpec(spec.name(), spec.cleanup(), limit, spec.partitionedBy());
        }
    }

    /**
     * One topic of the catalogue as the broker has it.
     *
     * @param exists whether it is there; the rest says nothing if not
     * @param config what the catalogue sets, as the broker answers it
     */
    public record State(
            String topic, boolean exists, int partitions, int replicationFactor, Map<String, String> config) {}

    /**
     * Something to mend.
     *
     * @param topic its name
     * @param fault what is wrong
     * @param remedy what to do about it
     */
    public record Mismatch(String topic, String fault, String remedy) {
        @Override
        public String toString() {
            return topic + ": " + fault + "; " + remedy;
        }
    }

    private static final long PAUSE_MILLIS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Admin admin;
    private final Settings settings;

    /** @param admin closed with this */
    public TopicAdmin(Admin admin, Settings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Creates what is missing, and waits until the broker asked knows it. It is the controller that says what is missing: what a
     * broker answers may be out of date.
     *
     * @return the names of the topics this call created, in the catalogue's order
     * @throws KafkaException if the broker cannot be reached or refuses
     */
    public List<String> create() {
        var specs = Topics.ALL.stream().map(settings::apply).toList();
        var results = admin.createTopics(specs.stream()
                        .map(spec -> new NewTopic(spec.name(), settings.partitions(), settings.replicationFactor())
                                .configs(spec.kafkaConfig()))
                        .toList())
                .values();
        var created = new ArrayList<String>();
        for (var spec : specs) {
            try {
                await("create " + spec.name(), results.get(spec.name()));
                created.add(spec.name());
            } catch (TopicExistsException e) {
                // Ours of an earlier run, or of another process that was quicker.
            }
        }
        awaitKnown();
        return created;
    }

    /** Every topic of the catalogue, in its order, missing ones too. */
    public List<State> list() {
        var there = describe();
        var resources = there.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        if (!resources.isEmpty()) {
            await("read topic settings", admin.describeConfigs(resources).all()).forEach((resource, config) -> {
                var values = new TreeMap<String, String>();
                config.entries().forEach(entry -> values.put(entry.name(), String.valueOf(entry.value())));
                configs.put(resource.name(), values);
            });
        }
        var states = new ArrayList<State>();
        for (var spec : Topics.ALL) {
            var found = there.get(spec.name());
            if (found == null) {
                states.add(new State(spec.name(), false, 0, 0, Map.of()));
                continue;
            }
            var values = new TreeMap<String, String>();
            var all = configs.getOrDefault(spec.name(), Map.of());
            spec.kafkaConfig().keySet().forEach(key -> values.put(key, all.getOrDefault(key, "")));
            states.add(new State(
                    spec.name(),
                    true,
                    found.partitions().size(),
                    found.partitions().get(0).replicas().size(),
                    Map.copyOf(values)));
        }
        return states;
    }

    /**
     * Every difference from the catalogue that would break something, so that somebody can mend all of them at once. Empty means
     * ready to run. A longer or shorter limit is the operator's business and no difference.
     */
    public List<Mismatch> verify() {
        var mismatches = new ArrayList<Mismatch>();
        for (var state : list()) {
            if (!state.exists()) {
                mismatches.add(new Mismatch(state.topic(), "does not exist", "run topics create"));
                continue;
            }
            if (state.partitions() != settings.partitions()) {
                mismatches.add(new Mismatch(
                        state.topic(),
                        "has " + state.partitions() + " partitions where topics.partitions is " + settings.partitions(),
                        "partitions cannot be added without moving keys: set topics.partitions=" + state.partitions()
                                + " if every topic has that many, else create this one anew"));
            }
            var wanted = spec(state.topic()).kafkaConfig().get("cleanup.policy");
            var actual = state.config().getOrDefault("cleanup.policy", "");
            if (wanted != null && !wanted.equals(actual)) {
                mismatches.add(new Mismatch(
                        state.topic(),
                        "has cleanup.policy=" + actual + " where the catalogue says " + wanted,
                        "set it with kafka-configs --alter --entity-type topics --entity-name " + state.topic()
                                + " --add-config cleanup.policy=" + wanted));
            }
        }
        return mismatches;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private static TopicSpec spec(String name) {
        return Topics.ALL.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void awaitKnown() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (describe().size() < Topics.ALL.size() && System.nanoTime() < end) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        }
    }

    private Map<String, TopicDescription> describe() {
        var found = new HashMap<String, TopicDescription>();
        admin.describeTopics(Topics.ALL.stream().map(TopicSpec::name).toList())
                .topicNameValues()
                .forEach((name, future) -> {
                    try {
                        found.put(name, await("describe " + name, future));
                    } catch (UnknownTopicOrPartitionException e) {
                        // Not there yet.
                    }
                });
        return found;
    }

    private static <V> V await(String what, @Nullable KafkaFuture<V> future) {
        try {
            return Objects.requireNonNull(future).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException("Could not " + what, e);
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("Could not " + what + " in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
