package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.schemas.testing.InMemoryWire;
import io.repertoire.schemas.testing.RandomRecords;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.AvroTypeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** What surrounds Confluent's serializers, with stand-ins of the same shape: the real ones are not on Maven Central. */
class ConfluentWireTest {

    private static final Topic<CommandResult> TOPIC = Topics.COMMAND_RESULTS;
    private static final InMemoryWire BYTES = new InMemoryWire();
    private static final Map<String, Object> SETTINGS = new HashMap<>();
    private static Supplier<? extends RuntimeException> failure;

    private final CommandResult record = new RandomRecords(3).next(CommandResult.class);
    private final ConfluentWire wire = new ConfluentWire(
            WireConfig.of("http://registry")
                    .withBasicAuth("me", "secret")
                    .withAutoRegister(false)
                    .withPassThrough(Map.of("use.latest.version", "true")),
            StandInSerializer.class.getName(),
            StandInDeserializer.class.getName());

    @Test
    void without_the_artifact_the_message_says_what_to_do() {
        assertThatThrownBy(
                        () -> Wire.open(WireConfig.of("http://registry").withProvider(WireConfig.Provider.CONFLUENT)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("io.confluent:kafka-avro-serializer")
                .hasMessageContaining("-Pconfluent")
                .hasMessageContaining("serde.provider=builtin");
    }

    @Test
    void it_hands_them_the_settings_they_know() {
        wire.serializer(TOPIC);
        assertThat(SETTINGS)
                .containsEntry("schema.registry.url", "http://registry")
                .containsEntry("auto.register.schemas", false)
                .containsEntry("specific.avro.reader", true)
                .containsEntry("basic.auth.user.info", "me:secret")
                .containsEntry("use.latest.version", "true");
    }

    @Test
    void records_and_tombstones_pass() {
        failure = null;
        var bytes = wire.serializer(TOPIC).serialize(TOPIC.name(), record);
        assertThat(bytes).isEqualTo(BYTES.encode(TOPIC, record));
        assertThat(wire.deserializer(TOPIC).deserialize(TOPIC.name(), bytes)).isEqualTo(record);
        assertThat(wire.serializer(TOPIC).serialize(TOPIC.name(), null)).isNull();
        assertThat(wire.deserializer(TOPIC).deserialize(TOPIC.name(), null)).isNull();
    }

    @Test
    void what_they_throw_is_told_apart_by_its_cause() {
        assertUnavailable(new IOException("connection refused"));
        assertUnavailable(new RestClientException(500));
        assertUnavailable(new RestClientException(401));
        assertCode(new RestClientException(404), UndecodableException.UNKNOWN_SCHEMA);
        assertCode(new EOFException(), UndecodableException.TRUNCATED);
        assertCode(new AvroTypeException("x"), UndecodableException.INCOMPATIBLE_SCHEMA);
        assertCode(new ArrayIndexOutOfBoundsException(), UndecodableException.MALFORMED);
    }

    @Test
    void bytes_of_another_format_and_another_record_never_reach_a_reader_of_ours() {
        failure = null;
        var reader = wire.deserializer(TOPIC);
        assertThatThrownBy(() -> reader.deserialize("", new byte[] {1, 2, 3}))
                .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.code())
                        .isEqualTo(UndecodableException.NOT_WIRE_FORMAT));
        var other = BYTES.encode(Topics.REVIEWS, new RandomRecords(1).next(Review.class));
        assertThatThrownBy(() -> reader.deserialize("", other))
                .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.code())
                        .isEqualTo(UndecodableException.WRONG_RECORD));
    }

    @Test
    void a_refused_schema_is_not_waited_for() {
        failure = () -> new SerializationException("Error registering", new RestClientException(409));
        assertThatThrownBy(() -> wire.serializer(TOPIC).serialize("", record))
                .isInstanceOf(SchemaRefusedException.class);
    }

    private void assertUnavailable(Exception cause) {
        failure = () -> new SerializationException("Error", cause);
        var bytes = BYTES.encode(TOPIC, record);
        assertThatThrownBy(() -> wire.deserializer(TOPIC).deserialize("", bytes))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> wire.serializer(TOPIC).serialize("", record))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private void assertCode(Exception cause, String code) {
        failure = () -> new SerializationException("Error", cause);
        var bytes = BYTES.encode(TOPIC, record);
        assertThatThrownBy(() -> wire.deserializer(TOPIC).deserialize("", bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** As Confluent's is named and asked. */
    public static final class RestClientException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        RestClientException(int status) {
            this.status = status;
        }

        public int getStatus() {
            return status;
        }
    }

    /** In place of KafkaAvroSerializer. */
    public static final class StandInSerializer implements Serializer<Object> {
        @Override
        public void configure(Map<String, ?> settings, boolean isKey) {
            SETTINGS.clear();
            SETTINGS.putAll(settings);
        }

        @Override
        public byte[] serialize(String topic, Object value) {
            if (failure != null) {
                throw failure.get();
            }
            return BYTES.encode(TOPIC, (CommandResult) value);
        }
    }

    /** In place of KafkaAvroDeserializer, which decodes whatever its id says. */
    public static final class StandInDeserializer implements Deserializer<Object> {
        @Override
        public Object deserialize(String topic, byte[] bytes) {
            if (failure != null) {
                throw failure.get();
            }
            var reviews = BYTES.encode(Topics.REVIEWS, new RandomRecords(1).next(Review.class));
            return Arrays.equals(Arrays.copyOf(bytes, 5), Arrays.copyOf(reviews, 5))
                    ? BYTES.decode(Topics.REVIEWS, bytes)
                    : BYTES.decode(TOPIC, bytes);
        }
    }
}
