package io.repertoire.schemas;

/**
 * How a part of Repertoire is.
 *
 * @param state what it does now
 * @param detail why, for people, without personal data; empty when there is nothing to say
 */
public record Health(State state, String detail) {

    /** DEGRADED works, but somebody should look. WAITING works again by itself once what it waits for is back. */
    public enum State {
        STARTING,
        UP,
        DEGRADED,
        WAITING,
        FAILED,
        CLOSED
    }

    public static Health up() {
        return new Health(State.UP, "");
    }

    public static Health of(State state, String detail) {
        return new Health(state, detail);
    }

    /** The one of the two that more should be done about; this one if they are alike. */
    public Health worse(Health other) {
        return rank(other.state) > rank(state) ? other : this;
    }

    private static int rank(State state) {
        return switch (state) {
            case UP -> 0;
            case STARTING -> 1;
            case DEGRADED -> 2;
            case WAITING -> 3;
            case CLOSED -> 4;
            case FAILED -> 5;
        };
    }

    /** True if it can be given work. */
    public boolean ready() {
        return state == State.UP || state == State.DEGRADED;
    }
}
