package io.repertoire.customers.model;

import io.repertoire.customers.model.Name.Relation;

/** The decision table of RULES C-1: what one identifier says of a record and a customer that holds it. */
enum Verdict {
    JOIN,
    /** The record is a bare look-up. */
    LOOKUP,
    /** The customer was one so far. */
    REPLACE_LOOKUP,
    REVIEW,
    RELATE_AND_REVIEW,
    APART;

    boolean isCandidate() {
        return this != RELATE_AND_REVIEW && this != APART;
    }

    /**
     * @param names how the record's name relates to the customer's
     * @param hasEmail whether the record has one that may be a key
     * @param emailsDiffer both have such, and none in common
     */
    static Verdict of(
            Key key, Relation names, Name name, boolean hasEmail, boolean emailsDiffer, SlowCustomer customer) {
        boolean named = !name.isNone();
        boolean conflict = names == Relation.CONFLICT;
        switch (key.kind()) {
            case ID, CARD -> {
                return conflict ? RELATE_AND_REVIEW : JOIN;
            }
            case EMAIL -> {
                if (key.isRole()) {
                    boolean sameCompany = name.company() != null
                            && customer.names().stream()
                                    .anyMatch(n -> name.company().equals(n.company()));
                    return names == Relation.SAME && sameCompany ? JOIN : REVIEW;
                }
                return conflict ? RELATE_AND_REVIEW : JOIN;
            }
            default -> {
                // A phone alone.
            }
        }
        if (names == Relation.SAME) {
            return JOIN;
        }
        if (emailsDiffer) {
            return APART;
        }
        if (conflict) {
            return RELATE_AND_REVIEW;
        }
        boolean customerNamed = !customer.names().isEmpty();
        if (names == Relation.COMPATIBLE || (named && customerNamed)) {
            return REVIEW;
        }
        if (named) {
            return REPLACE_LOOKUP;
        }
        boolean brings =
                !customerNamed && hasEmail && customer.values(Key.Kind.EMAIL).isEmpty();
        return brings ? REPLACE_LOOKUP : LOOKUP;
    }
}
