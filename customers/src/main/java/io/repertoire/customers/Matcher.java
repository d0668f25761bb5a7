package io.repertoire.customers;

import io.repertoire.customers.identity.DecisionTable;
import io.repertoire.customers.identity.DecisionTable.Facts;
import io.repertoire.customers.identity.DecisionTable.Verdict;
import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.customers.identity.KnownName;
import io.repertoire.customers.identity.NameRelation;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.MemberRole;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the customer of one record: its identifiers, strongest first, each asked of every customer that holds it by the
 * {@link DecisionTable}. Decides only; changes nothing.
 */
final class Matcher {

    /** Source records one customer may hold before a further one goes to review (P9). */
    static final int MAX_MEMBERS = 1_000;

    private final Workspace work;
    private final Members members;
    private final IdentifierIndex index;
    private final PersonNames names;
    private final NormalisedCustomer content;
    private final List<Identifier> identifiers;
    private final KnownName name;
    private final Map<String, Facts> facts = new HashMap<>(4);

    /** @param identifiers the keys to go by, strongest kind first */
    Matcher(
            Workspace work,
            Members members,
            IdentifierIndex index,
            PersonNames names,
            NormalisedCustomer content,
            List<Identifier> identifiers) {
        this.work = work;
        this.members = members;
        this.index = index;
        this.names = names;
        this.content = content;
        this.identifiers = identifiers;
        this.name = KnownName.of(content);
    }

    /** A record whose customer is already certain: what do its other identifiers say? */
    Match of(CustomerState certain, String rule) {
        var match = new Match();
        match.target = certain;
        match.rule = rule;
        return followIdentifiers(match);
    }

    /** A record nobody has seen before. */
    Match ofNewcomer() {
        return followIdentifiers(new Match());
    }

    private Match followIdentifiers(Match match) {
        boolean certain = match.target != null;
        boolean undecided = false;
        for (int i = 0; i < identifiers.size(); i++) {
            Identifier identifier = identifiers.get(i);
            List<CustomerState> owners = index.owners(identifier);
            if (owners.isEmpty()) {
                continue;
            }
            match.touchesSomeone = true;
            if (match.target == null) {
                undecided |= !undecided && choose(match, identifier, owners);
            } else {
                bridge(match, identifier, owners);
            }
        }
        if (!certain && match.target != null) {
            respectLimits(match);
        }
        forgetQuestionsAboutTarget(match);
        return match;
    }

    /** @return true if several customers could be meant: then no weaker identifier decides either */
    private boolean choose(Match match, Identifier identifier, List<CustomerState> owners) {
        var candidates = new ArrayList<CustomerState>(owners.size());
        Verdict verdict = Verdict.APART;
        for (int i = 0; i < owners.size(); i++) {
            CustomerState owner = owners.get(i);
            Verdict one = DecisionTable.decide(identifier, facts(owner));
            if (one.isCandidate()) {
                candidates.add(owner);
                verdict = one;
            } else {
                share(match, identifier, owner);
                if (one == Verdict.RELATE_AND_REVIEW) {
                    ask(match, ReviewKind.POSSIBLE_DUPLICATE, List.of(owner), identifier, "NAMES_CONFLICT");
                }
            }
        }
        if (candidates.isEmpty()) {
            return false;
        }
        if (candidates.size() == 1) {
            decide(match, identifier, candidates.get(0), verdict);
            return false;
        }
        CustomerState closest = identifier.kind() == IdentifierKind.PHONE ? null : closest(candidates);
        if (closest == null) {
            ask(match, ReviewKind.POSSIBLE_DUPLICATE, candidates, identifier, "SEVERAL");
            return true;
        }
        decide(match, identifier, closest, DecisionTable.decide(identifier, facts(closest)));
        return false;
    }

