package io.repertoire.ingest.inbox;

import io.repertoire.schemas.Health;
import java.util.Map;
import java.util.TreeMap;

/** What each part of the stage says about itself; the worst of it is the stage's health. Thread-safe. */
public final class Conditions {

    private final Map<String, Health> byPart = new TreeMap<>();

    public synchronized void set(String part, Health health) {
        byPart.put(part, health);
    }

    public synchronized void clear(String part) {
        byPart.remove(part);
    }

    /** UP if nothing was said. */
    public synchronized Health worst() {
        Health worst = Health.up();
        for (Health health : byPart.values()) {
            if (rank(health) > rank(worst)) {
                worst = health;
            }
        }
        return worst;
    }

    private static int rank(Health health) {
        return switch (health.state()) {
            case UP -> 0;
            case STARTING -> 1;
            case DEGRADED -> 2;
            case WAITING -> 3;
            case CLOSED -> 4;
            case FAILED -> 5;
        };
    }
}
