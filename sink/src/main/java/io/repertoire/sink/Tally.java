package io.repertoire.sink;

import io.repertoire.schemas.Health;
import io.repertoire.schemas.Health.State;
import java.util.Map;
import java.util.TreeMap;

/** What of a family could not be read or written since the worker was made. Used by one thread. */
final class Tally {

    private final String family;
    private final Map<String, String> blocked = new TreeMap<>();
    private long missing;
    private long deadLettered;

    Tally(String family) {
        this.family = family;
    }

    /** Offsets that were gone before they could be read. */
    void missing(long offsets) {
        missing += offsets;
    }

    void deadLettered(int records) {
        deadLettered += records;
    }

    /** Partitions that cannot go on before the tables are filled anew, and why; open to change. */
    Map<String, String> blocked() {
        return blocked;
    }

    Health health() {
        if (!blocked.isEmpty()) {
            return Health.of(State.FAILED, family + " needs \"db rebuild\": " + blocked);
        }
        if (missing > 0 || deadLettered > 0) {
            return Health.of(
                    State.DEGRADED,
                    family + ": since start " + missing + " offsets were gone before they could be read, and "
                            + deadLettered + " records went to sink.dlq.v1");
        }
        return Health.up();
    }
}
