package io.repertoire.sink;

/** Where to read a partition from, given how far it is in the tables and what the topic still holds. */
sealed interface Resume {

    record At(long offset) implements Resume {}

    /** Offsets are gone that were never read; the topic deletes by age, so there is nothing to do but to go on and to say so. */
    record AfterGap(long offset, long missing) implements Resume {

        /** True if nothing of the topic had been read before: it has simply been there for longer than it keeps its records. */
        boolean fromTheStart() {
            return missing == offset;
        }
    }

    /** The tables cannot be brought up to date from here. */
    record NeedsRebuild(String why) implements Resume {}

    /**
     * @param lastOffset the last offset that is in the tables; -1 for none
     * @param logStart the first offset that the topic still holds
     * @param logEnd the offset after the last committed record
     * @param compacted true if the topic keeps the last record of every key, so that one missing may never come again
     */
    static Resume decide(long lastOffset, long logStart, long logEnd, boolean compacted) {
        long next = lastOffset + 1;
        if (next > logEnd) {
            return new NeedsRebuild(
                    "the topic ends at offset " + logEnd + ", before what was already read of it (offset " + lastOffset
                            + "): it was truncated or made anew");
        }
        if (next >= logStart) {
            return new At(next);
        }
        if (!compacted) {
            return new AfterGap(logStart, logStart - next);
        }
        // A compacted topic that was never read holds all it ever will, wherever it starts.
        return lastOffset < 0
                ? new At(logStart)
                : new NeedsRebuild("the topic starts at offset " + logStart + ", after what was read of it (offset "
                        + lastOffset + "), and it is compacted: deletions may have been missed");
    }
}
