package io.repertoire.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.repertoire.schemas.RegistryUnavailableException;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class PatientWireTest {

    private final InMemoryWire registry = new InMemoryWire();
    private final Closing closing = new Closing();
    private final Waits waits = new Waits();

    @Test
    void while_the_registry_is_away_it_waits_visibly_and_then_goes_on_with_the_same_record() throws Exception {
        var record = Samples.submission("main", "r1");
        var bytes = registry.encode(Topics.SUBMISSIONS, record);
        registry.setRegistryAway(true);
        var reading = reading(bytes, Duration.ofSeconds(30));
        await().until(() -> waits.any() != null);
        assertThat(waits.any()).startsWith("the schema registry");
        assertThat(reading).isNotDone();
        registry.setRegistryAway(false);
        assertThat(reading.get()).isEqualTo(record);
        assertThat(waits.any()).isNull();
    }

    @Test
    void its_patience_ends_with_the_exception_it_waited_for() {
        var bytes = registry.encode(Topics.SUBMISSIONS, Samples.submission("main", "r1"));
        registry.setRegistryAway(true);
        assertThatThrownBy(() -> reading(bytes, Duration.ofMillis(300)).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RegistryUnavailableException.class);
        assertThat(waits.any()).isNull();
    }

    @Test
    void closing_ends_the_wait_at_once() {
        var bytes = registry.encode(Topics.SUBMISSIONS, Samples.submission("main", "r1"));
        registry.setRegistryAway(true);
        var reading = reading(bytes, Duration.ofMinutes(10));
        await().until(() -> waits.any() != null);
        assertThat(closing.say()).isTrue();
        assertThat(closing.say()).isFalse();
        await().atMost(Duration.ofSeconds(2)).until(reading::isCompletedExceptionally);
    }

    private CompletableFuture<Object> reading(byte[] bytes, Duration patience) {
        var wire = new PatientWire(registry.another(), patience, closing, waits);
        return CompletableFuture.supplyAsync(
                () -> wire.deserializer(Topics.SUBMISSIONS).deserialize("", bytes));
    }
}
