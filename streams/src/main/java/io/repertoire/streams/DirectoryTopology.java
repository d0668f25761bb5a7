package io.repertoire.streams;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.Partitioning;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The one topology, of production and of tests: three sources of bytes, one processor with every store, one sink per output
 * topic. One sub-topology, so one task per partition: the one writer of every directory on it.
 */
final class DirectoryTopology {

    static final String PROCESSOR = "directory";

    /** Every store; each, but for {@link DirectoryStores#UNLOGGED}, has a changelog {@code <application id>-<store>-changelog}. */
    static final List<String> STORES = Stream.concat(
                    StateTable.ALL.stream().map(StateTable::name), Stream.of(DirectoryStores.SCHEMAS))
            .toList();

    private DirectoryTopology() {}

    /**
     * @param clock when a record arrived. Kafka's own time of a record is not used: anybody may write to the input topics, and a
     *     record with an old time would overtake the others here and be deleted from the output topics at once. As each topic's
     *     next record gets its time when the one before it is done, topics that have records take turns: a till's event never
     *     waits behind a file's rows
     */
    static Topology build(DirectoryMachine machine, Wire wire, Limits limits, Clock clock, StreamsMetrics metrics) {
        TimestampExtractor arrival = (record, partitionTime) -> clock.millis();
        var topology = new Topology();
        var sources = Topics.INPUTS.stream().map(t -> "from-" + t.name()).toArray(String[]::new);
        for (int i = 0; i < sources.length; i++) {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    sources[i],
                    arrival,
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    Topics.INPUTS.get(i).name());
        }
        topology.addProcessor(PROCESSOR, () -> new DirectoryProcessor(machine, wire, limits, metrics), sources);
        for (var name : STORES) {
            topology.addStateStore(store(name, DirectoryStores.COUNTERS.contains(name), limits), PROCESSOR);
        }

        StreamPartitioner<String, byte[]> byDirectory =
                (topic, key, value, partitions) -> Optional.of(Set.of(Partitioning.partitionOf(key, partitions)));
        for (var topic : OutputWriter.TOPICS) {
            topology.addSink(
                    OutputWriter.sinkOf(topic),
                    topic.name(),
                    new StringSerializer(),
                    new ByteArraySerializer(),
                    byDirectory,
                    PROCESSOR);
        }
        StreamPartitioner<DeadLetterKey, byte[]> asSource =
                (topic, key, value, partitions) -> Optional.of(Set.of(key.partition()));
        Serializer<DeadLetterKey> sourceKey = (topic, key) -> key.bytes();
        topology.addSink(
                DirectoryProcessor.DEAD_LETTERS,
                Topics.STREAMS_DLQ.name(),
                sourceKey,
                new ByteArraySerializer(),
                asSource,
                PROCESSOR);
        return topology;
    }

    /** A cache folds what is written for nearly every record to one changelog record per commit. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name, boolean cached, Limits limits) {
        var builder = Stores.keyValueStoreBuilder(
                        BufferedStore.over(Stores.persistentKeyValueStore(name)), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(
                        Map.of("max.message.bytes", Integer.toString(limits.maxRecordBytes() + Limits.OVERHEAD)));
        if (DirectoryStores.UNLOGGED.contains(name)) {
            builder = builder.withLoggingDisabled();
        }
        return cached ? builder.withCachingEnabled() : builder.withCachingDisabled();
    }
}
