package io.repertoire.customers.identity;

import io.repertoire.customers.policy.MatchPolicy.Rules;

/**
 * RULES C-1's default decision table, and Square's, one row of evidence against one customer. The identifiers are normalised, unblocked and
 * unshared on both sides. What happens when one record points to several customers is the matcher's part.
 */
public final class DecisionTable {

    private DecisionTable() {}

    /** What one identifier says about one customer that holds it. */
    public enum Verdict {
        /** The same person. */
        JOIN,
        /** A bare look-up at the till: it carries sales and says nothing of the customer. */
        LOOKUP,
        /** A named record finds a bare look-up: it joins, and what was there becomes the look-up. */
        JOIN_LOOKUP,
        /** Perhaps the same: a person decides. */
        REVIEW,
        /** One contact point is the same and the other is another: a person decides. */
        REVIEW_OTHER,
        /** An address of a function, not of a person. */
        REVIEW_ROLE,
        /** Two people who share it, or a changed name: related, and a person decides. */
        RELATE_AND_REVIEW,
        /** Two people who share it. */
        APART;

        /** The customer may be this record's: names are not in conflict and nothing forbids it. */
        public boolean isCandidate() {
            return this != RELATE_AND_REVIEW && this != APART;
        }
    }

    /**
     * What a record and a customer have, besides the identifier they share.
     *
     * @param names how their names relate
     * @param recordNamed the record has a name
     * @param customerNamed the customer has a name
     * @param recordEmail the record has an email that may be a key
     * @param customerEmail the customer has one
     * @param emailsDiffer both have, and none in common
     * @param phonesDiffer the same of phones
     * @param sameCompany both name the same company
     */
    public record Facts(
            NameRelation names,
            boolean recordNamed,
            boolean customerNamed,
            boolean recordEmail,
            boolean customerEmail,
            boolean emailsDiffer,
            boolean phonesDiffer,
            boolean sameCompany) {}

    public static Verdict decide(Rules rules, Identifier identifier, Facts facts) {
        boolean contact = identifier.kind() == IdentifierKind.EMAIL || identifier.kind() == IdentifierKind.PHONE;
        return rules == Rules.SQUARE && contact ? bySquare(identifier, facts) : balanced(identifier, facts);
    }

    /** Square's rule: not where the names differ, a name that is missing aside, nor where the other contact point does. */
    private static Verdict bySquare(Identifier identifier, Facts facts) {
        boolean otherDiffers = identifier.kind() == IdentifierKind.EMAIL ? facts.phonesDiffer : facts.emailsDiffer;
        return switch (facts.names) {
            case CONFLICT -> Verdict.RELATE_AND_REVIEW;
            case COMPATIBLE -> Verdict.REVIEW;
            case SAME, NO_NAME -> otherDiffers ? Verdict.REVIEW_OTHER : Verdict.JOIN;
        };
    }

    private static Verdict balanced(Identifier identifier, Facts facts) {
        return switch (identifier.kind()) {
            case CODE -> Verdict.JOIN;
            case EXTERNAL_ID, LOYALTY_CARD ->
                facts.names == NameRelation.CONFLICT ? Verdict.RELATE_AND_REVIEW : Verdict.JOIN;
            case EMAIL -> identifier.role() ? byRoleAddress(facts) : byEmail(facts);
            case PHONE -> byPhone(facts);
            case LOOSE_EMAIL -> throw new IllegalStateException("decides nothing");
        };
    }

    private static Verdict byEmail(Facts facts) {
        return facts.names == NameRelation.CONFLICT ? Verdict.RELATE_AND_REVIEW : Verdict.JOIN;
    }

    private static Verdict byRoleAddress(Facts facts) {
        return facts.names == NameRelation.SAME && facts.sameCompany ? Verdict.JOIN : Verdict.REVIEW_ROLE;
    }

    private static Verdict byPhone(Facts facts) {
        if (facts.names == NameRelation.SAME) {
            return Verdict.JOIN;
        }
        if (facts.emailsDiffer) {
            return Verdict.APART;
        }
        return switch (facts.names) {
            case SAME -> Verdict.JOIN;
            case COMPATIBLE -> Verdict.REVIEW;
            case CONFLICT -> Verdict.RELATE_AND_REVIEW;
            case NO_NAME -> byPhoneWithoutNames(facts);
        };
    }

    private static Verdict byPhoneWithoutNames(Facts facts) {
        if (facts.recordNamed && facts.customerNamed) {
            return Verdict.REVIEW;
        }
        boolean recordSaysMore =
                facts.recordNamed || (!facts.customerNamed && facts.recordEmail && !facts.customerEmail);
        return recordSaysMore ? Verdict.JOIN_LOOKUP : Verdict.LOOKUP;
    }
}
