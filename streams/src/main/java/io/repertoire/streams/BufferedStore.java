package io.repertoire.streams;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A RocksDB store that takes its writes in batches, and remembers which keys it has never held. Most look-ups of a directory ask for
 * what is not there: is this email known? And those are the dearest: RocksDB's Java binding answers "not found" by an exception in
 * C++, which costs several microseconds.
 *
 * <p>What waits here is no less safe than in RocksDB's own memtable, which is not on disk either: Kafka Streams logs every put to
 * the changelog first-hand, and after a crash throws the local copy away. {@link #commit}, which goes before every checkpoint,
 * and {@link #close} write out what waits. Not thread-safe, as the task that owns it is one thread.
 */
final class BufferedStore implements KeyValueStore<Bytes, byte[]> {

    private static final int MOST_WAITING = KeyOrder.MOST;
    private static final long MOST_WAITING_BYTES = 4L << 20;
    private static final byte[] DELETED = {};

    private final KeyValueStore<Bytes, byte[]> inner;
    /** A value of no bytes deletes: nothing that is stored is empty. */
    private final Map<Bytes, byte[]> waiting = new HashMap<>(2 * MOST_WAITING);

    private final Position position = Position.emptyPosition();
    private long waitingBytes;
    private @Nullable HeldKeys held;

    BufferedStore(KeyValueStore<Bytes, byte[]> inner) {
        this.inner = inner;
    }

    /** The same store as the given supplier's, behind a buffer. */
    static KeyValueBytesStoreSupplier over(KeyValueBytesStoreSupplier supplier) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return supplier.name();
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new BufferedStore(supplier.get());
            }

            @Override
            public String metricsScope() {
                return supplier.metricsScope();
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        waiting.clear();
        waitingBytes = 0;
        held = null;
        inner.init(context, root);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        var found = waiting.get(key);
        if (found != null) {
            return found.length == 0 ? null : found;
        }
        return held().mayContain(key.get()) ? inner.get(key) : null;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        held().add(key.get());
        waiting.put(key, value == null ? DELETED : value);
        waitingBytes += key.get().length + (value == null ? 0 : value.length);
        if (waiting.size() >= MOST_WAITING || waitingBytes >= MOST_WAITING_BYTES) {
            writeOut();
        }
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        for (var entry : entries) {
            put(entry.key, entry.value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        var found = get(key);
        if (found == null) {
            put(key, value);
        }
        return found;
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        var found = get(key);
        put(key, null);
        return found;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        writeOut();
        return inner.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        writeOut();
        return inner.all();
    }

    @Override
    public long approximateNumEntries() {
        return inner.approximateNumEntries() + waiting.size();
    }

    /**
     * Goes before a checkpoint. What comes next may be somebody else's writes, restored past this store into RocksDB, as when the
     * task becomes a standby: the next use looks again whether anything is held. Kafka Streams commits once when a task's state is
     * restored, before its first record, so a store that is empty then is known to be.
     */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        writeOut();
        held = null;
        inner.commit(changelogOffsets);
    }

    @Override
    public void close() {
        if (inner.isOpen()) {
            writeOut();
        }
        held = HeldKeys.UNKNOWN;
        inner.close();
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public boolean persistent() {
        return inner.persistent();
    }

    @Override
    public boolean isOpen() {
        return inner.isOpen();
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka Streams still asks it
    public boolean managesOffsets() {
        return inner.managesOffsets();
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return inner.committedOffset(partition);
    }

    /** Of no use without interactive queries, and dear to keep. */
    @Override
    public Position getPosition() {
        return position;
    }

    /** Decided at the first use, since what a changelog restores comes after {@link #init}. */
    private HeldKeys held() {
        var known = held;
        if (known == null) {
            try (var every = inner.all()) {
                known = every.hasNext() ? HeldKeys.UNKNOWN : HeldKeys.none();
            }
            held = known;
        }
        return known;
    }

    private void writeOut() {
        if (waiting.isEmpty()) {
            return;
        }
        // In their order, as RocksDB keeps them: each finds its place next to the one before.
        var entries = new ArrayList<KeyValue<Bytes, byte @Nullable []>>(waiting.size());
        for (var entry : KeyOrder.sorted(waiting)) {
            var value = entry.getValue();
            entries.add(KeyValue.pair(entry.getKey(), value.length == 0 ? null : value));
        }
        putAllNullable(entries);
        waiting.clear();
        waitingBytes = 0;
    }

    @SuppressWarnings("NullAway") // a null value deletes, also in putAll
    private void putAllNullable(List<KeyValue<Bytes, byte @Nullable []>> entries) {
        inner.putAll(entries);
    }
}
