package io.repertoire.embedded.testing;

import io.repertoire.embedded.JdbcAddress;

/**
 * Kafka, schema registry and PostgreSQL for integration tests, shared by all test classes of a JVM: tests keep apart by directory
 * ids of their own (the catalogue's topics are shared) and by {@link #newDatabase}.
 */
public interface Servers extends AutoCloseable {

    String kafkaBootstrapServers();

    /** Base address of the Confluent API, its path included. */
    String schemaRegistryUrl();

    /** The shared database. */
    JdbcAddress jdbc();

    /** An empty database that nobody else uses. */
    JdbcAddress newDatabase();

    @Override
    void close();
}
