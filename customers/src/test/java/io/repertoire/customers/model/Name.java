package io.repertoire.customers.model;

import io.repertoire.customers.name.NameComparison;
import io.repertoire.customers.name.PersonNames;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A name as one record has it: a person's, a company's, or both. */
record Name(
        @Nullable String given,
        @Nullable String family,
        @Nullable String company) {

    /** How a name relates to all the names of a customer (P9). */
    enum Relation {
        SAME,
        COMPATIBLE,
        NO_NAME,
        CONFLICT
    }

    private boolean isPerson() {
        return given != null || family != null;
    }

    boolean isNone() {
        return !isPerson() && company == null;
    }

    /** A person and a company alone say nothing about each other: {@code null}. */
    @Nullable
    NameComparison compare(Name other, PersonNames names) {
        if (isPerson() && other.isPerson()) {
            return names.compare(given, family, other.given, other.family);
        }
        if (company != null && other.company != null) {
            // The tests' companies are one word each: one or another.
            return names.compare(company, company, other.company, other.company);
        }
        return null;
    }

    Relation relation(Collection<Name> others, PersonNames names) {
        boolean same = false;
        boolean undecided = false;
        for (Name other : others) {
            NameComparison one = compare(other, names);
            if (one == NameComparison.CONFLICT) {
                return Relation.CONFLICT;
            }
            same |= one == NameComparison.SAME;
            undecided |= one == NameComparison.UNDECIDED;
        }
        if (same) {
            return Relation.SAME;
        }
        return undecided ? Relation.COMPATIBLE : Relation.NO_NAME;
    }

    static Relation relation(Collection<Name> some, Collection<Name> others, PersonNames names) {
        boolean same = false;
        boolean compatible = false;
        for (Name one : some) {
            Relation relation = one.relation(others, names);
            if (relation == Relation.CONFLICT) {
                return relation;
            }
            same |= relation == Relation.SAME;
            compatible |= relation == Relation.COMPATIBLE;
        }
        if (same) {
            return Relation.SAME;
        }
        return compatible ? Relation.COMPATIBLE : Relation.NO_NAME;
    }

    /** 2: this very name; 1: this very given or family name, more than an initial; 0: neither. */
    int closeness(Collection<Name> others, PersonNames names) {
        int closest = 0;
        for (Name other : others) {
            if (compare(other, names) == NameComparison.SAME) {
                return 2;
            }
            if (isSameWord(given, other.given) || isSameWord(family, other.family)) {
                closest = 1;
            }
        }
        return closest;
    }

    private static boolean isSameWord(@Nullable String a, @Nullable String b) {
        return a != null && b != null && a.length() > 1 && Spelling.fold(a).equals(Spelling.fold(b));
    }
}
