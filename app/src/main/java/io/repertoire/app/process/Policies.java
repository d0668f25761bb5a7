package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.Settings;
import io.repertoire.customers.DirectoryPolicy;
import io.repertoire.customers.MatchPolicy;
import io.repertoire.customers.Survivorship;
import io.repertoire.customers.contact.BlockList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What the configuration says about each directory, read once. */
final class Policies implements Function<String, DirectoryPolicy> {

    private final Map<String, DirectoryPolicy> byDirectory;
    private final DirectoryPolicy others;

    private Policies(Map<String, DirectoryPolicy> byDirectory, DirectoryPolicy others) {
        this.byDirectory = byDirectory;
        this.others = others;
    }

    static Policies of(Configuration configuration) {
        var policies = new LinkedHashMap<String, DirectoryPolicy>();
        for (String directory : configuration.directories()) {
            policies.put(directory, policy(configuration, directory));
        }
        return new Policies(Map.copyOf(policies), DirectoryPolicy.defaults());
    }

    private static DirectoryPolicy policy(Configuration configuration, String directory) {
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
                        configuration.get(directory, Settings.MATCH_RECYCLED_DAYS)),
                new Survivorship(
                        Survivorship.Preset.valueOf(constant(configuration.get(directory, Settings.SURVIVORSHIP))),
                        configuration.get(directory, Settings.SOURCE_PRIORITY)));
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
