package io.repertoire.customers;

import io.repertoire.customers.contact.Emails;
import io.repertoire.customers.golden.SourceVersions;
import io.repertoire.customers.identity.DecisionTable.Facts;
import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.KnownName;
import io.repertoire.customers.identity.NameRelation;
import io.repertoire.customers.name.FoldedName;
import io.repertoire.customers.name.NameComparison;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.ContactQuality;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldName;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one record and each customer have in common, besides an identifier; worked out once for each customer. */
final class MatchFacts {

    private final Members members;
    private final PersonNames names;
    private final NormalisedCustomer content;
    private final KnownName name;
    private final boolean contactsCount;
    private final Map<String, Facts> facts = new HashMap<>(4);

    /** @param contactsCount whether anything is decided by which emails and phones a customer has: it is read only then */
    MatchFacts(Members members, PersonNames names, NormalisedCustomer content, boolean contactsCount) {
        this.members = members;
        this.names = names;
        this.content = content;
        this.name = KnownName.of(content);
        this.contactsCount = contactsCount;
    }

    KnownName name() {
        return name;
    }

    Facts of(CustomerState customer) {
        Facts held = facts.get(customer.getCustomerId());
        if (held == null) {
            held = gather(customer);
            facts.put(customer.getCustomerId(), held);
        }
        return held;
    }

    private Facts gather(CustomerState customer) {
        Set<String> emails = new HashSet<>(4);
        Set<String> phones = new HashSet<>(4);
        collect(content, emails, phones);
        boolean customerEmail = false;
        boolean commonEmail = false;
        boolean customerPhone = false;
        boolean commonPhone = false;
        if (contactsCount) {
            Set<String> heldEmails = new HashSet<>(4);
            Set<String> heldPhones = new HashSet<>(4);
            for (SourceRecordState member : members.records(customer)) {
                if (member.getRole() == MemberRole.FULL) {
                    collect(member.getContent(), heldEmails, heldPhones);
                }
            }
            customerEmail = !heldEmails.isEmpty();
            customerPhone = !heldPhones.isEmpty();
            commonEmail = heldEmails.stream().anyMatch(emails::contains);
            commonPhone = heldPhones.stream().anyMatch(phones::contains);
        }
        return new Facts(
                NameRelation.between(name, customer.getNames(), names),
                !name.isEmpty(),
                !customer.getNames().isEmpty(),
                !emails.isEmpty(),
                customerEmail,
                !emails.isEmpty() && customerEmail && !commonEmail,
                !phones.isEmpty() && customerPhone && !commonPhone,
                isSameCompany(customer));
    }

    /** Those that are somebody's: a filler on one side is no other address than the one on the other. */
    private static void collect(NormalisedCustomer said, Set<String> emails, Set<String> phones) {
        for (HeldEmail email : said.getEmails()) {
            if (email.getValue() != null && Emails.isUsable(email.getQuality())) {
                emails.add(email.getValue());
            }
        }
        for (HeldPhone phone : said.getPhones()) {
            if (phone.getE164() != null && phone.getQuality() == ContactQuality.OK) {
                phones.add(phone.getE164());
            }
        }
    }

    private boolean isSameCompany(CustomerState customer) {
        for (int i = 0; i < customer.getNames().size(); i++) {
            if (name.sameCompany(KnownName.of(customer.getNames().get(i)))) {
                return true;
            }
        }
        return false;
    }

    /** The one candidate that has this very name, or else this very given or family name, and no other has. */
    @Nullable
    CustomerState closest(List<CustomerState> candidates) {
        CustomerState closest = null;
        int best = 0;
        for (int i = 0; i < candidates.size(); i++) {
            int closeness = name.closeness(candidates.get(i).getNames(), names);
            if (closeness > best) {
                best = closeness;
                closest = candidates.get(i);
            } else if (closeness == best) {
                closest = null;
            }
        }
        return closest;
    }

    /** One names the other as its partner (P5). */
    boolean arePartners(CustomerState customer) {
        for (HeldName held : customer.getNames()) {
            if (isNamed(content, KnownName.of(held))) {
                return true;
            }
        }
        for (SourceRecordState member : members.records(customer)) {
            if (isNamed(member.getContent(), name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(NormalisedCustomer said, KnownName other) {
        String partner = said.getCommerce() == null ? null : said.getCommerce().getPartnerName();
        return partner != null
                && !other.person().isEmpty()
                && names.compare(FoldedName.of(null, null, partner), other.person()) != NameComparison.CONFLICT;
    }

    /**
     * When the customer last said that a number is its own, epoch ms (P10).
     *
     * @return {@code Long.MAX_VALUE} if none of its records says so: nothing is known of when, and so nothing of how long ago
     */
    long lastHeard(CustomerState customer, Identifier phone) {
        long last = Long.MIN_VALUE;
        for (SourceRecordState member : members.records(customer)) {
            if (phone.kind() == IdentifierKind.PHONE && isNumberOf(member, phone.value())) {
                last = Math.max(last, SourceVersions.lastSaid(member, "phones").getAt());
            }
        }
        return last == Long.MIN_VALUE ? Long.MAX_VALUE : last;
    }

    /** Whether a record has this number among its phones. */
    static boolean isNumberOf(SourceRecordState record, String e164) {
        for (HeldPhone held : record.getContent().getPhones()) {
            if (e164.equals(held.getE164())) {
                return true;
            }
        }
        return false;
    }
}
