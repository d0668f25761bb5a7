package io.repertoire.customers.identity;

import io.repertoire.customers.name.FoldedName;
import io.repertoire.customers.name.NameComparison;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a record says it is about: a person, or else a company. A person and a company alone say nothing about each other.
 *
 * @param person folded name, empty if there is none
 * @param company folded name of the company, empty if there is none
 */
public record KnownName(FoldedName person, FoldedName company) {

    public static KnownName of(NormalisedCustomer content) {
        return of(content.getGivenName(), content.getFamilyName(), content.getDisplayName(), content.getCompanyName());
    }

    public static KnownName of(HeldName name) {
        return of(name.getGiven(), name.getFamily(), name.getDisplay(), name.getCompany());
    }

    private static KnownName of(
            @Nullable String given, @Nullable String family, @Nullable String display, @Nullable String company) {
        return new KnownName(
                FoldedName.of(given, family, display),
                company == null ? FoldedName.NONE : FoldedName.of(null, null, company));
    }

    public boolean isEmpty() {
        return person.isEmpty() && company.isEmpty();
    }

    /** Empty on either side, or a person against a company, is {@code null}: there is nothing to compare. */
    public @Nullable NameComparison compare(KnownName other, PersonNames names) {
        if (!person.isEmpty() && !other.person.isEmpty()) {
            return names.compare(person, other.person);
        }
        if (!company.isEmpty() && !other.company.isEmpty()) {
            return company.equals(other.company) ? NameComparison.SAME : names.compare(company, other.company);
        }
        return null;
    }

    /** 2: one of these is the same name; 1: one has the same given or the same family name, in full; 0: none has. */
    public int closeness(List<HeldName> others, PersonNames names) {
        int closest = 0;
        for (int i = 0; i < others.size(); i++) {
            KnownName other = of(others.get(i));
            if (compare(other, names) == NameComparison.SAME) {
                return 2;
            }
            if ((isWhole(person.given()) && person.given().equals(other.person.given()))
                    || (isWhole(person.family()) && person.family().equals(other.person.family()))) {
                closest = 1;
            }
        }
        return closest;
    }

    /** More than an initial. */
    private static boolean isWhole(List<String> tokens) {
        return !tokens.isEmpty() && tokens.get(0).length() > 1;
    }

    public boolean sameCompany(KnownName other) {
        return !company.isEmpty() && company.equals(other.company);
    }

    @Override
    public String toString() {
        return "KnownName[" + person + ", " + company + "]";
    }
}
