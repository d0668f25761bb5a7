package io.repertoire.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's wire format: byte 0, four bytes of schema id, the Avro body. Serializers and deserializers are thread-safe and
 * may be shared.
 *
 * <p>Errors: {@link RegistryUnavailableException} when the registry cannot be asked right now (wait and try again, the data is
 * good), {@link UndecodableException} when these bytes will never decode (dead letter). A {@code null} value is a tombstone and
 * passes as {@code null} both ways.
 */
public interface Wire extends AutoCloseable {

    <T extends SpecificRecord> Serializer<T> serializer(Topic<T> topic);

    <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic);

    /** Registers the catalogue's schemas and their compatibility rules, where this installation may; else looks them up. */
    void registerAll();

    @Override
    void close();
}
