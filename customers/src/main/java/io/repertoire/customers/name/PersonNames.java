package io.repertoire.customers.name;

import io.repertoire.customers.NameComparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how two people's names relate, part by part (RULES C-1, "Names"). Symmetric: the order of the two does not matter.
 * Thread-safe.
 */
public final class PersonNames {

    private final TokenAgreement agreement;

    private PersonNames(GivenNames givenNames) {
        this.agreement = new TokenAgreement(givenNames);
    }

    /** By spelling alone. */
    public static PersonNames bySpelling() {
        return new PersonNames(GivenNames.NONE);
    }

    public static PersonNames with(GivenNames givenNames) {
        return new PersonNames(givenNames);
    }

    /** Folds both names first; where a name is compared more than once, fold it once and use the other form. */
    public NameComparison compare(
            @Nullable String given, @Nullable String family, @Nullable String given2, @Nullable String family2) {
        return compare(FoldedName.of(given, family), FoldedName.of(given2, family2));
    }

    public NameComparison compare(FoldedName a, FoldedName b) {
        if (isSame(a, b)) {
            return NameComparison.SAME;
        }
        boolean straight = conflicts(a.given(), b.given()) || conflicts(a.family(), b.family());
        return straight && !crossingHelps(a, b) ? NameComparison.CONFLICT : NameComparison.UNDECIDED;
    }

    private static boolean isSame(FoldedName a, FoldedName b) {
        if (a.given().isEmpty() || a.family().isEmpty()) {
            return false;
        }
        return (a.given().equals(b.given()) && a.family().equals(b.family()))
                || (a.given().equals(b.family()) && a.family().equals(b.given()));
    }

    private boolean conflicts(List<String> a, List<String> b) {
        return !a.isEmpty() && !b.isEmpty() && !agree(a, b);
    }

    /** Given and family name swapped on one side: no part conflicts, and at least one is there to agree. */
    private boolean crossingHelps(FoldedName a, FoldedName b) {
        boolean first = !a.given().isEmpty() && !b.family().isEmpty();
        boolean second = !a.family().isEmpty() && !b.given().isEmpty();
        return (first || second) && !conflicts(a.given(), b.family()) && !conflicts(a.family(), b.given());
    }

    private boolean agree(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                if (agreement.test(a.get(i), b.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }
}
