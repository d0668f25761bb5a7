package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.customers.keys.SecretMissingException;
import io.repertoire.customers.keys.SourceKeySecret;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** P42: what records without an id are known by depends on a secret, and a directory keeps the one it was begun with. */
class SourceKeySecretTest {

    private static final SourceKeySecret ONE = SourceKeySecret.of("0123456789abcdef-secret");
    private static final String OTHER = "fedcba9876543210-secret";

    private final MarketingRig rig = new MarketingRig(policy -> policy.with(ONE));

    private static String key(MarketingRig rig) {
        return rig.directory.all(StateTable.SOURCE_RECORDS).stream()
                .map(SourceRecordState::getSourceKey)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static RowOutcomeKind row(MarketingRig rig, int line) {
        rig.say(lookUp().row("i", "sha", line));
        return rig.directory.lastSent(Topics.ROW_OUTCOMES).get(0).getOutcome();
    }

    private static People lookUp() {
        return People.nameless().phone("5148421234");
    }

    @Test
    void p42_a_record_that_arrives_again_is_known_after_a_restart_under_a_key_that_nobody_can_guess() {
        assertThat(row(rig, 2)).isEqualTo(RowOutcomeKind.CREATED);
        MarketingRig plain = new MarketingRig(true);
        plain.say(lookUp());
        assertThat(key(rig)).isNotEqualTo(key(plain));
        assertThat(row(rig.restartedWith(policy -> policy.with(ONE)), 3)).isEqualTo(RowOutcomeKind.UNCHANGED);
        assertThat(rig.directory.sourceRecords()).hasSize(1);
    }

    @Test
    void p42_under_another_secret_or_none_nothing_is_done_and_the_message_says_which_one_is_missing() {
        row(rig, 2);
        for (MarketingRig without : List.of(
                rig.restartedWith(policy -> policy.with(SourceKeySecret.of(OTHER))),
                rig.restartedWith(policy -> policy))) {
            for (Input input : List.of(
                    lookUp().said(),
                    new Input.Tick(People.DIRECTORY, People.RECEIVED),
                    new Input.Inspect(People.DIRECTORY, People.RECEIVED))) {
                assertThatThrownBy(() -> without.apply(input))
                        .isInstanceOf(SecretMissingException.class)
                        .hasMessageContaining(ONE.id())
                        .hasMessageNotContaining("0123456789abcdef");
            }
        }
    }

    @Test
    void p42_a_secret_that_is_said_to_be_lost_gives_way_to_the_present_one() {
        row(rig, 2);
        MarketingRig after = rig.restartedWith(policy -> policy.with(SourceKeySecret.of(OTHER, Set.of(ONE.id()))));
        row(after, 3);
        assertThat(after.directory.sourceRecords())
                .as("it is not known any more")
                .hasSize(2);
        MarketingRig later = after.restartedWith(policy -> policy.with(SourceKeySecret.of(OTHER)));
        assertThat(row(later, 4)).isEqualTo(RowOutcomeKind.UNCHANGED);
    }

    @Test
    void a_directory_that_was_begun_without_a_secret_goes_on_without() {
        var plain = new MarketingRig(true);
        row(plain, 2);
        assertThat(row(plain.restartedWith(policy -> policy.with(ONE)), 3)).isEqualTo(RowOutcomeKind.UNCHANGED);
    }

    @Test
    void no_golden_record_is_computed_anew_for_it() {
        DirectoryPolicy policy = DirectoryPolicy.defaults();
        assertThat(PolicyFingerprint.of(policy.with(ONE))).isEqualTo(PolicyFingerprint.of(policy));
    }
}
