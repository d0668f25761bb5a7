package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.Health;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private final Conditions conditions = new Conditions();

    @Test
    void the_worst_state_is_told_with_everything_that_is_in_it_and_nothing_else() {
        conditions.set("directory a", Health.of(Health.State.WAITING, "Waiting for the streams stage."));
        conditions.set("directory b", Health.of(Health.State.WAITING, "Kafka does not answer."));
        conditions.set("kafka", Health.of(Health.State.WAITING, "Kafka does not answer."));
        conditions.set("inbox", Health.of(Health.State.DEGRADED, "A link."));
        assertThat(conditions.worst())
                .isEqualTo(Health.of(Health.State.WAITING, "Waiting for the streams stage. Kafka does not answer."));
    }

    @Test
    void it_is_up_when_all_is_cleared() {
        conditions.set("kafka", Health.of(Health.State.WAITING, "Kafka does not answer."));
        conditions.clear("kafka");
        assertThat(conditions.worst()).isEqualTo(Health.up());
    }
}
