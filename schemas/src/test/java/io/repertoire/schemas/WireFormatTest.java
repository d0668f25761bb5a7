package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.schemas.testing.InMemoryWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    private static final Topic<CommandResult> TOPIC = Topics.COMMAND_RESULTS;

    private final InMemoryWire wire = new InMemoryWire();

    /** Written by hand from the Avro and Confluent specifications. A difference breaks every consumer there is. */
    @Test
    void these_bytes_never_change() {
        wire.registry()
                .register(
                        "another-value",
                        SchemaBuilder.record("Another").fields().endRecord());
        assertThat(HexFormat.ofDelimiter(" ").formatHex(wire.encode(TOPIC, result())))
                .isEqualTo(String.join(
                        " ",
                        "00", // magic byte
                        "00 00 00 02", // schema id, big-endian
                        "06 63 2d 31", // command_id "c-1"
                        "08 6d 61 69 6e", // directory_id "main"
                        "04", // type EDIT, index 2
                        "02", // status DONE, index 1
                        "00", // code null
                        "02 0c 4f c3 b9 20 c3 a7", // message "Où ç" is no null: branch 1, six bytes of UTF-8
                        "04 02 61 02 62 00", // customer_ids, one block of two, "a" and "b", end
                        "d8 04", // version 300
                        "80 80 d1 94 b5 74")); // completed_at 2033-05-18T03:33:20Z in milliseconds
    }

    @Test
    void a_tombstone_passes_both_ways_without_a_schema() {
        wire.setRegistryAway(true);
        assertThat(wire.encode(TOPIC, null)).isNull();
        assertThat(wire.decode(TOPIC, null)).isNull();
    }

    @Test
    void a_registry_that_is_away_is_told_apart_from_bad_data() {
        var bytes = wire.encode(TOPIC, result());
        wire.setRegistryAway(true);
        var another = wire.another();
        assertThatThrownBy(() -> another.deserializer(TOPIC).deserialize("", bytes))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> another.serializer(TOPIC).serialize("", result()))
                .isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(another::registerAll).isInstanceOf(RegistryUnavailableException.class);
        wire.setRegistryAway(false);
        assertThat(another.deserializer(TOPIC).deserialize("", bytes)).isEqualTo(result());
    }

    @Test
    void what_was_asked_once_is_known_while_the_registry_is_away() {
        var bytes = wire.encode(TOPIC, result());
        wire.decode(TOPIC, bytes);
        wire.setRegistryAway(true);
        assertThat(wire.decode(TOPIC, wire.encode(TOPIC, result()))).isEqualTo(result());
    }

    @Test
    void each_fault_of_the_bytes_has_its_code() {
        var good = wire.encode(TOPIC, result());
        assertCode(new byte[0], UndecodableException.NOT_WIRE_FORMAT);
        assertCode(new byte[] {0, 0, 0, 1}, UndecodableException.NOT_WIRE_FORMAT);
        assertCode(
                "{\"json\":true}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                UndecodableException.NOT_WIRE_FORMAT);
        assertCode(new byte[] {0, 0, 0, 0, 99, 0}, UndecodableException.UNKNOWN_SCHEMA);
        assertCode(
                wire.encode(Topics.REVIEWS, new io.repertoire.schemas.testing.RandomRecords(1).next(Review.class)),
                UndecodableException.WRONG_RECORD);
        assertCode(Arrays.copyOf(good, good.length + 1), UndecodableException.TRAILING_BYTES);
        for (int length = 5; length < good.length; length++) {
            assertCode(Arrays.copyOf(good, length), UndecodableException.TRUNCATED);
        }
    }

    @Test
    void an_impossible_length_allocates_nothing() {
        var good = wire.encode(TOPIC, result());
        var huge = Arrays.copyOf(good, 20);
        // The first string claims 2 GiB.
        System.arraycopy(HexFormat.of().parseHex("feffffff0f"), 0, huge, 5, 5);
        assertCode(huge, UndecodableException.TRUNCATED);
        // ... or less than nothing.
        huge[5] = 1;
        assertCode(huge, UndecodableException.MALFORMED);
    }

    @Test
    void an_index_outside_an_enum_or_a_union_is_malformed() {
        var good = wire.encode(TOPIC, result());
        var badEnum = good.clone();
        badEnum[14] = 126;
        assertCode(badEnum, UndecodableException.MALFORMED);
        var badUnion = good.clone();
        badUnion[16] = 6;
        assertCode(badUnion, UndecodableException.MALFORMED);
    }

    @Test
    void an_amount_without_a_digit_is_malformed() {
        var schema = SalePayment.getClassSchema();
        var reader = new AvroBody<>(SalePayment.class, schema).readerOf(schema);
        assertThatThrownBy(() -> reader.read(new byte[] {0, 0, 0}, 0))
                .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.code())
                        .isEqualTo(UndecodableException.MALFORMED));
    }

    @Test
    void an_older_writer_without_our_newer_optional_fields_is_read_with_their_defaults() throws IOException {
        var older = SchemaBuilder.record("CommandResult")
                .namespace("io.repertoire.schemas")
                .fields()
                .requiredString("command_id")
                .requiredString("directory_id")
                .name("type")
                .type(CommandType.getClassSchema())
                .noDefault()
                .name("status")
                .type(CommandStatus.getClassSchema())
                .noDefault()
                .requiredInt("version")
                .name("completed_at")
                .type(TOPIC.schema().getField("completed_at").schema())
                .noDefault()
                .requiredString("a_field_we_do_not_know")
                .endRecord();
        var record = new GenericData.Record(older);
        record.put("command_id", "c-1");
        record.put("directory_id", "main");
        record.put("type", new GenericData.EnumSymbol(CommandType.getClassSchema(), "EDIT"));
        record.put("status", new GenericData.EnumSymbol(CommandStatus.getClassSchema(), "DONE"));
        record.put("version", 300);
        record.put("completed_at", 2_000_000_000_000L);
        record.put("a_field_we_do_not_know", "x");
        var read = wire.decode(TOPIC, wire.framed(TOPIC, older, body(record)));
        assertThat(read.getCommandId()).isEqualTo("c-1");
        assertThat(read.getVersion()).as("promoted from int").isEqualTo(300L);
        assertThat(read.getMessage()).isNull();
        assertThat(read.getCustomerIds()).isEmpty();
        assertThat(read.getCompletedAt()).isEqualTo(Instant.ofEpochMilli(2_000_000_000_000L));
    }

    @Test
    void a_schema_of_the_same_name_that_cannot_be_read_as_ours_is_incompatible() throws IOException {
        var other = SchemaBuilder.record("CommandResult")
                .namespace("io.repertoire.schemas")
                .fields()
                .requiredBoolean("command_id")
                .endRecord();
        var record = new GenericData.Record(other);
        record.put("command_id", true);
        assertCode(wire.framed(TOPIC, other, body(record)), UndecodableException.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void the_message_names_the_fault_and_never_the_content() {
        var bytes = wire.encode(TOPIC, result());
        var cut = Arrays.copyOf(bytes, bytes.length - 1);
        assertThatThrownBy(() -> wire.decode(TOPIC, cut))
                .message()
                .doesNotContain("c-1")
                .doesNotContain("Où");
    }

    @Test
    void a_process_that_may_not_register_only_looks_up() {
        var reader = Wire.over(wire.registry(), false);
        assertThatThrownBy(() -> reader.serializer(TOPIC).serialize("", result()))
                .isInstanceOf(SchemaRefusedException.class);
        wire.registerAll();
        reader.registerAll();
        assertThat(reader.serializer(TOPIC).serialize("", result())).isEqualTo(wire.encode(TOPIC, result()));
    }

    private void assertCode(byte[] bytes, String code) {
        assertThatThrownBy(() -> wire.decode(TOPIC, bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static CommandResult result() {
        var result = new CommandResult();
        result.setCommandId("c-1");
        result.setDirectoryId("main");
        result.setType(CommandType.EDIT);
        result.setStatus(CommandStatus.DONE);
        result.setMessage("Où ç");
        result.setCustomerIds(List.of("a", "b"));
        result.setVersion(300);
        result.setCompletedAt(Instant.ofEpochMilli(2_000_000_000_000L));
        return result;
    }

    private static byte[] body(GenericData.Record record) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
