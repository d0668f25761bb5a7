package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.IdentifierState;
import io.repertoire.schemas.state.ImportState;
import io.repertoire.schemas.state.MemberPage;
import io.repertoire.schemas.state.SourceRecordState;
import io.repertoire.schemas.testing.InMemoryWire;
import io.repertoire.schemas.testing.RandomRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

class WireRoundTripProperties {

    private final InMemoryWire wire = new InMemoryWire();

    @Provide
    Arbitrary<Topic<?>> topics() {
        return Arbitraries.of(Topics.AVRO);
    }

    @Property(tries = 500)
    void what_is_written_is_read_again(@ForAll("topics") Topic<?> topic, @ForAll long seed) {
        assertRoundTrip(topic, seed);
    }

    @Property(tries = 200)
    void so_is_every_kind_of_state(@ForAll("state") Class<? extends SpecificRecord> type, @ForAll long seed) {
        assertStateRoundTrip(type, seed);
    }

    @Property(tries = 500)
    void our_body_is_what_avro_itself_writes_and_reads(@ForAll("topics") Topic<?> topic, @ForAll long seed)
            throws IOException {
        assertSameAsAvro(topic, seed);
    }

    @Property(tries = 1000)
    void bytes_broken_anywhere_give_a_record_or_a_code_and_nothing_else(
            @ForAll("topics") Topic<?> topic, @ForAll long seed) {
        assertSurvives(topic, seed);
    }

    @Provide
    Arbitrary<Class<? extends SpecificRecord>> state() {
        return Arbitraries.of(
                CustomerState.class,
                DirectoryState.class,
                IdentifierState.class,
                ImportState.class,
                MemberPage.class,
                SourceRecordState.class);
    }

    private <T extends SpecificRecord> void assertStateRoundTrip(Class<T> type, long seed) {
        var schema = SpecificData.get().getSchema(type);
        var body = new AvroBody<>(type, schema);
        var record = new RandomRecords(seed).next(type);
        assertThat(body.readerOf(schema).read(body.write(new byte[3], record), 3))
                .isEqualTo(record);
    }

    private <T extends SpecificRecord> void assertRoundTrip(Topic<T> topic, long seed) {
        var record = new RandomRecords(seed).next(topic.type());
        assertThat(wire.decode(topic, wire.encode(topic, record))).isEqualTo(record);
    }

    private <T extends SpecificRecord> void assertSameAsAvro(Topic<T> topic, long seed) throws IOException {
        var record = new RandomRecords(seed).next(topic.type());
        var data = SpecificData.getForClass(topic.type());
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<T>(topic.schema(), data).write(record, encoder);
        encoder.flush();
        var ours = wire.encode(topic, record);
        var body = Arrays.copyOfRange(ours, 5, ours.length);
        assertThat(body).isEqualTo(out.toByteArray());
        // Avro's own reader makes lists that cannot be compared, so what it read is written again and read by ours.
        var read = new SpecificDatumReader<T>(topic.schema(), topic.schema(), data)
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
        assertThat(wire.decode(topic, wire.encode(topic, read))).isEqualTo(record);
    }

    private <T extends SpecificRecord> void assertSurvives(Topic<T> topic, long seed) {
        var random = new Random(seed);
        var bytes = wire.encode(topic, new RandomRecords(seed).next(topic.type()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
        }
        assertThatCode(() -> {
                    try {
                        wire.decode(topic, bytes);
                    } catch (UndecodableException e) {
                        assertThat(e.code()).isNotEmpty();
                    }
                })
                .doesNotThrowAnyException();
    }
}
