package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How large one customer may become without a person's word (P9): records, spellings of its name, emails and phones. */
final class CustomerLimits {

    private final Workspace work;
    private final Members members;
    private final NormalisedCustomer content;

    /** @param content of the record that may come in */
    CustomerLimits(Workspace work, Members members, NormalisedCustomer content) {
        this.work = work;
        this.members = members;
        this.content = content;
    }

    private int maxRecords() {
        return work.policy().match().maxRecords();
    }

    /** A bare look-up may come in: it brings nothing but itself. */
    boolean hasRoomForLookup(CustomerState customer) {
        return customer.getMemberCount() < maxRecords();
    }

    /** @return the limit that the record would exceed, or {@code null} */
    @Nullable
    IdentityRule exceeded(CustomerState customer) {
        if (customer.getMemberCount() >= maxRecords() || HeldNames.isFullFor(customer, content)) {
            return IdentityRule.TOO_MANY_RECORDS;
        }
        if (content.getEmails().isEmpty() && content.getPhones().isEmpty()) {
            return null;
        }
        Set<String> emails = new HashSet<>();
        Set<String> phones = new HashSet<>();
        collect(customer, emails, phones);
        int heldEmails = emails.size();
        int heldPhones = phones.size();
        collect(content, emails, phones);
        if (emails.size() > heldEmails && emails.size() > work.policy().maxEmails()) {
            return IdentityRule.TOO_MANY_EMAILS;
        }
        return phones.size() > heldPhones && phones.size() > work.policy().maxPhones()
                ? IdentityRule.TOO_MANY_PHONES
                : null;
    }

    /**
     * Of a customer whose own record said something new. A number that passed to somebody else (P10) is not found by it any more, and
     * does not count.
     *
     * @return the limit that it exceeds, or {@code null}
     */
    static @Nullable IdentityRule exceededBy(CustomerState customer, DirectoryWork work) {
        Set<String> emails = new HashSet<>();
        Set<String> phones = new HashSet<>();
        for (SourceRecordState member : work.members.records(customer)) {
            collect(work.customers.keysOf(member), emails, phones);
        }
        if (emails.size() > work.state.policy().maxEmails()) {
            return IdentityRule.TOO_MANY_EMAILS;
        }
        return phones.size() > work.state.policy().maxPhones() ? IdentityRule.TOO_MANY_PHONES : null;
    }

    /** The record and all these customers together stay within the limits of one. */
    boolean fits(CustomerState target, List<CustomerState> same, CustomerState further) {
        int count = 1;
        Set<String> emails = new HashSet<>();
        Set<String> phones = new HashSet<>();
        collect(content, emails, phones);
        var all = new ArrayList<CustomerState>(same);
        all.add(target);
        all.add(further);
        int spellings = 0;
        int ids = 0;
        for (CustomerState customer : all) {
            count += customer.getMemberCount();
            spellings += customer.getNames().size();
            ids += 1 + customer.getMergedIds().size();
            if (count > maxRecords()) {
                return false;
            }
            collect(customer, emails, phones);
        }
        return spellings < HeldNames.MAX
                && ids <= Merger.MAX_MEMBERS
                && emails.size() <= work.policy().maxEmails()
                && phones.size() <= work.policy().maxPhones();
    }

    private void collect(CustomerState customer, Set<String> emails, Set<String> phones) {
        List<SourceRecordState> records = members.records(customer);
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).getRole() == MemberRole.FULL) {
                collect(records.get(i).getContent(), emails, phones);
            }
        }
    }

    private void collect(NormalisedCustomer said, Set<String> emails, Set<String> phones) {
        collect(Identifiers.of("", null, said, work.policy()), emails, phones);
    }

    private static void collect(List<Identifier> keys, Set<String> emails, Set<String> phones) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).kind() == IdentifierKind.EMAIL) {
                emails.add(keys.get(i).value());
            } else if (keys.get(i).kind() == IdentifierKind.PHONE) {
                phones.add(keys.get(i).value());
            }
        }
    }
}
