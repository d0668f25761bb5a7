package io.repertoire.customers.contact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Values that look like contact points and are nobody's, offices' addresses, and domains of made-up addresses (RULES P1, P2, P7).
 * The shipped list is the resource {@code block-list.txt}, which also says how a rule is written. Immutable.
 */
public final class BlockList {

    private static final String RESOURCE = "block-list.txt";
    private static final Set<String> KINDS =
            Set.of("email-local", "email-domain", "email-regex", "role", "synthetic", "phone", "phone-regex");

    private final List<String> rules;
    private final Map<String, Set<String>> values = new HashMap<>();
    private final String[] localBeginnings;
    private final Pattern[] emailPatterns;
    private final Pattern[] phonePatterns;

    private BlockList(List<String> rules) {
        this.rules = List.copyOf(rules);
        List<String> beginnings = new ArrayList<>();
        List<Pattern> emails = new ArrayList<>();
        List<Pattern> phones = new ArrayList<>();
        for (String rule : rules) {
            int space = rule.indexOf(' ');
            String kind = space < 0 ? rule : rule.substring(0, space);
            String value = space < 0 ? "" : rule.substring(space + 1).strip();
            if (!KINDS.contains(kind) || value.isEmpty()) {
                throw new IllegalArgumentException("not a rule of a block list: " + rule);
            }
            try {
                if (kind.equals("email-regex")) {
                    emails.add(Pattern.compile(value));
                } else if (kind.equals("phone-regex")) {
                    phones.add(Pattern.compile(value));
                } else if (kind.equals("email-local") && value.endsWith("*")) {
                    beginnings.add(value.substring(0, value.length() - 1));
                } else {
                    values.computeIfAbsent(kind, k -> new HashSet<>()).add(value);
                }
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("not a regular expression: " + rule, e);
            }
        }
        this.localBeginnings = beginnings.toArray(String[]::new);
        this.emailPatterns = emails.toArray(Pattern[]::new);
        this.phonePatterns = phones.toArray(Pattern[]::new);
    }

    /** The list in this jar. */
    public static BlockList shipped() {
        List<String> lines = new ArrayList<>();
        try (InputStream in = BlockList.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(lines);
    }

    /**
     * @param lines rules; blank lines and those that start with {@code #} are passed over
     * @throws IllegalArgumentException if a line is not a rule
     */
    public static BlockList of(List<String> lines) {
        return new BlockList(lines.stream()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("#"))
                .toList());
    }

    /** This list and a directory's own rules. */
    public BlockList plus(List<String> lines) {
        List<String> all = new ArrayList<>(rules);
        all.addAll(of(lines).rules);
        return new BlockList(all);
    }

    /** Its rules as they were written, in their order. */
    public List<String> rules() {
        return rules;
    }

    /** A short text, another one for other rules. */
    public String fingerprint() {
        // Lists and texts have the same hash on every machine, by their specification.
        return Integer.toHexString(rules.hashCode());
    }

    /** The same for the same rules, in every process: a policy is told from another by what it says. */
    @Override
    public String toString() {
        return "BlockList" + rules;
    }

    /** Whether it has no rule at all. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    boolean isPlaceholderEmail(String address, int at) {
        String local = address.substring(0, at);
        if (holds("email-local", local) || holds("email-domain", address.substring(at + 1))) {
            return true;
        }
        for (String beginning : localBeginnings) {
            if (local.startsWith(beginning)) {
                return true;
            }
        }
        return matches(emailPatterns, address);
    }

    boolean isRole(String local) {
        return holds("role", local);
    }

    boolean isSyntheticDomain(String domain) {
        return holds("synthetic", domain);
    }

    /** @param digits national, or with a country code */
    public boolean isPlaceholderPhone(String digits) {
        return holds("phone", digits) || matches(phonePatterns, digits);
    }

    private boolean holds(String kind, String value) {
        Set<String> set = values.get(kind);
        return set != null && set.contains(value);
    }

    private static boolean matches(Pattern[] patterns, String value) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(value).matches()) {
                return true;
            }
        }
        return false;
    }
}
