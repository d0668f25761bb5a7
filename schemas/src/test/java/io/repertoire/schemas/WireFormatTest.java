package io.repertoire.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.schemas.testing.InMemoryWire;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    private final InMemoryWire wire = new InMemoryWire();

    @Test
    void a_registry_that_is_away_is_told_apart_from_bad_data() {
        wire.setRegistryAway(true);
        assertThatThrownBy(() -> wire.decode(Topics.COMMAND_RESULTS, new byte[] {0, 0, 0, 0, 1, 0}))
                .isInstanceOf(RegistryUnavailableException.class);
        wire.setRegistryAway(false);
        assertThatThrownBy(() -> wire.decode(Topics.COMMAND_RESULTS, new byte[] {0, 0, 0, 0, 1, 0}))
                .isInstanceOfSatisfying(UndecodableException.class, e -> assertThat(e.code())
                        .isEqualTo(UndecodableException.UNKNOWN_SCHEMA));
    }
}
