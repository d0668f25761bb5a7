package io.repertoire.ingest.inbox;

import io.repertoire.schemas.Health;
import java.util.Map;
import java.util.TreeMap;

/** What each part of the stage says about itself; the worst of it is the stage's health. Thread-safe. */
final class Conditions {

    private final Map<String, Health> byPart = new TreeMap<>();

    synchronized void set(String part, Health health) {
        byPart.put(part, health);
    }

    synchronized void clear(String part) {
        byPart.remove(part);
    }

    /** UP if nothing was said. */
    synchronized Health worst() {
        return byPart.values().stream().reduce(Health.up(), Health::worse);
    }
}
