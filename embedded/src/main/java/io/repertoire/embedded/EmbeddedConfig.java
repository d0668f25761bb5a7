package io.repertoire.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which servers to start, and how.
 *
 * @param dataDir the data folder; each server has a folder in it
 * @param kafkaBootstrapServers address of a Kafka to use in place of ours
 * @param schemaRegistryUrl address of a registry to use in place of ours
 * @param jdbc a database to use in place of ours
 * @param durable {@code false} only for tests: PostgreSQL then runs without fsync and full_page_writes, and loses its data when
 *     the machine dies
 * @param programs folder that PostgreSQL's programs are unpacked to once; several data folders may share it
 * @param kafkaSettings of the broker, over ours
 * @param postgresSettings of the server, over ours
 * @param startLimit how long one server may take to come up
 */
public record EmbeddedConfig(
        Path dataDir,
        @Nullable String kafkaBootstrapServers,
        @Nullable String schemaRegistryUrl,
        @Nullable JdbcAddress jdbc,
        boolean durable,
        Path programs,
        Map<String, String> kafkaSettings,
        Map<String, String> postgresSettings,
        Duration startLimit) {

    public EmbeddedConfig {
        dataDir = dataDir.toAbsolutePath().normalize();
        programs = programs.toAbsolutePath().normalize();
        kafkaSettings = Map.copyOf(kafkaSettings);
        postgresSettings = Map.copyOf(postgresSettings);
        Objects.requireNonNull(startLimit);
    }

    /** All three, in this folder. */
    public static EmbeddedConfig in(Path dataDir) {
        return new EmbeddedConfig(
                dataDir,
                null,
                null,
                null,
                true,
                dataDir.resolve("postgres").resolve("programs"),
                Map.of(),
                Map.of(),
                Duration.ofMinutes(2));
    }

    /** Each address that is not {@code null} replaces the server we would start. */
    public EmbeddedConfig using(@Nullable String kafka, @Nullable String registry, @Nullable JdbcAddress database) {
        return new EmbeddedConfig(
                dataDir, kafka, registry, database, durable, programs, kafkaSettings, postgresSettings, startLimit);
    }

    public EmbeddedConfig withPrograms(Path folder) {
        return new EmbeddedConfig(
                dataDir,
                kafkaBootstrapServers,
                schemaRegistryUrl,
                jdbc,
                durable,
                folder,
                kafkaSettings,
                postgresSettings,
                startLimit);
    }

    /** For tests: quick to start and stop, nothing kept safe, programs shared between runs. */
    public EmbeddedConfig forTests(Path sharedPrograms) {
        return new EmbeddedConfig(
                dataDir,
                kafkaBootstrapServers,
                schemaRegistryUrl,
                jdbc,
                false,
                sharedPrograms,
                kafkaSettings,
                postgresSettings,
                startLimit);
    }

    public EmbeddedConfig withSettings(Map<String, String> kafka, Map<String, String> postgres) {
        return new EmbeddedConfig(
                dataDir,
                kafkaBootstrapServers,
                schemaRegistryUrl,
                jdbc,
                durable,
                programs,
                kafka,
                postgres,
                startLimit);
    }

    @Override
    public String toString() {
        return "EmbeddedConfig[" + dataDir + "]";
    }
}
