package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.embedded.ServerAddresses;
import io.repertoire.schemas.TopicAdmin;
import io.repertoire.schemas.TopicSpec;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import io.repertoire.sink.DatabaseConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * How this process reaches its servers: their addresses together with what the configuration says about them.
 *
 * @param servers where they are
 */
public record Connections(Configuration configuration, ServerAddresses servers) {

    /** Settings of every Kafka client, {@code bootstrap.servers} among them. */
    public Map<String, String> kafka() {
        var settings = new LinkedHashMap<>(configuration.kafka());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafkaBootstrapServers());
        return settings;
    }

    /** Close it. */
    public Admin admin() {
        var settings = new LinkedHashMap<String, Object>();
        kafka().forEach((key, value) -> {
            if (AdminClientConfig.configNames().contains(key)) {
                settings.put(key, value);
            }
        });
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        return Admin.create(settings);
    }

    /** Close it. */
    public TopicAdmin topics() {
        return new TopicAdmin(
                admin(),
                new TopicAdmin.Settings(
                        configuration.get(Settings.TOPICS_PARTITIONS),
                        configuration.get(Settings.TOPICS_REPLICATION_FACTOR).shortValue(),
                        limits()));
    }

    private Map<String, Duration> limits() {
        var limits = new LinkedHashMap<String, Duration>();
        for (TopicSpec topic : Topics.ALL) {
            boolean compacted = topic.cleanup() == TopicSpec.Cleanup.COMPACT;
            limits.put(
                    topic.name(),
                    Duration.ofMillis(configuration.get(
                            compacted ? Settings.TOPICS_COMPACTION_LAG_MS : Settings.TOPICS_RETENTION_MS)));
        }
        return limits;
    }

    /** Connects to nothing yet. Close it. */
    public Wire wire() {
        return wire(configuration.get(Settings.SCHEMA_REGISTRY_AUTO_REGISTER));
    }

    /** @param register false: only look schemas up */
    public Wire wire(boolean register) {
        return Wire.open(wireConfig().withAutoRegister(register));
    }

    private WireConfig wireConfig() {
        WireConfig config = WireConfig.of(servers.schemaRegistryUrl())
                .withProvider(WireConfig.Provider.of(configuration.get(Settings.SERDE_PROVIDER)))
                .withPassThrough(configuration.kafka());
        return configuration.has(Settings.SCHEMA_REGISTRY_USER)
                ? config.withBasicAuth(
                        configuration.get(Settings.SCHEMA_REGISTRY_USER),
                        configuration.get(Settings.SCHEMA_REGISTRY_PASSWORD))
                : config;
    }

    public DatabaseConfig database() {
        String user = servers.jdbc().user();
        String password = servers.jdbc().password();
        return new DatabaseConfig(servers.jdbc().url(), user == null ? "" : user, password == null ? "" : password);
    }
}
