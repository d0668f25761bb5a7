package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.keys.SuppressionSecretMissingException;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.RowOutcomeKind;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.DirectoryState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An erasure that is too much for one input: in steps, and to its end whatever happens in between. */
class ErasureStepsTest extends ErasureRig {

    @Test
    void a_customer_of_ten_thousand_records_is_erased_in_steps_and_nobody_slips_in_between() {
        int records = 10_000;
        rig.directory.largeCustomer("cus_large", records);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        assertThat(rig.directory.lastSent(Topics.COMMAND_RESULTS).get(0).getStatus())
                .isEqualTo(CommandStatus.ACCEPTED);
        assertThat(row(People.named("Any", "Body").email("large0@x.ca")).getOutcome())
                .as("a record that the erasure has not come to yet")
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        int steps = 0;
        while (!rig.directory.all(StateTable.JOBS).isEmpty()) {
            rig.apply(new Input.Continue(People.DIRECTORY, id, People.RECEIVED));
            steps++;
        }
        assertThat(steps).isBetween(records / 400, records / 100);
        assertThat(rig.directory.sourceRecords()).isEmpty();
        assertThat(rig.directory.all(StateTable.MEMBER_PAGES)).isEmpty();
        assertThat(rig.directory.all(StateTable.SUPPRESSIONS)).hasSize(records);
        assertThat(row(People.named("Any", "Body").email("large9999@x.ca")).getOutcome())
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
    }

    @Test
    void p42_an_erasure_that_was_begun_waits_for_its_secret() {
        rig.directory.largeCustomer("cus_large", 500);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        MarketingRig without = rig.restartedWith(policy -> policy.with(new ErasurePolicy(List.of(), false, LAG)));
        assertThatThrownBy(() -> without.apply(new Input.Continue(People.DIRECTORY, id, People.RECEIVED)))
                .isInstanceOf(SuppressionSecretMissingException.class);
        assertThat(without.directory.all(StateTable.JOBS)).hasSize(1);
    }

    /** As the processor does when a step throws. */
    private String failMidway(int records) {
        rig.directory.largeCustomer("cus_large", records);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        rig.apply(new Input.Abandon(People.DIRECTORY, id, People.RECEIVED));
        return id;
    }

    private void assertErased(int records) {
        assertThat(rig.directory.sourceRecords()).isEmpty();
        assertThat(rig.directory.all(StateTable.JOBS)).isEmpty();
        assertThat(rig.directory.all(StateTable.SUPPRESSIONS)).hasSize(records);
        assertThat(rig.directory.all(StateTable.DIRECTORIES))
                .extracting(DirectoryState::getSuppressed)
                .as("what was counted for the time of the erasure is taken back once")
                .containsExactly((long) records);
        CustomerChange change = rig.directory.sent(Topics.CHANGES).stream()
                .filter(event -> event.getType() == ChangeType.ERASED)
                .reduce((a, b) -> {
                    throw new AssertionError("erased twice");
                })
                .orElseThrow();
        assertThat(change.getErasure().getSourceRecords()).isEqualTo(records);
    }

    @Test
    void an_erasure_that_fails_midway_says_so_and_goes_on_when_it_is_asked_for_again() {
        failMidway(500);
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.FAILED);
        assertThat(lastResult().getCode()).isEqualTo("FAILED_MIDWAY");
        assertThat(rig.directory.sourceRecords()).isNotEmpty();
        assertThat(row(People.named("Any", "Body").email("large0@x.ca")).getOutcome())
                .as("what was not come to yet is not let in either")
                .isEqualTo(RowOutcomeKind.SUPPRESSED);
        CommandResult second = erase("cus_large");
        assertThat(second.getStatus()).isEqualTo(CommandStatus.DONE);
        assertThat(second.getCommandId()).isEqualTo("c" + next);
        assertErased(500);
        assertThat(erase("cus_large").getCode()).isEqualTo("ALREADY_ERASED");
        assertErased(500);
    }

    @Test
    void the_same_command_again_goes_on_with_what_failed_midway() {
        String id = failMidway(500);
        next--;
        assertThat(command(CommandType.ERASE, "cus_large", Map.of())).isEqualTo(id);
        goOn(id);
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.DONE);
        assertErased(500);
    }

    @Test
    void an_erasure_that_failed_midway_goes_on_with_the_next_start() {
        String id = failMidway(500);
        rig = rig.restartedWith(
                policy -> policy.with(new ErasurePolicy(List.of(SuppressionSecret.of(SECRET)), false, LAG)));
        goOn(id);
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.DONE);
        assertErased(500);
    }

    @Test
    void an_erasure_that_is_asked_for_while_it_goes_on_is_done_once() {
        rig.directory.largeCustomer("cus_large", 500);
        String id = command(CommandType.ERASE, "cus_large", Map.of());
        command(CommandType.ERASE, "cus_large", Map.of());
        assertThat(lastResult().getStatus()).isEqualTo(CommandStatus.NO_CHANGE);
        assertThat(lastResult().getCode()).isEqualTo("ERASURE_GOES_ON");
        goOn(id);
        assertThat(lastResult().getCommandId()).isEqualTo(id);
        assertErased(500);
    }
}
