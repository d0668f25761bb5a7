package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.customers.StateTable;
import io.repertoire.schemas.state.IdentifierState;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    private static final IdentifierState VALUE = Samples.identifierState(List.of("c1", "c2"), true, 1_700_000_000_000L);

    private final StateCodec<IdentifierState> codec = codec(id -> null);

    @Test
    void avro_reads_what_it_writes() throws IOException {
        var decoder = new BinaryMessageDecoder<IdentifierState>(
                SpecificData.getForClass(IdentifierState.class), IdentifierState.getClassSchema());
        assertThat(decoder.decode(codec.encode(VALUE))).isEqualTo(VALUE);
    }

    @Test
    void it_reads_what_avro_writes() throws IOException {
        var encoder = new BinaryMessageEncoder<IdentifierState>(
                SpecificData.getForClass(IdentifierState.class), IdentifierState.getClassSchema());
        assertThat(codec.decode(encoder.encode(VALUE).array())).isEqualTo(VALUE);
    }

    @Test
    void one_value_after_another_does_not_mix() {
        var other = Samples.identifierState(List.of(), false, 5L);
        var first = codec.encode(VALUE);
        var second = codec.encode(other);
        assertThat(codec.decode(first)).isEqualTo(VALUE);
        assertThat(codec.decode(second)).isEqualTo(other);
        assertThat(codec.decode(first)).isEqualTo(VALUE);
    }

    @Test
    void what_an_earlier_version_wrote_is_read_with_the_schema_it_was_written_with() throws IOException {
        var earlier = SchemaBuilder.record("IdentifierState")
                .namespace("io.repertoire.schemas.state")
                .fields()
                .name("owners")
                .type(Schema.createArray(Schema.create(Schema.Type.STRING)))
                .noDefault()
                .requiredLong("last_seen")
                .endRecord();
        var written = new GenericData.Record(earlier);
        written.put("owners", List.of("c9"));
        written.put("last_seen", 7L);
        var bytes = new BinaryMessageEncoder<GenericData.Record>(GenericData.get(), earlier)
                .encode(written)
                .array();
        long fingerprint = SchemaNormalization.parsingFingerprint64(earlier);
        assertThat(codec(id -> id == fingerprint ? earlier : null).decode(bytes))
                .isEqualTo(Samples.identifierState(List.of("c9"), false, 7L));
        assertThatThrownBy(() -> codec.decode(bytes)).hasStackTraceContaining("unknown schema");
    }

    @Test
    void what_is_not_in_its_encoding_is_refused_without_quoting_it() {
        assertThatThrownBy(() -> codec.decode("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(StateException.class)
                .hasMessageNotContaining("secret");
        var cut = codec.encode(VALUE);
        assertThatThrownBy(() -> codec.decode(java.util.Arrays.copyOf(cut, cut.length - 3)))
                .isInstanceOf(StateException.class);
    }

    private static StateCodec<IdentifierState> codec(java.util.function.LongFunction<Schema> writers) {
        var table = StateTable.IDENTIFIERS;
        return new StateCodec<>(table.type(), table.schema(), writers);
    }
}
