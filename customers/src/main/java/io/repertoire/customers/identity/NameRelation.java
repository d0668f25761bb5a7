package io.repertoire.customers.identity;

import io.repertoire.customers.name.NameComparison;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.state.HeldName;
import java.util.List;

/** How a record's name relates to a whole customer, that is to every one of its members' names (P9). */
public enum NameRelation {
    /** First and last name equal one that the customer has, and none is in conflict. */
    SAME,
    /** None is in conflict. */
    COMPATIBLE,
    /** One side has no name. */
    NO_NAME,
    /** At least one is in conflict. */
    CONFLICT;

    public static NameRelation between(KnownName record, List<HeldName> customer, PersonNames names) {
        boolean same = false;
        boolean compared = false;
        for (int i = 0; i < customer.size(); i++) {
            NameComparison one = record.compare(KnownName.of(customer.get(i)), names);
            if (one == NameComparison.CONFLICT) {
                return CONFLICT;
            }
            compared |= one != null;
            same |= one == NameComparison.SAME;
        }
        if (!compared) {
            return NO_NAME;
        }
        return same ? SAME : COMPATIBLE;
    }

    /** How two customers' names relate, each with each. */
    public static NameRelation between(List<HeldName> one, List<HeldName> other, PersonNames names) {
        NameRelation sum = NO_NAME;
        for (int i = 0; i < one.size(); i++) {
            NameRelation next = between(KnownName.of(one.get(i)), other, names);
            if (next == CONFLICT) {
                return CONFLICT;
            }
            if (next != NO_NAME && sum != SAME) {
                sum = next;
            }
        }
        return sum;
    }
}
