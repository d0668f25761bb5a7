package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.app.metrics.Metrics;
import io.repertoire.customers.CustomerNormaliser;
import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.SubmissionCheck;
import io.repertoire.ingest.Ingest;
import io.repertoire.ingest.IngestConfig;
import io.repertoire.ingest.http.HttpApi;
import io.repertoire.ingest.http.HttpApiConfig;
import io.repertoire.schemas.Stage;
import io.repertoire.schemas.Wire;
import io.repertoire.sink.Sink;
import io.repertoire.sink.SinkConfig;
import io.repertoire.streams.StreamsSettings;
import io.repertoire.streams.StreamsStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the configuration into stages: the only place where the modules meet. */
public final class StageFactory {

    private static final int SECRET_BYTES = 32;

    public static final String INGEST = "ingest";
    static final String STREAMS = "streams";
    static final String SINK = "sink";

    private final Connections connections;
    private final DataFolder data;
    private final Wire wire;
    private final Metrics metrics;
    private final Clock clock;
    private @Nullable CustomerNormaliser normaliser;

    StageFactory(Connections connections, DataFolder data, Wire wire, Metrics metrics, Clock clock) {
        this.connections = connections;
        this.data = data;
        this.wire = wire;
        this.metrics = metrics;
        this.clock = clock;
    }

    Stage stage(String name) {
        return switch (name) {
            case INGEST -> ingest();
            case STREAMS -> streams();
            case SINK -> sink();
            default -> throw new IllegalArgumentException(name);
        };
    }

    HttpApi http(Map<String, String> apiKeys) {
        var producer = new LinkedHashMap<>(connections.kafka());
        producer.putAll(configuration().kafkaProducer());
        var consumer = new LinkedHashMap<>(connections.kafka());
        consumer.putAll(configuration().kafkaConsumer());
        return new HttpApi(
                HttpApiConfig.of(apiKeys, producer),
                VendorWebhooks.of(configuration(), consumer),
                wire,
                clock,
                metrics.http());
    }

    private Stage ingest() {
        var defaults = IngestConfig.of(data.root(), connections.kafka());
        var config = new IngestConfig(
                defaults.dataFolder(),
                defaults.kafka(),
                configuration().kafkaProducer(),
                configuration().kafkaConsumer(),
                Duration.ofMillis(configuration().get(Settings.INGEST_SCAN_INTERVAL_MS)),
                Duration.ofMillis(configuration().get(Settings.INGEST_STABLE_MS)),
                defaults.parallelDirectories(),
                defaults.flowControl(),
                defaults.streamsGroup(),
                Duration.ofMillis(configuration().get(Settings.INGEST_ARCHIVE_RETENTION_MS)));
        return new Ingest(
                config,
                wire,
                // Nothing of what it looks at needs a secret.
                new SubmissionCheck(normaliser(), Policies.of(configuration(), null, null)),
                clock,
                metrics.ingest());
    }

    private CustomerNormaliser normaliser() {
        if (normaliser == null) {
            normaliser = CustomerNormaliser.standard();
        }
        return normaliser;
    }

    private Stage streams() {
        var kafka = new LinkedHashMap<>(configuration().kafka());
        configuration().kafkaProducer().forEach((key, value) -> kafka.put("producer." + key, value));
        configuration().kafkaConsumer().forEach((key, value) -> kafka.put("consumer." + key, value));
        String lag = configuration().get(Settings.TOPICS_COMPACTION_LAG_MS).toString();
        kafka.put("topic.max.compaction.lag.ms", lag);
        // A deletion in the table of identifiers names the address it deletes.
        kafka.put("topic.delete.retention.ms", lag);
        kafka.putAll(configuration().kafkaStreams());
        var defaults = StreamsSettings.of(
                connections.servers().kafkaBootstrapServers(),
                data.streams(),
                configuration().get(Settings.TOPICS_PARTITIONS));
        var settings = new StreamsSettings(
                defaults.bootstrapServers(),
                defaults.applicationId(),
                defaults.stateDirectory(),
                defaults.partitions(),
                configuration().get(Settings.TOPICS_REPLICATION_FACTOR),
                configuration().get(Settings.STREAMS_THREADS),
                Duration.ofMillis(configuration().get(Settings.STREAMS_COMMIT_INTERVAL_MS)),
                defaults.cacheBytes(),
                defaults.memtableBytes(),
                configuration().get(Settings.STREAMS_ALLOW_OLD_TRANSACTIONS),
                kafka);
        var machine = DirectoryMachine.create(
                normaliser(), Policies.of(configuration(), suppressionSecret(), sourceKeySecret()));
        return new StreamsStage(settings, wire, machine, clock, metrics.streams());
    }

    /** Whoever brings their own Kafka may run this on several machines, which must not draw a secret each. */
    private @Nullable String suppressionSecret() {
        if (configuration().has(Settings.KAFKA_BOOTSTRAP_SERVERS)) {
            return null;
        }
        return secretIn(data.suppressionSecret(), "suppression secret");
    }

    /** As with the other one: another machine's own would make everything that arrives again new. */
    private @Nullable String sourceKeySecret() {
        return configuration().has(Settings.KAFKA_BOOTSTRAP_SERVERS)
                ? null
                : secretIn(data.sourceKeySecret(), "source key secret");
    }

    private static String secretIn(Path path, String what) {
        var file = new SecretFile(path, SECRET_BYTES);
        try {
            file.makeIfMissing();
            return file.read();
        } catch (IOException unreadable) {
            throw Failure.failed("The " + what + " " + path + " cannot be read or made.", unreadable);
        }
    }

    private Stage sink() {
        var config = new SinkConfig(
                connections.database(),
                connections.kafka(),
                configuration().kafkaConsumer(),
                configuration().kafkaProducer(),
                SinkConfig.DEFAULT_MAX_BATCH_RECORDS,
                SinkConfig.DEFAULT_LINGER,
                Duration.ofMillis(configuration().get(Settings.SINK_REJECTS_RETENTION_MS)));
        return new Sink(config, wire, clock, metrics.sink());
    }

    private Configuration configuration() {
        return connections.configuration();
    }
}
