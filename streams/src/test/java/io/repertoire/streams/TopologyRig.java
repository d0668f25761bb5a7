package io.repertoire.streams;

import io.repertoire.customers.DirectoryMachine;
import io.repertoire.customers.StateTable;
import io.repertoire.schemas.Topic;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.Wire;
import io.repertoire.schemas.testing.InMemoryWire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.rocksdb.Env;
import org.rocksdb.RocksMemEnv;

/** Production's topology under {@link TopologyTestDriver}, with real stores and the real wire format. */
final class TopologyRig implements AutoCloseable {

    final InMemoryWire wire = new InMemoryWire();
    final RecordedMetrics metrics = new RecordedMetrics();
    private final RocksMemory memory = new RocksMemory(4 << 20, 64 << 20);
    private final RocksMemEnv files = new RocksMemEnv(Env.getDefault());
    private final TopologyTestDriver driver;
    private Instant now = Samples.AT;
    private Instant wallClock = Samples.AT;
    private boolean closed;

    TopologyRig(Path stateDirectory, DirectoryMachine machine, Limits limits) {
        this(stateDirectory, machine, limits, false);
    }

    private TopologyRig(Path stateDirectory, DirectoryMachine machine, Limits limits, boolean inMemory) {
        InstantSource clock = () -> now;
        var settings = StreamsSettings.of("nowhere:9092", stateDirectory, limits.partitions());
        Wire impatient = wire;
        var properties = KafkaProperties.streams(settings, "rig", memory, limits);
        if (inMemory) {
            properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, UnwrittenRocksDb.class.getName());
            properties.put(UnwrittenRocksDb.FILES, files);
        }
        driver = new TopologyTestDriver(
                DirectoryTopology.build(machine, impatient, limits, clock.withZone(ZoneOffset.UTC), metrics),
                properties,
                Samples.AT);
    }

    /**
     * For thousands of records: the driver commits after each, and RocksDB then waits for the disk once a store. Here its files are
     * in memory.
     */
    static TopologyRig inMemory(Path stateDirectory, DirectoryMachine machine, Limits limits) {
        return new TopologyRig(stateDirectory, machine, limits, true);
    }

    static TopologyRig of(Path stateDirectory, DirectoryMachine machine) {
        return new TopologyRig(stateDirectory, machine, Limits.defaults(1));
    }

    <T extends SpecificRecord> void pipe(Topic<T> topic, String key, T value) {
        pipe(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                wire.encode(topic, value),
                new org.apache.kafka.common.header.internals.RecordHeaders());
    }

    void pipe(Topic<?> topic, byte[] key, byte[] value, Headers headers) {
        driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, Samples.AT));
    }

    void pipe(Topic<?> topic, String key, byte[] value) {
        pipe(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                new org.apache.kafka.common.header.internals.RecordHeaders());
    }

    <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic<T> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), wire.deserializer(topic))
                .readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        Topics.STREAMS_DLQ.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** What is piped from now on arrives at this time. */
    void arriveAt(Instant time) {
        now = time;
    }

    /** Adds to what a store's changelog held before what was written to it since it was last asked. */
    void readChangelog(String store, Map<Bytes, byte[]> held) {
        String suffix = '-' + store + "-changelog";
        for (String topic : driver.producedTopicNames()) {
            if (topic.endsWith(suffix)) {
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList()
                        .forEach(record -> {
                            if (record.value() == null) {
                                held.remove(Bytes.wrap(record.key()));
                            } else {
                                held.put(Bytes.wrap(record.key()), record.value());
                            }
                        });
            }
        }
    }

    /** Puts into an empty store what its changelog held. */
    void restore(String store, Map<Bytes, byte[]> held) {
        KeyValueStore<Bytes, byte[]> empty = driver.getKeyValueStore(store);
        held.forEach(empty::put);
    }

    /** Time goes by and nothing arrives. */
    void wait(Duration time) {
        wallClock = wallClock.plus(time);
        driver.advanceWallClockTime(time);
    }

    /** Until then, if it is not that late already. */
    void waitUntil(Instant time) {
        if (time.isAfter(wallClock)) {
            wait(Duration.between(wallClock, time));
        }
    }

    /** Nothing on any topic but the dead letters. */
    boolean saidNothing() {
        return OutputWriter.TOPICS.stream().allMatch(topic -> read(topic).isEmpty());
    }

    KeyValueStore<Bytes, byte[]> store(StateTable<?> table) {
        return driver.getKeyValueStore(table.name());
    }

    <T extends SpecificRecord> T held(StateTable<T> table, String key) {
        byte[] bytes = store(table).get(Bytes.wrap(key.getBytes(StandardCharsets.UTF_8)));
        return bytes == null ? null : new StateCodec<>(table.type(), table.schema(), id -> null).decode(bytes);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        driver.close();
        memory.close();
        files.close();
    }
}
