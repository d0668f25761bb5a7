package io.repertoire.customers.policy;

import java.util.List;

/**
 * Whose value a golden record shows where its source records differ (P26).
 *
 * @param preset what decides between sources of one rank
 * @param sources source systems, the most trusted first; those not named come after all that are
 */
public record Survivorship(Preset preset, List<String> sources) {

    /** What decides where no source is trusted more. */
    public enum Preset {
        /** What was said last, by event time. */
        MOST_RECENT,
        /** Lightspeed's: what the primary record says stays; the others fill what it leaves blank. */
        PRIMARY_WINS
    }

    public Survivorship {
        sources = List.copyOf(sources);
    }

    /** The shipped values. */
    public static Survivorship defaults() {
        return new Survivorship(Preset.MOST_RECENT, List.of());
    }
}
