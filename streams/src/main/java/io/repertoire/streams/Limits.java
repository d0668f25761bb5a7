package io.repertoire.streams;

import java.time.Duration;

/**
 * What the servers allow, and what long jobs may take.
 *
 * @param partitions of every topic
 * @param maxRecordBytes largest record that every output topic and every changelog takes, key, value and headers together
 * @param maxDeadLetterBytes the same of {@code streams.dlq.v1}
 * @param jobTime for how long long jobs go on each time, at most about
 */
record Limits(int partitions, int maxRecordBytes, int maxDeadLetterBytes, Duration jobTime) {

    /** Room for what Kafka puts around a record in a batch. */
    static final int OVERHEAD = 4_096;

    Limits(int partitions, int maxRecordBytes, int maxDeadLetterBytes) {
        this(partitions, maxRecordBytes, maxDeadLetterBytes, JobQueue.WORK);
    }

    /** With a broker's and the catalogue's defaults. */
    static Limits defaults(int partitions) {
        return new Limits(partitions, 1_048_588 - OVERHEAD, 2_097_152 - OVERHEAD);
    }
}
