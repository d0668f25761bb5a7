package io.repertoire.customers.policy;

/**
 * Which rules say who is who in a directory.
 *
 * @param rules the decision table it goes by
 * @param nicknames whether Bob may be Robert
 * @param maxRecords source records a customer may hold before a further one goes to review (P9)
 * @param mergesPerThousand customers that one import may make one, per thousand of its rows, before it only asks; 0: no limit (P9)
 * @param recycledAfterDays a number not heard of for so long, given by somebody with another name and another email, is that
 *     person's from then on (P10)
 * @param looseEmails whether spellings of one Gmail mailbox raise a question (P15)
 */
public record MatchPolicy(
        Rules rules,
        boolean nicknames,
        int maxRecords,
        int mergesPerThousand,
        int recycledAfterDays,
        boolean looseEmails) {

    /** Without suggestions by Gmail's spellings. */
    public MatchPolicy(Rules rules, boolean nicknames, int maxRecords, int mergesPerThousand, int recycledAfterDays) {
        this(rules, nicknames, maxRecords, mergesPerThousand, recycledAfterDays, false);
    }

    /** Decision tables; {@code docs/matching.md} has them. */
    public enum Rules {
        /** RULES C-1: joins where email, or phone and whole name, say so. */
        BALANCED,
        /** Square's: the same email or phone, unless the names or the other of the two differ; then a person decides. */
        SQUARE,
        /** Ids alone, as Moneris does: emails and phones lead to nobody. */
        ID_ONLY
    }

    /** The shipped values. */
    public static MatchPolicy defaults() {
        return new MatchPolicy(Rules.BALANCED, true, 250, 250, 365);
    }

    public MatchPolicy with(Rules other) {
        return new MatchPolicy(other, nicknames, maxRecords, mergesPerThousand, recycledAfterDays, looseEmails);
    }

    public MatchPolicy withMaxRecords(int records) {
        return new MatchPolicy(rules, nicknames, records, mergesPerThousand, recycledAfterDays, looseEmails);
    }

    public MatchPolicy withMergesPerThousand(int merges) {
        return new MatchPolicy(rules, nicknames, maxRecords, merges, recycledAfterDays, looseEmails);
    }

    public MatchPolicy withLooseEmails() {
        return new MatchPolicy(rules, nicknames, maxRecords, mergesPerThousand, recycledAfterDays, true);
    }
}
