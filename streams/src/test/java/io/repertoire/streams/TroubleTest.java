package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class TroubleTest {

    @Test
    void a_server_that_is_away_passes_however_deep_it_is_buried() {
        assertThat(Trouble.passes(new StreamsException(new TimeoutException("no answer"))))
                .isTrue();
        assertThat(Trouble.passes(new StreamsException(new RuntimeException(new RegistryUnavailableException("away")))))
                .isTrue();
        assertThat(Trouble.passes(new KafkaException(
                        "Failed to create new KafkaAdminClient",
                        new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"))))
                .isTrue();
    }

    @Test
    void what_somebody_has_to_mend_does_not() {
        assertThat(Trouble.passes(new StreamsException(new RecordTooLargeException())))
                .isFalse();
        assertThat(Trouble.passes(new TopicAuthorizationException("no"))).isFalse();
        assertThat(Trouble.passes(new MissingSourceTopicException("gone"))).isFalse();
        assertThat(Trouble.passes(new StateException("a stored IdentifierState cannot be decoded", null)))
                .isFalse();
        assertThat(Trouble.passes(new IllegalStateException("bug"))).isFalse();
        assertThat(Trouble.passes(new StackOverflowError())).isFalse();
    }

    @Test
    void retries_wait_twice_as_long_each_time_up_to_a_limit_and_start_anew_after_a_quiet_while() {
        var clock = new SteppedClock();
        var backoff = new Backoff(clock, Duration.ofMillis(500), Duration.ofSeconds(3));
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(3));
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(3));
        clock.now = clock.now.plus(Duration.ofMinutes(3));
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
    }

    private static final class SteppedClock extends Clock {
        private Instant now = Samples.AT;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
