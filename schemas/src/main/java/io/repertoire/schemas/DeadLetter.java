package io.repertoire.schemas;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Why a record could not be handled, as the headers of a dead-letter topic say it. Key, value, original headers
 * and partition of the source are kept as they are; a record that comes by a second time (a replay) carries only its last error.
 *
 * @param stage who gave up: {@code ingest}, {@code streams}, {@code sink}
 * @param code stable and short: a code of {@link UndecodableException}, {@code WRONG_PARTITION}, {@code BUG}, …
 * @param exception class name of what was thrown; empty if nothing was
 * @param message for people, without personal data; empty if there is nothing to say
 */
public record DeadLetter(String stage, String code, String exception, String message) {

    /** The record was fine as far as we know; we have a bug. */
    public static final String BUG = "BUG";

    /** Nothing was thrown: the record breaks the contract of its topic. */
    public static DeadLetter of(String stage, String code, String message) {
        return new DeadLetter(stage, code, "", message);
    }

    /**
     * For whatever was thrown. The message of an exception that is not ours may quote the record, so it is left out: what it was
     * and its place in our code stand instead.
     */
    public static DeadLetter of(String stage, Throwable thrown) {
        var name = thrown.getClass().getName();
        if (thrown instanceof UndecodableException undecodable) {
            return new DeadLetter(stage, undecodable.code(), name, String.valueOf(undecodable.getMessage()));
        }
        return new DeadLetter(stage, BUG, name, "unexpected " + Blame.place(thrown));
    }

    /**
     * The record to send, for the same partition as its source.
     *
     * @param dlq where to, one of the catalogue's dead-letter topics
     * @param source the record as it was read, bytes untouched
     * @param at now
     */
    public ProducerRecord<byte[], byte[]> recordFor(TopicSpec dlq, ConsumerRecord<byte[], byte[]> source, Instant at) {
        return new ProducerRecord<>(
                dlq.name(),
                source.partition(),
                source.key(),
                source.value(),
                stamped(source.headers(), source.topic(), source.partition(), source.offset(), at));
    }

    /**
     * A copy of these headers with the error's added; numbers are decimal strings, no stack trace.
     *
     * @param topic where the record was read, with its partition and offset
     */
    public Headers stamped(Headers original, String topic, int partition, long offset, Instant at) {
        var headers = new org.apache.kafka.common.header.internals.RecordHeaders(original);
        RecordHeaders.put(headers, RecordHeaders.ERROR_TOPIC, topic);
        RecordHeaders.put(headers, RecordHeaders.ERROR_PARTITION, Integer.toString(partition));
        RecordHeaders.put(headers, RecordHeaders.ERROR_OFFSET, Long.toString(offset));
        RecordHeaders.put(headers, RecordHeaders.ERROR_EXCEPTION, exception);
        RecordHeaders.put(headers, RecordHeaders.ERROR_MESSAGE, message);
        RecordHeaders.put(headers, RecordHeaders.ERROR_STAGE, stage);
        RecordHeaders.put(headers, RecordHeaders.ERROR_CODE, code);
        RecordHeaders.put(headers, RecordHeaders.ERROR_AT, at.toString());
        return headers;
    }
}
