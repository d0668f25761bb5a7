package io.repertoire.customers.name;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how two people's names relate, part by part (RULES C-1, "Names"). Symmetric: the order of the two does not matter.
 * Thread-safe.
 */
public final class PersonNames {

    private final GivenNames givenNames;
    private final TokenAgreement agreement;
    private final @Nullable PersonNames formal;

    private PersonNames(GivenNames givenNames, @Nullable PersonNames formal) {
        this.givenNames = givenNames;
        this.agreement = new TokenAgreement(givenNames);
        this.formal = formal;
    }

    /** With the lists of given names in this jar. Takes a moment to make: make one and share it. */
    public static PersonNames standard() {
        return new PersonNames(GivenNames.shipped(true), withoutNicknames());
    }

    /** The same where nobody is known by a short name: Bob is not Robert. */
    public static PersonNames withoutNicknames() {
        return new PersonNames(GivenNames.shipped(false), null);
    }

    /** By spelling alone. */
    public static PersonNames bySpelling() {
        return new PersonNames(GivenNames.NONE, null);
    }

    public static PersonNames with(GivenNames givenNames) {
        return new PersonNames(givenNames, null);
    }

    /** The same where nobody is known by a short name. */
    public PersonNames formal() {
        return formal == null ? this : formal;
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
        boolean straight = conflicts(a.given(), b.given())
                || conflicts(a.family(), b.family())
                || areNamesakesApart(a.given(), b.given());
        return straight && !crossingHelps(a, b) ? NameComparison.CONFLICT : NameComparison.UNDECIDED;
    }

    private static boolean isSame(FoldedName a, FoldedName b) {
        if (a.given().isEmpty()
                || a.family().isEmpty()
                || b.given().isEmpty()
                || b.family().isEmpty()) {
            return false;
        }
        return (isSame(a.given(), b.given()) && isSame(a.family(), b.family()))
                || (isSame(a.given(), b.family()) && isSame(a.family(), b.given()));
    }

    /** Le Blanc, LeBlanc and Leblanc are one name: where a hyphen or a blank stood says nothing. */
    private static boolean isSame(List<String> a, List<String> b) {
        return a.equals(b) || ((a.size() > 1 || b.size() > 1) && joined(a).equals(joined(b)));
    }

    private static String joined(List<String> tokens) {
        return tokens.size() == 1 ? tokens.get(0) : String.join("", tokens);
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
        if (a.size() == 1 && b.size() == 1) {
            return agreement.test(a.get(0), b.get(0));
        }
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                // That both are a "de" something says nothing.
                if (!(a.get(i).equals(b.get(j)) && isParticle(a.get(i), a.size(), b.size()))
                        && agreement.test(a.get(i), b.get(j))) {
                    return true;
                }
            }
        }
        return isSame(a, b) || areInitials(a, b) || areInitials(b, a);
    }

    private static boolean isParticle(String token, int tokens, int others) {
        return tokens > 1 && others > 1 && FoldedName.isParticle(token);
    }

    /** JF for Jean-François. */
    private static boolean areInitials(List<String> shortened, List<String> whole) {
        if (shortened.size() != 1 || shortened.get(0).length() != whole.size()) {
            return false;
        }
        for (int i = 0; i < whole.size(); i++) {
            if (whole.get(i).charAt(0) != shortened.get(0).charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Marie-Claude and Marie-Ève: what they do not have in common are two known names. */
    private boolean areNamesakesApart(List<String> a, List<String> b) {
        if (a.size() < 2 || b.size() < 2) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (agreesWithAny(a.get(i), b)) {
                continue;
            }
            for (int j = 0; j < b.size(); j++) {
                if (givenNames.differentNames(a.get(i), b.get(j)) && !agreesWithAny(b.get(j), a)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean agreesWithAny(String token, List<String> others) {
        for (int i = 0; i < others.size(); i++) {
            if (agreement.test(token, others.get(i))) {
                return true;
            }
        }
        return false;
    }
}
