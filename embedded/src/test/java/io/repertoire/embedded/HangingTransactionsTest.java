package io.repertoire.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.embedded.HangingTransactions.Open;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HangingTransactionsTest {

    private static final TopicPartition CHANGES = new TopicPartition("changes", 3);
    private static final TopicPartition IMAGES = new TopicPartition("images", 3);

    @Test
    void what_a_coordinator_still_ends_or_lets_go_on_is_left_alone() {
        assertThat(HangingTransactions.hanging(
                        List.of(open(CHANGES, 1), open(IMAGES, 1)), Map.of(1L, Set.of(CHANGES, IMAGES))))
                .isEmpty();
    }

    @Test
    void what_its_coordinator_takes_for_over_or_never_heard_of_hangs() {
        assertThat(HangingTransactions.hanging(
                        List.of(open(CHANGES, 1), open(IMAGES, 1), open(IMAGES, 2)),
                        Map.of(1L, Set.of(CHANGES), 3L, Set.of(IMAGES))))
                .containsExactlyInAnyOrder(open(IMAGES, 1), open(IMAGES, 2));
    }

    private static Open open(TopicPartition partition, long producerId) {
        return new Open(partition, producerId, 298, 2, 82_282);
    }
}
