package io.repertoire.ingest.inbox;

import io.repertoire.schemas.Health;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What each part of the stage says about itself; the worst of it is the stage's health. Thread-safe. */
final class Conditions {

    private final Map<String, Health> byPart = new TreeMap<>();

    synchronized void set(String part, Health health) {
        byPart.put(part, health);
    }

    synchronized void clear(String part) {
        byPart.remove(part);
    }

    /** UP if nothing was said; otherwise the worst state, with what everybody in it says. */
    synchronized Health worst() {
        Health.State state =
                byPart.values().stream().reduce(Health.up(), Health::worse).state();
        String details = byPart.values().stream()
                .filter(health -> health.state() == state)
                .map(Health::detail)
                .distinct()
                .collect(Collectors.joining(" "));
        return Health.of(state, details);
    }
}
