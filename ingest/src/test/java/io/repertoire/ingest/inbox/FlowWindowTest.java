package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowWindowTest {

    private static final long MS = 1_000_000L;

    private final FlowWindow window = new FlowWindow();

    @Test
    void it_holds_half_a_second_of_what_is_really_processed() {
        long offset = 0;
        long now = 0;
        // 8,000 rows a second: 400 every 50 ms.
        window.published(2_000, 0, 1_999, now);
        for (int i = 1; i <= 40; i++) {
            now += 50 * MS;
            offset += 400;
            window.processedTo(offset, now);
            if (window.room() >= 400) {
                long first = 2_000 + (i - 1) * 400L;
                window.published(400, first, first + 399, now);
            }
        }
        assertThat(window.size()).isBetween(3_600, 4_400);
    }

    @Test
    void it_stays_between_its_bounds_however_slow_or_fast_the_stage_is() {
        window.published(2_000, 0, 1_999, 0);
        window.processedTo(10, 1_000 * MS);
        assertThat(window.size()).isEqualTo(FlowWindow.SMALLEST);
        window.processedTo(2_000, 1_100 * MS);

        window.published(1_000_000, 2_000, 1_001_999, 1_200 * MS);
        window.processedTo(1_000_000, 1_500 * MS);
        assertThat(window.size()).isEqualTo(FlowWindow.LARGEST);
    }

    @Test
    void nothing_may_be_sent_while_nothing_is_processed() {
        window.published(2_000, 0, 2_000, 0);
        window.processedTo(0, 100 * MS);
        assertThat(window.room()).isZero();
        assertThat(window.outstanding()).isEqualTo(2_000);
    }

    @Test
    void markers_and_other_peoples_records_between_are_not_rows() {
        window.published(100, 10, 209, 0);
        window.processedTo(110, 10 * MS);
        assertThat(window.outstanding()).isEqualTo(50);
        window.processedTo(210, 20 * MS);
        assertThat(window.outstanding()).isZero();
        window.published(100, 500, 599, 30 * MS);
        window.processedTo(500, 40 * MS);
        assertThat(window.outstanding()).isEqualTo(100);
    }
}
