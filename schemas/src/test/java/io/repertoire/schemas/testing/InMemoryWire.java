package io.repertoire.schemas.testing;

import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Wire;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The product's own wire format over a registry of this process: the bytes are the real ones, nothing is sent anywhere. */
public final class InMemoryWire implements Wire {

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Wire wire = Wire.over(registry, true);

    /** To make it unavailable, or to register a schema of another producer. */
    public InMemorySchemaRegistry registry() {
        return registry;
    }

    /** While {@code true}, whatever needs the registry fails; what was asked before is still known. */
    public void setRegistryAway(boolean away) {
        registry.setAway(away);
    }

    /** A wire with nothing cached that shares this one's registry, as another process would. */
    public Wire another() {
        return Wire.over(registry, true);
    }

    /** An Avro body written with this schema, as another producer would send it to the topic. */
    public byte[] framed(Topic<?> topic, Schema schema, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(registry.register(topic.subject(), schema))
                .put(body)
                .array();
    }

    public <T extends SpecificRecord> byte[] encode(Topic<T> topic, T value) {
        return wire.serializer(topic).serialize(topic.name(), value);
    }

    public <T extends SpecificRecord> T decode(Topic<T> topic, byte[] bytes) {
        return wire.deserializer(topic).deserialize(topic.name(), bytes);
    }

    public <T extends SpecificRecord> Serde<T> serde(Topic<T> topic) {
        return Serdes.serdeFrom(serializer(topic), deserializer(topic));
    }

    @Override
    public <T extends SpecificRecord> Serializer<T> serializer(Topic<T> topic) {
        return wire.serializer(topic);
    }

    @Override
    public <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic) {
        return wire.deserializer(topic);
    }

    @Override
    public void registerAll() {
        wire.registerAll();
    }

    @Override
    public void close() {
        wire.close();
    }
}
