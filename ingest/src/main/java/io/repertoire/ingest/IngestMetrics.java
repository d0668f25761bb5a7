package io.repertoire.ingest;

/**
 * What happens to files, for counting. Called from several threads; must be quick. Every claimed file ends as exactly one of
 * sent, refused and duplicate; rows are counted once they are committed, so they never count twice over a restart of the
 * publishing.
 */
public interface IngestMetrics {

    IngestMetrics NOOP = new IngestMetrics() {};

    default void fileClaimed() {}

    /** Published to its end. */
    default void fileSent(long rows, long millis) {}

    /** @param code such as {@code NO_HEADER}: few and fixed */
    default void fileRefused(String code) {}

    default void fileDuplicate() {}

    default void rowsSent(int rows) {}

    /** Rows that ingest itself could not read. */
    default void rowsUnreadable(int rows) {}

    /** Kafka or the registry could not be used; the file is tried again. */
    default void sendFailed() {}

    /** Time spent waiting for the streams stage. */
    default void waitedForStreams(long millis) {}

    default void rejectsFileWritten(long rows) {}
}
