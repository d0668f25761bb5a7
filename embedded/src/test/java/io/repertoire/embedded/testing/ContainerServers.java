package io.repertoire.embedded.testing;

import io.repertoire.embedded.JdbcAddress;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Kafka, Apicurio Registry and PostgreSQL in containers, of the versions that docker-compose.yml names. */
final class ContainerServers implements Servers {

    private static final int REGISTRY_PORT = 8080;

    private final KafkaContainer kafka;
    private final GenericContainer<?> registry;
    private final PostgreSQLContainer postgres;
    private final NewDatabases databases;

    private ContainerServers(KafkaContainer kafka, GenericContainer<?> registry, PostgreSQLContainer postgres) {
        this.kafka = kafka;
        this.registry = registry;
        this.postgres = postgres;
        this.databases = new NewDatabases(jdbc());
    }

    @SuppressWarnings("resource") // closed by close()
    static ContainerServers start() {
        var kafka = new KafkaContainer("apache/kafka:4.3.1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000");
        var registry = new GenericContainer<>("apicurio/apicurio-registry-mem:2.6.13.Final")
                .withExposedPorts(REGISTRY_PORT)
                .waitingFor(Wait.forHttp("/apis/ccompat/v7/subjects").forPort(REGISTRY_PORT));
        var postgres = new PostgreSQLContainer("postgres:18");
        Startables.deepStart(Stream.of(kafka, registry, postgres)).join();
        return new ContainerServers(kafka, registry, postgres);
    }

    @Override
    public String kafkaBootstrapServers() {
        return kafka.getBootstrapServers();
    }

    @Override
    public String schemaRegistryUrl() {
        return "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT) + "/apis/ccompat/v7";
    }

    @Override
    public JdbcAddress jdbc() {
        return new JdbcAddress(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
    }

    @Override
    public JdbcAddress newDatabase() {
        return databases.create();
    }

    @Override
    public void close() {
        postgres.stop();
        registry.stop();
        kafka.stop();
    }
}