    /** The one candidate that has this very name, or else this very given or family name, and no other has. */
    private @Nullable CustomerState closest(List<CustomerState> candidates) {
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

    private void decide(Match match, Identifier identifier, CustomerState candidate, Verdict verdict) {
        switch (verdict) {
            case JOIN, LOOKUP, JOIN_LOOKUP -> {
                match.target = candidate;
                match.lookup = verdict == Verdict.LOOKUP;
                match.replacesLookup = verdict == Verdict.JOIN_LOOKUP;
                match.rule = (match.lookup ? "LOOKUP_" : "SAME_") + identifier.kind();
                match.evidence =
                        identifier.kind() + ", names " + facts(candidate).names();
            }
            case REVIEW ->
                ask(match, ReviewKind.POSSIBLE_DUPLICATE, List.of(candidate), identifier, "NAMES_PARTLY_AGREE");
            case REVIEW_ROLE -> ask(match, ReviewKind.ROLE_ADDRESS, List.of(candidate), identifier, "ROLE_ADDRESS");
            case RELATE_AND_REVIEW, APART -> throw new IllegalStateException("not a candidate");
        }
    }

    /**
     * P8: an identifier of somebody else than the customer a stronger one chose. Where the chosen customer holds it too, that two
     * share it is known already, and only names that agree on all sides say more.
     */
    private void bridge(Match match, Identifier identifier, List<CustomerState> owners) {
        CustomerState target = match.target;
        if (target == null || identifier.role()) {
            return;
        }
        boolean known = holds(owners, target);
        for (int i = 0; i < owners.size(); i++) {
            CustomerState owner = owners.get(i);
            if (isOneOf(owner, target, match.same)) {
                continue;
            }
            if (!match.lookup
                    && mayMerge(target, match.same, owner)
                    && agreeOnAll(target, owner)
                    && fits(target, match.same, owner)) {
                match.same.add(owner);
                match.evidence = (match.evidence == null ? "" : match.evidence + "; ") + identifier.kind()
                        + " of another, all names SAME";
                continue;
            }
            if (known) {
                continue;
            }
            if (facts(owner).names() == NameRelation.CONFLICT) {
                share(match, identifier, owner);
            }
            ask(match, ReviewKind.BRIDGE, List.of(owner), identifier, "BRIDGE");
        }
    }

    /** People neither said that they are not one (P14) nor put one of them away. */
    private static boolean mayMerge(CustomerState target, List<CustomerState> same, CustomerState owner) {
        boolean may = isActive(target) && isActive(owner) && !Distinctions.areApart(target, owner);
        for (int i = 0; may && i < same.size(); i++) {
            may = !Distinctions.areApart(same.get(i), owner);
        }
        return may;
    }

    private static boolean isActive(CustomerState customer) {
        return customer.getStatus() == CustomerStatus.ACTIVE;
    }

    private boolean agreeOnAll(CustomerState target, CustomerState owner) {
        return facts(target).names() == NameRelation.SAME
                && facts(owner).names() == NameRelation.SAME
                && NameRelation.between(target.getNames(), owner.getNames(), names) == NameRelation.SAME;
    }

    /** Together they stay within the limits of one customer. */
    private boolean fits(CustomerState target, List<CustomerState> same, CustomerState further) {
        int count = 1;
        Set<String> emails = new HashSet<>();
        Set<String> phones = new HashSet<>();
        collectContacts(content, emails, phones);
        var all = new ArrayList<CustomerState>(same);
        all.add(target);
        all.add(further);
        int spellings = 0;
        for (CustomerState customer : all) {
            count += customer.getMemberCount();
            spellings += customer.getNames().size();
            if (count > MAX_MEMBERS) {
                return false;
            }
            collectContacts(customer, emails, phones);
        }
        return spellings < HeldNames.MAX
                && emails.size() <= work.policy().maxEmails()
                && phones.size() <= work.policy().maxPhones();
    }

    /** P9: a customer that would become too large takes nobody in without a person's word. */
    private void respectLimits(Match match) {
        CustomerState target = match.target;
        if (target == null || (match.lookup && target.getMemberCount() < MAX_MEMBERS)) {
            return;
        }
        String limit = exceeded(target);
        if (limit != null) {
            match.questions.clear();
            match.same.clear();
            match.questions.add(new Match.Question(
                    ReviewKind.TOO_MANY_CONTACTS,
                    List.of(target),
                    limit,
                    match.evidence == null ? match.rule : match.evidence));
            match.target = null;
            match.rule = "NEW";
            match.evidence = null;
            match.lookup = false;
            match.replacesLookup = false;
        }
    }

    /** @return the limit that one more record would exceed, or {@code null} */
    @Nullable
    String exceeded(CustomerState customer) {
        if (customer.getMemberCount() >= MAX_MEMBERS || HeldNames.isFullFor(customer, content)) {
            return "TOO_MANY_RECORDS";
        }
        if (content.getEmails().isEmpty() && content.getPhones().isEmpty()) {
            return null;
        }
        Set<String> emails = new HashSet<>();
        Set<String> phones = new HashSet<>();
        collectContacts(customer, emails, phones);
        int heldEmails = emails.size();
        int heldPhones = phones.size();
        collectContacts(content, emails, phones);
        if (emails.size() > heldEmails && emails.size() > work.policy().maxEmails()) {
            return "TOO_MANY_EMAILS";
        }
        return phones.size() > heldPhones && phones.size() > work.policy().maxPhones() ? "TOO_MANY_PHONES" : null;
    }

    private void collectContacts(CustomerState customer, Set<String> emails, Set<String> phones) {
        List<SourceRecordState> records = members.records(customer);
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).getRole() == MemberRole.FULL) {
                collectContacts(records.get(i).getContent(), emails, phones);
            }
        }
    }

    private void collectContacts(NormalisedCustomer said, Set<String> emails, Set<String> phones) {
        List<Identifier> keys = Identifiers.of("", null, said, work.policy());
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).kind() == IdentifierKind.EMAIL) {
                emails.add(keys.get(i).value());
            } else if (keys.get(i).kind() == IdentifierKind.PHONE) {
                phones.add(keys.get(i).value());
            }
        }
    }

    private Facts facts(CustomerState customer) {
        Facts held = facts.get(customer.getCustomerId());
        if (held == null) {
            held = gather(customer);
            facts.put(customer.getCustomerId(), held);
        }
        return held;
    }

    private Facts gather(CustomerState customer) {
        boolean recordEmail = false;
        boolean common = false;
        boolean customerEmail = false;
        Set<String> own = new HashSet<>(4);
        for (HeldEmail email : content.getEmails()) {
            if (email.getValue() != null) {
                own.add(email.getValue());
                recordEmail = true;
            }
        }
        boolean byPhone = false;
        for (int i = 0; i < identifiers.size(); i++) {
            byPhone |= identifiers.get(i).kind() == IdentifierKind.PHONE;
        }
        if (byPhone) {
            for (SourceRecordState member : members.records(customer)) {
                if (member.getRole() == MemberRole.FULL) {
                    for (HeldEmail email : member.getContent().getEmails()) {
                        customerEmail |= email.getValue() != null;
                        common |= email.getValue() != null && own.contains(email.getValue());
                    }
                }
            }
        }
        return new Facts(
                NameRelation.between(name, customer.getNames(), names),
                !name.isEmpty(),
                !customer.getNames().isEmpty(),
                recordEmail,
                customerEmail,
                recordEmail && customerEmail && !common,
                isSameCompany(customer));
    }

    private boolean isSameCompany(CustomerState customer) {
        for (int i = 0; i < customer.getNames().size(); i++) {
            if (name.sameCompany(KnownName.of(customer.getNames().get(i)))) {
                return true;
            }
        }
        return false;
    }

    private static void share(Match match, Identifier identifier, CustomerState owner) {
        RelationKind kind;
        switch (identifier.kind()) {
            case EMAIL -> kind = RelationKind.SHARES_EMAIL;
            case PHONE -> kind = RelationKind.SHARES_PHONE;
            default -> {
                return;
            }
        }
        match.sharing.add(new Match.Sharing(owner, kind));
    }

    private void ask(Match match, ReviewKind kind, List<CustomerState> others, Identifier identifier, String rule) {
        match.questions.add(new Match.Question(
                kind,
                others,
                rule,
                identifier.kind() + ", names " + facts(others.get(0)).names()));
    }

    private static void forgetQuestionsAboutTarget(Match match) {
        CustomerState target = match.target;
        if (target == null || match.questions.isEmpty()) {
            return;
        }
        match.questions.removeIf(
                q -> q.others().size() == 1 && isOneOf(q.others().get(0), target, match.same));
        match.sharing.removeIf(s -> isOneOf(s.other(), target, match.same));
    }

    private static boolean isOneOf(CustomerState customer, CustomerState target, List<CustomerState> same) {
        return customer.getCustomerId().equals(target.getCustomerId()) || holds(same, customer);
    }

    private static boolean holds(List<CustomerState> customers, CustomerState wanted) {
        for (int i = 0; i < customers.size(); i++) {
            if (customers.get(i).getCustomerId().equals(wanted.getCustomerId())) {
                return true;
            }
        }
        return false;
    }
}
