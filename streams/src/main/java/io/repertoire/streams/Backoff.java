package io.repertoire.streams;

import java.time.Clock;
import java.time.Duration;

/** How long to wait before trying again: twice as long each time, from the start again after a quiet while. Thread-safe. */
final class Backoff {

    private static final Duration QUIET = Duration.ofMinutes(2);

    private final Clock clock;
    private final Duration first;
    private final Duration longest;
    private Duration next;
    private long lastAt = Long.MIN_VALUE;

    Backoff(Clock clock, Duration first, Duration longest) {
        this.clock = clock;
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    synchronized Duration next() {
        long now = clock.millis();
        if (lastAt == Long.MIN_VALUE || now - lastAt > QUIET.toMillis()) {
            next = first;
        }
        lastAt = now;
        var result = next;
        next = next.compareTo(longest.dividedBy(2)) > 0 ? longest : next.multipliedBy(2);
        return result;
    }
}
