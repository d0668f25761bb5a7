package io.repertoire.ingest.inbox;

import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.IngestProgress;
import org.jspecify.annotations.Nullable;

/**
 * Sends one directory's submissions in transactions that carry their progress. Used by one thread, but for {@link #prepare}. Every
 * method may throw a {@link org.apache.kafka.common.KafkaException}: nothing of the open transaction counts then, and the publisher
 * can only be closed.
 */
interface Publisher extends AutoCloseable {

    /** How far this content was sent, as committed; null if it never was. */
    @Nullable
    IngestProgress progress(String progressKey);

    /** A submission in the form in which it is sent. */
    interface Prepared {
        /** About what it weighs. */
        int bytes();
    }

    /**
     * Encodes a submission. May be called outside a transaction, and by another thread at the same time.
     *
     * @param sha256 content of the file that the submission comes from
     */
    Prepared prepare(CustomerSubmission submission, String sha256);

    void begin();

    /**
     * Order is kept. What goes wrong later is thrown by {@link #commit}.
     *
     * @param prepared by this publisher
     */
    void send(Prepared prepared);

    /**
     * Ends the transaction begun last; once this returns its submissions and the progress are there, together.
     *
     * @param rows how many of the submissions were rows
     */
    void commit(IngestProgress progress, int rows);

    /** Takes back the open transaction, if there is one. */
    @Override
    void close();

    /** How publishers are made. */
    interface Factory {
        /**
         * Takes over from any earlier publisher of this directory, dead or alive: what that one left open is taken back.
         *
         * @param flow told what was published
         */
        Publisher open(String directoryId, FlowControl flow);
    }
}
