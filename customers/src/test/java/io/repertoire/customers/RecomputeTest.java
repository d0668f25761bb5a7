package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.JobState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A change of policy recomputes golden records, in steps, once. */
class RecomputeTest {

    private DirectoryPolicy policy = DirectoryPolicy.defaults();
    private final InMemoryDirectory directory = new InMemoryDirectory(
            new RuledDirectoryMachine(CustomerNormaliser.standard(), PersonNames.bySpelling(), id -> policy));

    private void inspect() {
        directory.apply(new Input.Inspect(People.DIRECTORY, People.RECEIVED));
    }

    private int runJobs() {
        int steps = 0;
        for (List<JobState> jobs = directory.all(StateTable.JOBS);
                !jobs.isEmpty();
                jobs = directory.all(StateTable.JOBS)) {
            directory.apply(new Input.Continue(People.DIRECTORY, jobs.get(0).getJobId(), People.RECEIVED));
            steps++;
        }
        return steps;
    }

    /** The same policy with one component changed, whatever others there are. */
    private static DirectoryPolicy with(DirectoryPolicy policy, String component, Object value) {
        try {
            var components = DirectoryPolicy.class.getRecordComponents();
            var types = new ArrayList<Class<?>>();
            var values = new ArrayList<>();
            for (var c : components) {
                types.add(c.getType());
                values.add(
                        c.getName().equals(component) ? value : c.getAccessor().invoke(policy));
            }
            return DirectoryPolicy.class
                    .getDeclaredConstructor(types.toArray(new Class<?>[0]))
                    .newInstance(values.toArray());
        } catch (ReflectiveOperationException unexpected) {
            throw new LinkageError("a policy cannot be copied", unexpected);
        }
    }

    @Test
    void the_same_policy_starts_nothing_and_another_one_looks_at_every_customer_in_bounded_steps() {
        int customers = 1_200;
        for (int i = 0; i < customers; i++) {
            directory.apply(
                    People.named("Luc", "Roy").email("luc" + i + "@x.ca").said());
        }
        inspect();
        assertThat(directory.all(StateTable.JOBS)).isEmpty();
        policy = with(policy, "ownEmails", Set.of("@shop.example.ca", "@other.example.ca"));
        directory.forgetOutputs();
        inspect();
        inspect();
        assertThat(directory.all(StateTable.JOBS)).hasSize(1);
        assertThat(runJobs()).isEqualTo(3);
        // Nothing of these customers' looks different under it.
        assertThat(directory.sent(Topics.DIRECTORY)).isEmpty();
        inspect();
        assertThat(directory.all(StateTable.JOBS)).isEmpty();
    }

    @Test
    void the_fingerprint_tells_policies_apart_and_does_not_depend_on_the_order_of_sets() {
        Map<String, Object> changes = new HashMap<>(Map.of("maxEmails", 6, "emailDegree", 9, "defaultRegion", "FR"));
        var seen = new ArrayList<String>(List.of(PolicyFingerprint.of(policy)));
        changes.forEach((component, value) -> seen.add(PolicyFingerprint.of(with(policy, component, value))));
        assertThat(seen).doesNotHaveDuplicates();
        var many = with(policy, "ownPhones", Set.of("+1", "+2", "+3", "+4", "+5", "+6"));
        var again = with(policy, "ownPhones", Set.of("+6", "+5", "+4", "+3", "+2", "+1"));
        assertThat(PolicyFingerprint.of(many)).isEqualTo(PolicyFingerprint.of(again));
    }

    @Test
    void the_fingerprint_is_the_same_after_a_restart_which_makes_every_part_of_the_policy_anew() {
        assertThat(PolicyFingerprint.of(made("role shop")))
                .isEqualTo(PolicyFingerprint.of(made("role shop")))
                .isNotEqualTo(PolicyFingerprint.of(made("role store")));
    }

    @Test
    void a_part_of_a_policy_that_cannot_be_told_from_another_is_a_fault_and_not_passed_over() {
        record Later(Object part) {}
        assertThatThrownBy(() -> PolicyFingerprint.text(new Later(new Object())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Object");
    }

    private DirectoryPolicy made(String rule) {
        var erasure = new ErasurePolicy(List.of(SuppressionSecret.of("a secret")), false, Duration.ofHours(1));
        return with(with(policy, "blockList", BlockList.of(List.of(rule))), "erasure", erasure);
    }
}
