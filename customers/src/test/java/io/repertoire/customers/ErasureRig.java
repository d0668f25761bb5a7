package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What tests of erasure have in common: a directory in which somebody can be erased. */
abstract class ErasureRig {

    static final String SECRET = "0123456789abcdef-secret";
    static final String EARLIER = "fedcba9876543210-secret";
    static final Duration LAG = Duration.ofHours(10);

    MarketingRig rig = rig(List.of(SECRET), false);
    int next;

    static MarketingRig rig(List<String> secrets, boolean archiveSold) {
        return new MarketingRig(policy -> policy.with(
                new ErasurePolicy(secrets.stream().map(SuppressionSecret::of).toList(), archiveSold, LAG)));
    }

    static People jean() {
        return People.named("Jean", "Tremblay");
    }

    CommandResult erase(String customerId) {
        return erase(customerId, Map.of());
    }

    CommandResult erase(String customerId, Map<String, String> arguments) {
        goOn(command(CommandType.ERASE, customerId, arguments));
        return lastResult();
    }

    void goOn(String jobId) {
        while (!rig.directory.all(StateTable.JOBS).isEmpty()) {
            rig.apply(new Input.Continue(People.DIRECTORY, jobId, People.RECEIVED));
        }
    }

    CommandResult lastResult() {
        List<CommandResult> results = rig.directory.sent(Topics.COMMAND_RESULTS);
        return results.get(results.size() - 1);
    }

    String command(CommandType type, String customerId, Map<String, String> arguments) {
        var command = new CustomerCommand();
        command.setCommandId("c" + ++next);
        command.setDirectoryId(People.DIRECTORY);
        command.setType(type);
        command.setActor("alice");
        command.setIssuedAt(People.RECEIVED);
        command.setCustomerId(customerId);
        command.setRecordIds(List.of());
        command.setReason("asked for");
        command.setArguments(new HashMap<>(arguments));
        rig.apply(new Input.Command(command, People.RECEIVED));
        return command.getCommandId();
    }

    RowOutcome row(People person) {
        rig.say(person.row("i" + ++next, "sha", 2));
        return rig.directory.lastSent(Topics.ROW_OUTCOMES).get(0);
    }

    void assertNowhere(String text) {
        assertThat(rig.directory.holds(text)).as("the state").isFalse();
    }

    /** A customer of two records, with one address and two numbers. */
    String storeJean() {
        rig.say(jean().withId("77").email("jean@x.ca").phone("5145550001"));
        rig.say(jean().email("jean@x.ca").phone("5145550002").notes("likes wool"));
        return rig.only().getCustomerId();
    }
}
