package io.repertoire.streams;

import java.util.ArrayList;
import java.util.List;

/**
 * Which keys a store may hold: a Bloom filter that grows. Says "no" only of a key that was never added; says "maybe" of one in a
 * hundred others. Twelve bits a key; once there are too many it forgets them all and says "maybe" of every key. Not thread-safe.
 */
final class HeldKeys {

    /** Knows nothing, so everything may be held. */
    static final HeldKeys UNKNOWN = new HeldKeys(0);

    private static final int FIRST_LAYER = 1 << 16;
    private static final int GROWTH = 4;
    /** Twenty-two million keys in 33 MB. */
    private static final int MOST_LAYERS = 5;

    private static final int BITS_A_KEY = 12;
    private static final int PROBES = 6;

    /** None: everything may be held. */
    private final List<Layer> layers = new ArrayList<>(4);

    private HeldKeys(int firstLayer) {
        if (firstLayer > 0) {
            layers.add(new Layer(firstLayer));
        }
    }

    /** Nothing is held yet; everything that will be is {@link #add added}. */
    static HeldKeys none() {
        return new HeldKeys(FIRST_LAYER);
    }

    void add(byte[] key) {
        if (layers.isEmpty()) {
            return;
        }
        long hash = hash(key);
        if (mayContain(hash)) {
            // Counted again at every write of it, one key would fill layer after layer.
            return;
        }
        var last = layers.get(layers.size() - 1);
        if (last.isFull()) {
            if (layers.size() == MOST_LAYERS) {
                layers.clear();
                return;
            }
            last = new Layer(last.capacity * GROWTH);
            layers.add(last);
        }
        last.add(hash);
    }

    boolean mayContain(byte[] key) {
        return layers.isEmpty() || mayContain(hash(key));
    }

    private boolean mayContain(long hash) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (layers.get(i).mayContain(hash)) {
                return true;
            }
        }
        return false;
    }

    /** How much memory it takes. */
    long bytes() {
        return layers.stream()
                .mapToLong(layer -> (long) layer.words.length * Long.BYTES)
                .sum();
    }

    /** Eight bytes at a time, each word mixed into the rest (the finaliser of MurmurHash3). */
    private static long hash(byte[] key) {
        long hash = key.length;
        int i = 0;
        for (; i + Long.BYTES <= key.length; i += Long.BYTES) {
            hash = mix(hash ^ (long) WORDS.get(key, i));
        }
        long rest = 0;
        for (; i < key.length; i++) {
            rest = (rest << 8) | (key[i] & 0xFF);
        }
        return mix(hash ^ rest);
    }

    private static long mix(long h) {
        h ^= h >>> 33;
        h *= 0xFF51AFD7ED558CCDL;
        h ^= h >>> 33;
        h *= 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }

    private static final java.lang.invoke.VarHandle WORDS =
            java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);

    /** All bits of one key lie in one line of the processor's cache. */
    private static final class Layer {
        private static final int WORDS_A_LINE = 8;

        private final int capacity;
        private final long[] words;
        private final int lines;
        private int size;

        Layer(int capacity) {
            this.capacity = capacity;
            this.lines = Math.max(1, (int) ((long) capacity * BITS_A_KEY / (WORDS_A_LINE * Long.SIZE)));
            this.words = new long[lines * WORDS_A_LINE];
        }

        boolean isFull() {
            return size >= capacity;
        }

        void add(long hash) {
            int line = line(hash);
            long bits = hash;
            for (int i = 0; i < PROBES; i++) {
                int bit = (int) (bits & 511);
                words[line + (bit >>> 6)] |= 1L << bit;
                bits >>>= 9;
            }
            size++;
        }

        boolean mayContain(long hash) {
            int line = line(hash);
            long bits = hash;
            for (int i = 0; i < PROBES; i++) {
                int bit = (int) (bits & 511);
                if ((words[line + (bit >>> 6)] & (1L << bit)) == 0) {
                    return false;
                }
                bits >>>= 9;
            }
            return true;
        }

        /** By other bits than the probes', and by multiplication, so that the number of lines need be no power of two. */
        private int line(long hash) {
            long high = mix(hash) >>> 33;
            return (int) ((high * lines) >>> 31) * WORDS_A_LINE;
        }
    }
}
