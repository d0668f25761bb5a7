package io.repertoire.bench;

/** Numbers that look random and depend on nothing but a seed: SplitMix64. Not thread-safe. */
final class Draw {

    private long state;

    Draw(long seed, long index) {
        state = mix(seed ^ mix(index + 0x9E3779B97F4A7C15L));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    /** From 0 on, below the bound. */
    long below(long bound) {
        return Long.remainderUnsigned(next(), bound);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    String of(String[] values) {
        return values[(int) below(values.length)];
    }
}
