package io.repertoire.ingest.inbox;

/** Keeps files from running ahead of the streams stage (DESIGN §4.1). */
interface FlowControl extends AutoCloseable {

    FlowControl OFF = new FlowControl() {};

    /** Rows that may be published now, over those that are published and not processed yet. */
    default int room() {
        return Integer.MAX_VALUE;
    }

    /** Rows a transaction should hold at most, so that the streams stage always has some to work on. */
    default int transactionRows() {
        return 20_000;
    }

    /** Rows that were committed, and the offsets of the first and last record of their transaction. */
    default void published(int rows, long firstOffset, long lastOffset) {}

    @Override
    default void close() {}
}
