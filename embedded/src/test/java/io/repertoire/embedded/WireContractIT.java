package io.repertoire.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.embedded.testing.Servers;
import io.repertoire.embedded.testing.ServersExtension;
import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.SchemaRefusedException;
import io.repertoire.schemas.SchemaRegistry;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.UndecodableException;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.WireConfig;
import io.repertoire.schemas.testing.RandomRecords;
import io.repertoire.schemas.testing.SchemaEvolution;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our bytes and our registrations against the real registry, with Confluent's own client and an Avro that is not ours on the other
 * side.
 */
@ExtendWith(ServersExtension.class)
class WireContractIT {

    private final String url;
    private final CachedSchemaRegistryClient theirs;

    WireContractIT(Servers servers) {
        this.url = servers.schemaRegistryUrl();
        this.theirs = new CachedSchemaRegistryClient(url, 100);
    }

    static Iterable<Topic<?>> topics() {
        return Topics.AVRO;
    }

    @ParameterizedTest
    @MethodSource("topics")
    void what_we_write_their_client_reads_field_by_field(Topic<?> topic) throws Exception {
        writeAndReadElsewhere(topic);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void what_they_register_and_write_we_read(Topic<?> topic) throws Exception {
        readWhatTheyWrote(topic);
    }

    @Test
    void every_subject_holds_our_schema_under_its_rule_and_the_id_stays() throws Exception {
        try (var wire = Wire.open(WireConfig.of(url));
                var registry = SchemaRegistry.open(WireConfig.of(url))) {
            wire.registerAll();
            wire.registerAll();
            for (Topic<?> topic : Topics.AVRO) {
                assertThat(theirs.getId(
                                topic.subject(), new AvroSchema(topic.schema().toString())))
                        .isEqualTo(registry.lookUp(topic.subject(), topic.schema()));
                assertThat(theirs.getCompatibility(topic.subject()))
                        .isEqualTo(topic.compatibility().name());
            }
            assertThat(SchemaEvolution.compare(registry))
                    .hasSize(Topics.AVRO.size())
                    .allSatisfy(standing -> {
                        assertThat(standing.registered()).as(standing.subject()).isTrue();
                        assertThat(standing.faults()).isEmpty();
                    });
        }
    }

    @Test
    void the_rule_is_enforced_by_the_registry() {
        try (var registry = SchemaRegistry.open(WireConfig.of(url))) {
            var first =
                    SchemaBuilder.record("Ruled").fields().requiredString("a").endRecord();
            var second = SchemaBuilder.record("Ruled")
                    .fields()
                    .requiredString("a")
                    .requiredString("b")
                    .endRecord();
            registry.requireCompatibility("ruled-value", Topic.Compatibility.BACKWARD_TRANSITIVE);
            registry.register("ruled-value", first);
            assertThatThrownBy(() -> registry.register("ruled-value", second))
                    .isInstanceOf(SchemaRefusedException.class);
            assertThat(registry.versions("ruled-value")).containsExactly(first);
            assertThatThrownBy(() -> registry.lookUp("ruled-value", second)).isInstanceOf(SchemaRefusedException.class);
            assertThatThrownBy(() -> registry.lookUp("no-such-subject", second))
                    .isInstanceOf(SchemaRefusedException.class);
            assertThat(registry.versions("no-such-subject")).isEmpty();
        }
    }

    /** As processes do that are started at once on an empty registry; Apicurio answers some of them with a conflict. */
    @Test
    void several_may_register_the_same_schema_in_the_same_instant() throws Exception {
        int processes = 4;
        int subjects = 30;
        var start = new CyclicBarrier(processes);
        var threads = Executors.newFixedThreadPool(processes);
        try {
            var all = new ArrayList<Future<List<Integer>>>();
            for (int i = 0; i < processes; i++) {
                all.add(threads.submit(() -> {
                    var ids = new ArrayList<Integer>();
                    try (var registry = SchemaRegistry.open(WireConfig.of(url))) {
                        for (int n = 0; n < subjects; n++) {
                            var schema = SchemaBuilder.record("AtOnce" + n)
                                    .fields()
                                    .requiredString("a")
                                    .endRecord();
                            start.await(60, TimeUnit.SECONDS);
                            registry.requireCompatibility("at-once-" + n, Topic.Compatibility.BACKWARD_TRANSITIVE);
                            ids.add(registry.register("at-once-" + n, schema));
                        }
                    }
                    return ids;
                }));
            }
            var first = all.get(0).get();
            assertThat(first).doesNotHaveDuplicates().hasSize(subjects);
            for (var other : all) {
                assertThat(other.get()).isEqualTo(first);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void an_id_the_registry_does_not_know_is_the_records_fault_and_a_wrong_path_is_not() {
        var bytes = ByteBuffer.allocate(6).put((byte) 0).putInt(987_654).array();
        try (var wire = Wire.open(WireConfig.of(url));
                var lost = Wire.open(WireConfig.of(url.replace("/apis/ccompat/v7", "/elsewhere")))) {
            assertThatThrownBy(() -> wire.deserializer(Topics.DIRECTORY).deserialize("", bytes))
                    .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.code())
                            .isEqualTo(UndecodableException.UNKNOWN_SCHEMA));
            assertThatThrownBy(() -> lost.deserializer(Topics.DIRECTORY).deserialize("", bytes))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    private <T extends SpecificRecord> void writeAndReadElsewhere(Topic<T> topic) throws Exception {
        try (var wire = Wire.open(WireConfig.of(url))) {
            for (long seed = 0; seed < 20; seed++) {
                var record = new RandomRecords(seed).next(topic.type());
                var bytes = wire.serializer(topic).serialize(topic.name(), record);
                assertThat(bytes[0]).isZero();
                var schema = ((AvroSchema)
                                theirs.getSchemaById(ByteBuffer.wrap(bytes).getInt(1)))
                        .rawSchema();
                assertThat(new Schema.Parser().parse(schema.toString())).isEqualTo(topic.schema());
                var decoder = DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null);
                GenericRecord read = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
                assertThat(decoder.isEnd()).isTrue();
                // Written again by their Avro, it is the same record to us; maps may come in another order.
                assertThat(wire.deserializer(topic).deserialize(topic.name(), written(read, bytes)))
                        .isEqualTo(record);
            }
        }
    }

    private <T extends SpecificRecord> void readWhatTheyWrote(Topic<T> topic) throws Exception {
        try (var wire = Wire.open(WireConfig.of(url))) {
            int id = theirs.register(
                    topic.subject(), new AvroSchema(topic.schema().toString()));
            var record = new RandomRecords(7).next(topic.type());
            var ours = wire.serializer(topic).serialize(topic.name(), record);
            assertThat(ByteBuffer.wrap(ours).getInt(1)).as("one schema, one id").isEqualTo(id);
            var schema = ((AvroSchema) theirs.getSchemaById(id)).rawSchema();
            GenericRecord read = new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(ours, 5, ours.length - 5, null));
            assertThat(wire.deserializer(topic).deserialize(topic.name(), written(read, ours)))
                    .isEqualTo(record);
        }
    }

    private static byte[] written(GenericRecord record, byte[] prefix) throws Exception {
        var out = new ByteArrayOutputStream();
        out.write(Arrays.copyOf(prefix, 5));
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
