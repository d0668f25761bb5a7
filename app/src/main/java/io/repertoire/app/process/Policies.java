package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.customers.UndoPolicy;
import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.keys.SourceKeySecret;
import io.repertoire.customers.keys.SuppressionSecret;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.customers.policy.ErasurePolicy;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.customers.policy.RuleSet;
import io.repertoire.customers.policy.Survivorship;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the configuration says about each directory, read once. */
final class Policies implements Function<String, DirectoryPolicy> {

    private final Map<String, DirectoryPolicy> byDirectory;
    private final DirectoryPolicy others;

    private Policies(Map<String, DirectoryPolicy> byDirectory, DirectoryPolicy others) {
        this.byDirectory = byDirectory;
        this.others = others;
    }

    /**
     * @param secret what erased people of directories without a secret of their own are remembered by
     * @param sourceKeySecret what source keys are hashed with where the configuration says nothing
     */
    static Policies of(Configuration configuration, @Nullable String secret, @Nullable String sourceKeySecret) {
        var policies = new LinkedHashMap<String, DirectoryPolicy>();
        for (String directory : configuration.directories()) {
            policies.put(
                    directory,
                    policy(configuration, directory, secret)
                            .with(sourceKeys(configuration, directory, sourceKeySecret)));
        }
        return new Policies(
                Map.copyOf(policies),
                DirectoryPolicy.defaults()
                        .with(new ErasurePolicy(
                                secret == null ? List.of() : List.of(SuppressionSecret.of(secret)),
                                false,
                                lag(configuration)))
                        .with(sourceKeySecret == null ? null : SourceKeySecret.of(sourceKeySecret)));
    }

    /**
     * Where people can be erased there is one: the oldest of the secrets they are remembered by if there is no other, for new ones are
     * put in front of it.
     */
    private static @Nullable SourceKeySecret sourceKeys(
            Configuration configuration, String directory, @Nullable String common) {
        String own = configuration.get(directory, Settings.SOURCE_KEY_SECRET);
        List<String> erased = configuration.get(directory, Settings.SUPPRESSION_SECRETS);
        String secret = !own.isEmpty() ? own : common;
        if (secret == null && !erased.isEmpty()) {
            secret = erased.get(erased.size() - 1);
        }
        return secret == null
                ? null
                : SourceKeySecret.of(secret, Set.copyOf(configuration.get(directory, Settings.SOURCE_KEY_LOST)));
    }

    private static DirectoryPolicy policy(Configuration configuration, String directory, @Nullable String secret) {
        return new DirectoryPolicy(
                configuration.get(directory, Settings.DEFAULT_REGION),
                configuration.get(directory, Settings.OWN_EMAILS),
                configuration.get(directory, Settings.OWN_PHONES),
                configuration.get(directory, Settings.MAX_EMAILS),
                configuration.get(directory, Settings.MAX_PHONES),
                configuration.get(directory, Settings.EMAIL_DEGREE),
                configuration.get(directory, Settings.PHONE_DEGREE),
                impliesConsent(configuration, directory),
                BlockList.of(configuration.get(directory, Settings.BLOCK_LIST))
                        .plus(configuration.get(directory, Settings.BLOCK_LIST_FILE)),
                new MatchPolicy(
                        MatchPolicy.Rules.valueOf(constant(configuration.get(directory, Settings.MATCH_RULES))),
                        configuration.get(directory, Settings.MATCH_NICKNAMES),
                        configuration.get(directory, Settings.MATCH_MAX_RECORDS),
                        configuration.get(directory, Settings.MATCH_MERGES_PER_THOUSAND),
                        configuration.get(directory, Settings.MATCH_RECYCLED_DAYS),
                        configuration.get(directory, Settings.MATCH_LOOSE_EMAILS)),
                new Survivorship(
                        Survivorship.Preset.valueOf(constant(configuration.get(directory, Settings.SURVIVORSHIP))),
                        configuration.get(directory, Settings.SOURCE_PRIORITY)),
                erasure(configuration, configuration.get(directory, Settings.SUPPRESSION_SECRETS), directory, secret),
                null,
                RuleSet.valueOf(constant(configuration.get(directory, Settings.RULE_SET))),
                new UndoPolicy(Duration.ofDays(configuration.get(directory, Settings.UNDO_DAYS))));
    }

    private static ErasurePolicy erasure(
            Configuration configuration, List<String> own, String directory, @Nullable String secret) {
        List<String> secrets = !own.isEmpty() || secret == null ? own : List.of(secret);
        return new ErasurePolicy(
                secrets.stream().map(SuppressionSecret::of).toList(),
                configuration.get(directory, Settings.ERASE_WITH_SALES).equals("archive"),
                lag(configuration));
    }

    private static Duration lag(Configuration configuration) {
        return Duration.ofMillis(configuration.get(Settings.TOPICS_COMPACTION_LAG_MS));
    }

    private static boolean impliesConsent(Configuration configuration, String directory) {
        return switch (configuration.get(directory, Settings.IMPLIED_CONSENT)) {
            case "casl" -> true;
            case "none" -> false;
            default -> configuration.get(directory, Settings.DEFAULT_REGION).equals("CA");
        };
    }

    /** {@code primary-wins} as its constant is written. */
    private static String constant(String choice) {
        return choice.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    @Override
    public DirectoryPolicy apply(String directory) {
        return byDirectory.getOrDefault(directory, others);
    }
}
