package io.repertoire.customers.policy;

import io.repertoire.customers.keys.SuppressionSecret;
import java.time.Duration;
import java.util.List;

/**
 * How people are forgotten.
 *
 * @param secrets what erased people are remembered by (P42), the present one first, then earlier ones; none: nobody can be erased
 * @param archiveSold a customer with sales is archived where it was to be erased (P47)
 * @param compactionLag how long compacted topics and changelogs may hold what was replaced
 */
public record ErasurePolicy(List<SuppressionSecret> secrets, boolean archiveSold, Duration compactionLag) {

    public ErasurePolicy {
        secrets = List.copyOf(secrets);
    }

    /** Nobody can be erased until there is a secret. */
    public static ErasurePolicy defaults() {
        return new ErasurePolicy(List.of(), false, Duration.ofDays(1));
    }
}
