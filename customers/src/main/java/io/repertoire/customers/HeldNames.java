package io.repertoire.customers;

import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The distinct names of a customer's members, kept beside it so that a newcomer is compared without reading them all. */
final class HeldNames {

    static final int MAX = 32;

    private HeldNames() {}

    static @Nullable HeldName of(NormalisedCustomer content) {
        boolean parts = content.getGivenName() != null || content.getFamilyName() != null;
        String display = parts ? null : content.getDisplayName();
        if (!parts && display == null && content.getCompanyName() == null) {
            return null;
        }
        return new HeldName(content.getGivenName(), content.getFamilyName(), display, content.getCompanyName());
    }

    static void add(CustomerState customer, NormalisedCustomer content) {
        HeldName name = of(content);
        if (name != null) {
            add(customer, name);
        }
    }

    static void add(CustomerState customer, HeldName name) {
        if (customer.getNames().size() < MAX && !customer.getNames().contains(name)) {
            customer.getNames().add(name);
        }
    }

    /** A name more than can be remembered could no longer be compared with. */
    static boolean isFullFor(CustomerState customer, NormalisedCustomer content) {
        HeldName name = of(content);
        return name != null
                && customer.getNames().size() >= MAX
                && !customer.getNames().contains(name);
    }

    static List<HeldName> of(List<SourceRecordState> members) {
        var names = new ArrayList<HeldName>(2);
        for (int i = 0; i < members.size() && names.size() < MAX; i++) {
            HeldName name = members.get(i).getRole() == MemberRole.FULL
                    ? of(members.get(i).getContent())
                    : null;
            if (name != null && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
