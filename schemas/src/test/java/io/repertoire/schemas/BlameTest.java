package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BlameTest {

    @Test
    void a_cause_names_kafkas_message_and_keeps_everybody_elses_to_itself() {
        assertThat(Blame.cause(new KafkaException("outer", new TimeoutException("broker 1 did not answer"))))
                .isEqualTo("TimeoutException: broker 1 did not answer");
        assertThat(Blame.cause(new KafkaException("outer", new NumberFormatException("For input string: 5145551234"))))
                .contains("NumberFormatException", "BlameTest")
                .doesNotContain("5145551234");
    }

    @Test
    void a_place_names_every_exception_of_the_chain_and_our_own_code() {
        assertThat(Blame.place(new IllegalStateException("jane@example.org", new NumberFormatException("514"))))
                .startsWith("IllegalStateException caused by NumberFormatException at ")
                .contains("BlameTest.java")
                .doesNotContain("jane", "514");
    }
}
