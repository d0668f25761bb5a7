package io.repertoire.streams;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys in nearly the order of their bytes, at a tenth of what comparing them costs: a comparison looks at two arrays that lie
 * anywhere in memory, and this looks at each once. Only what follows the part that all of them share counts, and of that the first
 * six bytes and a half; keys alike so far come in the order they came.
 */
final class KeyOrder {

    private static final int INDEX_BITS = 12;

    /** The most keys that it sorts at a time. */
    static final int MOST = 1 << INDEX_BITS;

    private KeyOrder() {}

    /** The entries, good until the map changes; more than {@link #MOST} come as they are. */
    static <V> List<Map.Entry<Bytes, V>> sorted(Map<Bytes, V> entries) {
        var all = new ArrayList<>(entries.entrySet());
        if (all.size() > MOST) {
            return all;
        }
        int shared = shared(all);
        var order = new long[all.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (start(all.get(i).getKey().get(), shared) & -MOST) | i;
        }
        Arrays.sort(order);
        var sorted = new ArrayList<Map.Entry<Bytes, V>>(order.length);
        for (long place : order) {
            sorted.add(all.get((int) place & (MOST - 1)));
        }
        return sorted;
    }

    /** How many first bytes all have in common. */
    private static int shared(List<? extends Map.Entry<Bytes, ?>> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        var first = entries.get(0).getKey().get();
        int shared = first.length;
        for (var entry : entries) {
            var bytes = entry.getKey().get();
            int end = Math.min(shared, bytes.length);
            if (!Arrays.equals(first, 0, end, bytes, 0, end)) {
                end = Arrays.mismatch(first, 0, end, bytes, 0, end);
            }
            shared = end;
        }
        return shared;
    }

    /** Eight bytes as a number that orders, signed, as they do. */
    private static long start(byte[] key, int from) {
        long start = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            start = start << 8 | (i < key.length ? key[i] & 0xFF : 0);
        }
        return start ^ Long.MIN_VALUE;
    }
}
