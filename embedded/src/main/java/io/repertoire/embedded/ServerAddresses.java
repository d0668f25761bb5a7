package io.repertoire.embedded;

/**
 * Where the three servers are, embedded or configured.
 *
 * @param kafkaBootstrapServers as Kafka's clients take it
 * @param schemaRegistryUrl base address of the Confluent Schema Registry API, its path included
 * @param jdbc the database
 */
public record ServerAddresses(String kafkaBootstrapServers, String schemaRegistryUrl, JdbcAddress jdbc) {}
