package io.repertoire.sink;

import java.util.random.RandomGenerator;

/** Waiting times between tries: doubling from 200 ms to 10 s, each between half and whole of that. Not thread-safe. */
final class Backoff {

    private static final long FIRST_MILLIS = 200;
    private static final long LAST_MILLIS = 10_000;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    long nextMillis() {
        long whole = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        return whole / 2 + random.nextLong(whole / 2 + 1);
    }

    void reset() {
        failures = 0;
    }
}
