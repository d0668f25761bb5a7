package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BufferedStoreTest {

    private final Plain inner = new Plain();
    private final BufferedStore store = new BufferedStore(inner);

    @Test
    void what_is_put_is_read_at_once_and_written_out_before_a_checkpoint() {
        store.put(key("a"), bytes("1"));
        assertThat(store.get(key("a"))).isEqualTo(bytes("1"));
        assertThat(inner.held).isEmpty();

        store.commit(Map.of());
        assertThat(inner.held).containsOnlyKeys(key("a"));
        assertThat(inner.committed).isOne();
    }

    @Test
    void closing_writes_out_what_waits() {
        store.put(key("a"), bytes("1"));
        store.close();
        assertThat(inner.held).containsOnlyKeys(key("a"));
        assertThat(inner.isOpen()).isFalse();
    }

    @Test
    void a_store_that_was_empty_is_not_asked_for_keys_it_never_held() {
        for (int i = 0; i < 1000; i++) {
            assertThat(store.get(key("unknown" + i))).isNull();
        }
        assertThat(inner.asked).isZero();
    }

    /** Kafka Streams commits once when the state of a task is restored, before its first record, also where there was none. */
    @Test
    void nor_after_the_checkpoint_that_ends_a_restoration_of_nothing() {
        store.commit(Map.of());
        store.put(key("known"), bytes("1"));
        for (int i = 0; i < 1000; i++) {
            assertThat(store.get(key("unknown" + i))).isNull();
        }
        assertThat(inner.asked).isZero();
        assertThat(store.get(key("known"))).isEqualTo(bytes("1"));
    }

    @Test
    void after_the_checkpoint_of_a_store_that_holds_something_it_is_asked_for_everything() {
        store.put(key("known"), bytes("1"));
        store.commit(Map.of());
        assertThat(store.get(key("unknown"))).isNull();
        assertThat(inner.asked).isOne();
    }

    @Test
    void what_was_restored_before_the_first_look_up_is_found() {
        inner.put(key("restored"), bytes("1"));
        assertThat(store.get(key("restored"))).isEqualTo(bytes("1"));
    }

    @Test
    void what_is_restored_past_it_after_a_checkpoint_is_found() {
        assertThat(store.get(key("later"))).isNull();
        store.commit(Map.of());
        inner.put(key("later"), bytes("1"));
        assertThat(store.get(key("later"))).isEqualTo(bytes("1"));
        store.put(key("more"), bytes("2"));
        assertThat(store.get(key("more"))).isEqualTo(bytes("2"));
        assertThat(store.get(key("later"))).isEqualTo(bytes("1"));
    }

    @Test
    void it_answers_as_a_map_does_through_any_puts_deletes_checkpoints_and_reopenings() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var model = new HashMap<Bytes, byte[]>();
        for (int step = 0; step < 60_000; step++) {
            var key = key("k" + random.nextInt(9_000));
            int what = random.nextInt(1000);
            if (what < 450) {
                var value = bytes("v" + step);
                store.put(key, value);
                model.put(key, value);
            } else if (what < 550) {
                assertThat(store.delete(key)).as("seed %d step %d", seed, step).isEqualTo(model.remove(key));
            } else if (what < 600) {
                store.putAll(List.of(KeyValue.pair(key, bytes("p" + step))));
                model.put(key, bytes("p" + step));
            } else if (what == 999 && step % 3 == 0) {
                store.commit(Map.of());
            } else if (what == 998 && step % 3 == 0) {
                store.close();
                inner.open = true;
            } else {
                assertThat(store.get(key)).as("seed %d step %d", seed, step).isEqualTo(model.get(key));
            }
        }
        try (var all = store.all()) {
            int size = 0;
            while (all.hasNext()) {
                var next = all.next();
                assertThat(next.value).as("seed %d", seed).isEqualTo(model.get(next.key));
                size++;
            }
            assertThat(size).as("seed %d", seed).isEqualTo(model.size());
        }
    }

    @Test
    void held_keys_never_denies_a_key_and_seldom_affirms_another() {
        var held = HeldKeys.none();
        int keys = 600_000;
        for (int i = 0; i < keys; i++) {
            held.add(bytes("main/email:" + i + "@example.com"));
        }
        int wrong = 0;
        for (int i = 0; i < keys; i++) {
            assertThat(held.mayContain(bytes("main/email:" + i + "@example.com")))
                    .isTrue();
            wrong += held.mayContain(bytes("main/phone:+1514" + i)) ? 1 : 0;
        }
        assertThat(wrong).isLessThan(keys / 33);
    }

    @Test
    void too_many_held_keys_are_all_forgotten_and_none_of_them_is_denied() {
        var held = HeldKeys.none();
        var key = new byte[Long.BYTES];
        for (long i = 0; held.bytes() > 0; i++) {
            ByteBuffer.wrap(key).putLong(i);
            held.add(key);
            assertThat(held.bytes()).isLessThan(36L << 20);
        }
        assertThat(held.mayContain(bytes("never added"))).isTrue();
        held.add(bytes("one more"));
        assertThat(held.bytes()).isZero();
    }

    @Test
    void a_key_that_is_written_again_and_again_takes_no_more_room() {
        var held = HeldKeys.none();
        long empty = held.bytes();
        for (int i = 0; i < 200_000; i++) {
            held.add(bytes("main"));
        }
        assertThat(held.bytes()).isEqualTo(empty);
        assertThat(held.mayContain(bytes("main"))).isTrue();
    }

    private static Bytes key(String text) {
        return Bytes.wrap(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** RocksDB's part: a map that can be written to by others. */
    private static final class Plain implements KeyValueStore<Bytes, byte[]> {
        private final TreeMap<Bytes, byte[]> held = new TreeMap<>();
        private boolean open = true;
        private int asked;
        private int committed;

        @Override
        public void put(Bytes key, byte @Nullable [] value) {
            if (value == null) {
                held.remove(key);
            } else {
                held.put(key, value);
            }
        }

        @Override
        public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
            return held.putIfAbsent(key, value);
        }

        @Override
        public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
            entries.forEach(e -> put(e.key, e.value));
        }

        @Override
        public byte @Nullable [] delete(Bytes key) {
            return held.remove(key);
        }

        @Override
        public byte @Nullable [] get(Bytes key) {
            asked++;
            return held.get(key);
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
            return iterate(held.subMap(from, true, to, true));
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> all() {
            return iterate(held);
        }

        private static KeyValueIterator<Bytes, byte[]> iterate(Map<Bytes, byte[]> entries) {
            var remaining = new TreeMap<>(entries);
            return new KeyValueIterator<>() {
                @Override
                public void close() {
                    remaining.clear();
                }

                @Override
                public Bytes peekNextKey() {
                    return remaining.firstKey();
                }

                @Override
                public boolean hasNext() {
                    return !remaining.isEmpty();
                }

                @Override
                public KeyValue<Bytes, byte[]> next() {
                    var first = remaining.pollFirstEntry();
                    return KeyValue.pair(first.getKey(), first.getValue());
                }
            };
        }

        @Override
        public long approximateNumEntries() {
            return held.size();
        }

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {
            open = true;
        }

        @Override
        public void commit(Map<org.apache.kafka.common.TopicPartition, Long> offsets) {
            committed++;
        }

        @Override
        public void close() {
            open = false;
        }

        @Override
        public boolean persistent() {
            return true;
        }

        @Override
        public boolean isOpen() {
            return open;
        }
    }
}
