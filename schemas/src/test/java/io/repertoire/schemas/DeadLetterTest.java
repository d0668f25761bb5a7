package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final ConsumerRecord<byte[], byte[]> source =
            new ConsumerRecord<>("sales.events.v1", 3, 42L, new byte[] {1}, new byte[] {2, 3});

    @Test
    void it_keeps_the_raw_record_its_partition_and_its_headers() {
        RecordHeaders.put(source.headers(), RecordHeaders.ORIGIN_LINE, "7");
        var record = DeadLetter.of("streams", "WRONG_PARTITION", "belongs on partition 1")
                .recordFor(Topics.STREAMS_DLQ, source, NOW);
        assertThat(record.topic()).isEqualTo("streams.dlq.v1");
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.key()).containsExactly(1);
        assertThat(record.value()).containsExactly(2, 3);
        assertThat(RecordHeaders.get(record.headers(), RecordHeaders.ORIGIN_LINE))
                .isEqualTo("7");
    }

    @Test
    void headers_are_spelled_as_kip_1034_with_decimal_numbers() {
        var headers = DeadLetter.of("sink", "BAD", "text").stamped(source.headers(), "t", 3, 42, NOW);
        assertThat(RecordHeaders.get(headers, "__streams.errors.topic")).isEqualTo("t");
        assertThat(RecordHeaders.get(headers, "__streams.errors.partition")).isEqualTo("3");
        assertThat(RecordHeaders.get(headers, "__streams.errors.offset")).isEqualTo("42");
        assertThat(RecordHeaders.get(headers, "__streams.errors.exception")).isEmpty();
        assertThat(RecordHeaders.get(headers, "__streams.errors.message")).isEqualTo("text");
        assertThat(RecordHeaders.get(headers, "repertoire.error.stage")).isEqualTo("sink");
        assertThat(RecordHeaders.get(headers, "repertoire.error.code")).isEqualTo("BAD");
        assertThat(RecordHeaders.get(headers, "repertoire.error.at")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(source.headers()).as("the source's own").isEmpty();
    }

    @Test
    void a_second_failure_replaces_the_first() {
        var once = DeadLetter.of("sink", "ONE", "").stamped(source.headers(), "t", 0, 1, NOW);
        var twice = DeadLetter.of("sink", "TWO", "").stamped(once, "t", 0, 2, NOW);
        assertThat(twice.headers(RecordHeaders.ERROR_CODE)).hasSize(1);
        assertThat(RecordHeaders.get(twice, RecordHeaders.ERROR_OFFSET)).isEqualTo("2");
    }

    @Test
    void the_message_of_a_foreign_exception_never_leaves_because_it_may_quote_the_record() {
        var letter = DeadLetter.of("streams", new IllegalStateException("jane@example.org"));
        assertThat(letter.code()).isEqualTo(DeadLetter.BUG);
        assertThat(letter.exception()).isEqualTo("java.lang.IllegalStateException");
        assertThat(letter.message()).contains("DeadLetterTest.java").doesNotContain("jane");
    }

    @Test
    void an_undecodable_record_keeps_its_code_and_message() {
        var letter = DeadLetter.of(
                "streams", new UndecodableException(UndecodableException.TRUNCATED, "The body ends early"));
        assertThat(letter.code()).isEqualTo("TRUNCATED");
        assertThat(letter.message()).isEqualTo("The body ends early");
    }
}
