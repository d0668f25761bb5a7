package io.repertoire.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's own serializers, found by class name because Maven Central does not have them. What they throw is told apart into
 * our two kinds; what they read is copied once, for the lists of Avro's reader cannot be compared (see {@link ValueReader}).
 */
final class ConfluentWire implements Wire {

    static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
    static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";
    private static final int PREFIX = 5;

    private final WireConfig config;
    private final Class<? extends Serializer<Object>> serializers;
    private final Class<? extends Deserializer<Object>> deserializers;

    /** @throws IllegalStateException if the classes are not there */
    ConfluentWire(WireConfig config, String serializer, String deserializer) {
        this.config = config;
        this.serializers = find(serializer, Serializer.class);
        this.deserializers = find(deserializer, Deserializer.class);
    }

    @Override
    public <T extends SpecificRecord> Serializer<T> serializer(Topic<T> topic) {
        var theirs = create(serializers);
        theirs.configure(settings(), false);
        return new Serializer<>() {
            @Override
            public byte @Nullable [] serialize(String ignored, @Nullable T value) {
                if (value == null) {
                    return null;
                }
                try {
                    return theirs.serialize(topic.name(), value);
                } catch (SerializationException e) {
                    throw unavailableOr(e);
                }
            }

            @Override
            public void close() {
                theirs.close();
            }
        };
    }

    @Override
    public <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic) {
        var theirs = create(deserializers);
        theirs.configure(settings(), false);
        var body = new AvroBody<>(topic.type(), topic.schema());
        var copies = body.readerOf(topic.schema());
        return new Deserializer<>() {
            @Override
            public @Nullable T deserialize(String ignored, byte @Nullable [] bytes) {
                if (bytes == null) {
                    return null;
                }
                if (bytes.length < PREFIX || bytes[0] != 0) {
                    throw new UndecodableException(
                            UndecodableException.NOT_WIRE_FORMAT,
                            "The value does not start with byte 0 and a schema id");
                }
                Object value;
                try {
                    value = theirs.deserialize(topic.name(), bytes);
                } catch (SerializationException e) {
                    throw undecodableOrUnavailable(e);
                }
                if (!topic.type().isInstance(value)) {
                    throw new UndecodableException(
                            UndecodableException.WRONG_RECORD,
                            "The value is not the " + topic.schema().getFullName() + " that " + topic + " carries");
                }
                return copies.read(body.write(new byte[0], topic.type().cast(value)), 0);
            }

            @Override
            public void close() {
                theirs.close();
            }
        };
    }

    @Override
    public void registerAll() {
        try (var wire = new RegistryWire(SchemaRegistry.open(config), config.autoRegister())) {
            wire.registerAll();
        }
    }

    @Override
    public void close() {
        // The serializers belong to who asked for them.
    }

    @Override
    public String toString() {
        return "confluent, " + config.registryUrl();
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put("schema.registry.url", config.registryUrl());
        settings.put("auto.register.schemas", config.autoRegister());
        settings.put("specific.avro.reader", true);
        settings.put("avro.remove.java.properties", false);
        if (config.user() != null) {
            settings.put("basic.auth.credentials.source", "USER_INFO");
            settings.put(
                    "basic.auth.user.info", config.user() + ":" + (config.password() == null ? "" : config.password()));
        }
        settings.putAll(config.passThrough());
        return settings;
    }

    /** Writing our own record can only fail for the registry's sake. */
    private static RuntimeException unavailableOr(SerializationException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            int status = status(cause);
            if (status == 409 || status == 422) {
                return new SchemaRefusedException("The schema registry refuses our schema (HTTP " + status + ")");
            }
            if (status > 0 || cause instanceof IOException) {
                return new RegistryUnavailableException("The schema registry cannot be asked", thrown);
            }
        }
        return thrown;
    }

    private static RuntimeException undecodableOrUnavailable(SerializationException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            int status = status(cause);
            if (status == 404) {
                return new UndecodableException(
                        UndecodableException.UNKNOWN_SCHEMA, "The schema registry has no schema with this id");
            }
            if (cause instanceof EOFException) {
                return new UndecodableException(
                        UndecodableException.TRUNCATED, "The body ends before the record does", thrown);
            }
            if (status > 0 || cause instanceof IOException) {
                return new RegistryUnavailableException("The schema registry cannot be asked", thrown);
            }
            if (cause instanceof AvroTypeException) {
                return new UndecodableException(
                        UndecodableException.INCOMPATIBLE_SCHEMA,
                        "The value was written with a schema that cannot be read as the one in use here",
                        thrown);
            }
        }
        return new UndecodableException(UndecodableException.MALFORMED, "The body is not what its schema says", thrown);
    }

    /** Of Confluent's {@code RestClientException}, which is not on our class path; 0 for any other. */
    private static int status(Throwable cause) {
        if (!cause.getClass().getSimpleName().equals("RestClientException")) {
            return 0;
        }
        try {
            return (Integer) cause.getClass().getMethod("getStatus").invoke(cause);
        } catch (ReflectiveOperationException e) {
            return 500;
        }
    }

    @SuppressWarnings("unchecked") // their serializers take and give any object
    private static <S> Class<? extends S> find(String name, Class<?> kind) {
        try {
            return (Class<? extends S>) Class.forName(name).asSubclass(kind);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "serde.provider=confluent needs io.confluent:kafka-avro-serializer, which is not on the class path."
                            + " Build with -Pconfluent from a repository that carries it, or use serde.provider=builtin:"
                            + " both write the same bytes.",
                    e);
        }
    }

    private static <S> S create(Class<? extends S> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be created", e);
        }
    }
}
