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

    /**
     * The wire of this configuration. Connects to nothing yet.
     *
     * @throws IllegalStateException if the provider asked for is not on the class path
     */
    static Wire open(WireConfig config) {
        return switch (config.provider()) {
            case BUILTIN -> over(new RestSchemaRegistry(config), config.autoRegister());
            case CONFLUENT -> new ConfluentWire(config, ConfluentWire.SERIALIZER, ConfluentWire.DESERIALIZER);
        };
    }

    /** The built-in provider over any registry, which it closes. */
    static Wire over(SchemaRegistry registry, boolean autoRegister) {
        return new RegistryWire(registry, autoRegister);
    }

    <T extends SpecificRecord> Serializer<T> serializer(Topic<T> topic);

    <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic);

    /**
     * Sets the compatibility rules and registers the catalogue's schemas, where this installation may; else looks them up. May be
     * called again.
     *
     * @throws RegistryUnavailableException if the registry cannot be asked right now; whether to wait is the caller's choice
     * @throws SchemaRefusedException if the registry does not take, or where only looked up does not hold, one of them
     */
    void registerAll();

    @Override
    void close();
}
