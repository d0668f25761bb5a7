package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InboxHintTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_scan_that_takes_long_is_followed_by_a_longer_rest_and_never_by_a_very_long_one() {
        assertThat(InboxHint.restAfter(SECOND / 1_000)).isZero();
        assertThat(InboxHint.restAfter(SECOND / 10)).isEqualTo(4 * SECOND / 10);
        assertThat(InboxHint.restAfter(60 * SECOND)).isEqualTo(5 * SECOND);
    }

    @Test
    @Timeout(4)
    void whatever_changed_during_a_rest_is_looked_at_after_it_and_closing_ends_it() throws InterruptedException {
        try (var hint = new InboxHint()) {
            hint.nudge();
            hint.rest(SECOND / 40);
            hint.await(Duration.ofSeconds(60));
            hint.close();
            hint.rest(60 * SECOND);
            hint.await(Duration.ofSeconds(60));
        }
    }
}
