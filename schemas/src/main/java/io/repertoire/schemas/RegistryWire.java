package io.repertoire.schemas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The built-in provider: Avro bodies by {@link RecordCodec}, ids and schemas from a registry, each asked for once. */
final class RegistryWire implements Wire {

    private final SchemaRegistry registry;
    private final boolean autoRegister;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, RecordCodec<?>> codecs = new ConcurrentHashMap<>();

    RegistryWire(SchemaRegistry registry, boolean autoRegister) {
        this.registry = registry;
        this.autoRegister = autoRegister;
    }

    @Override
    public <T extends SpecificRecord> Serializer<T> serializer(Topic<T> topic) {
        var codec = codec(topic);
        return (ignored, value) -> value == null ? null : codec.encode(value);
    }

    @Override
    public <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic) {
        var codec = codec(topic);
        return (ignored, bytes) -> bytes == null ? null : codec.decode(bytes);
    }

    @Override
    public void registerAll() {
        for (Topic<?> topic : Topics.AVRO) {
            if (autoRegister) {
                registry.requireCompatibility(topic.subject(), topic.compatibility());
            }
            codec(topic).prefix();
        }
    }

    @Override
    public void close() {
        registry.close();
    }

    @Override
    public String toString() {
        return "builtin, " + registry;
    }

    @SuppressWarnings("unchecked") // a codec is filed under its own topic's name, so it has that topic's type
    private <T extends SpecificRecord> RecordCodec<T> codec(Topic<T> topic) {
        return (RecordCodec<T>)
                codecs.computeIfAbsent(topic.name(), name -> new RecordCodec<>(topic, () -> idOf(topic), this::schema));
    }

    private int idOf(Topic<?> topic) {
        return autoRegister
                ? registry.register(topic.subject(), topic.schema())
                : registry.lookUp(topic.subject(), topic.schema());
    }

    private Schema schema(int id) {
        var known = schemas.get(id);
        if (known == null) {
            known = registry.byId(id);
            schemas.put(id, known);
        }
        return known;
    }
}
