package io.repertoire.customers;

import io.repertoire.customers.identity.DecisionTable;
import io.repertoire.customers.identity.DecisionTable.Verdict;
import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.NameRelation;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.MatchPolicy;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.RelationKind;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the customer of one record: its identifiers, strongest first, each asked of every customer that holds it by the
 * {@link DecisionTable}. Decides only; changes nothing.
 */
final class Matcher {

    private static final int MAX_SUGGESTIONS = 3;
    private static final long DAY_MILLIS = 24 * 60 * 60 * 1000L;

    private final MatchPolicy policy;
    private final IdentifierIndex index;
    private final PersonNames names;
    private final List<Identifier> identifiers;
    private final MatchFacts facts;
    private final CustomerLimits limits;
    private final long observedAt;
    private final boolean mayMerge;

    /**
     * @param identifiers the keys to go by, strongest kind first
     * @param observedAt when the record was true, epoch ms
     * @param mayMerge whether it may make two customers one: an import that made too many one only asks (P9)
     */
    Matcher(
            DirectoryWork work,
            NormalisedCustomer content,
            List<Identifier> identifiers,
            long observedAt,
            boolean mayMerge) {
        this.policy = work.state.policy().match();
        this.index = work.identifiers;
        this.names = work.names;
        this.identifiers = identifiers;
        this.observedAt = observedAt;
        this.mayMerge = mayMerge;
        boolean contactsCount = policy.rules() == MatchPolicy.Rules.SQUARE;
        for (int i = 0; i < identifiers.size(); i++) {
            contactsCount |= identifiers.get(i).kind() == IdentifierKind.PHONE;
        }
        this.facts = new MatchFacts(work.members, names, content, contactsCount);
        this.limits = new CustomerLimits(work.state, work.members, content);
    }

    /** A record whose customer is already certain, whatever rule says so: what do its other identifiers say? */
    Match of(CustomerState certain) {
        var match = new Match();
        match.target = certain;
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
            if (!counts(identifier)) {
                continue;
            }
            List<CustomerState> owners = index.owners(identifier);
            if (owners.isEmpty()) {
                continue;
            }
            if (identifier.kind() == IdentifierKind.LOOSE_EMAIL) {
                suggest(match, identifier, owners);
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

    /** By ids alone, what people share leads to nobody. */
    private boolean counts(Identifier identifier) {
        return policy.rules() != MatchPolicy.Rules.ID_ONLY
                || identifier.kind() == IdentifierKind.CODE
                || identifier.kind() == IdentifierKind.EXTERNAL_ID;
    }

    private Verdict verdict(Identifier identifier, CustomerState owner) {
        return DecisionTable.decide(policy.rules(), identifier, facts.of(owner));
    }

    /** @return true if several customers could be meant: then no weaker identifier decides either */
    private boolean choose(Match match, Identifier identifier, List<CustomerState> owners) {
        var candidates = new ArrayList<CustomerState>(owners.size());
        Verdict verdict = Verdict.APART;
        for (int i = 0; i < owners.size(); i++) {
            CustomerState owner = owners.get(i);
            Verdict one = verdict(identifier, owner);
            if (one.isCandidate()) {
                candidates.add(owner);
                verdict = one;
            } else if (isRecycled(identifier, owner)) {
                match.recycled.add(new Match.Recycled(owner, identifier));
            } else {
                share(match, identifier, owner);
                if (one == Verdict.RELATE_AND_REVIEW) {
                    ask(match, ReviewKind.POSSIBLE_DUPLICATE, List.of(owner), identifier, IdentityRule.NAMES_CONFLICT);
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
        CustomerState closest = identifier.kind() == IdentifierKind.PHONE ? null : facts.closest(candidates);
        if (closest == null) {
            ask(match, ReviewKind.POSSIBLE_DUPLICATE, candidates, identifier, IdentityRule.SEVERAL);
            return true;
        }
        decide(match, identifier, closest, verdict(identifier, closest));
        return false;
    }

    private void decide(Match match, Identifier identifier, CustomerState candidate, Verdict verdict) {
        switch (verdict) {
            case JOIN, LOOKUP, JOIN_LOOKUP -> {
                match.target = candidate;
                match.lookup = verdict == Verdict.LOOKUP;
                match.replacesLookup = verdict == Verdict.JOIN_LOOKUP;
                match.rule = match.lookup ? IdentityRule.LOOKUP_PHONE : IdentityRule.joinedBy(identifier.kind());
                match.evidence =
                        identifier.kind() + ", names " + facts.of(candidate).names();
            }
            case REVIEW ->
                ask(
                        match,
                        ReviewKind.POSSIBLE_DUPLICATE,
                        List.of(candidate),
                        identifier,
                        IdentityRule.NAMES_PARTLY_AGREE);
            case REVIEW_OTHER ->
                ask(
                        match,
                        ReviewKind.POSSIBLE_DUPLICATE,
                        List.of(candidate),
                        identifier,
                        IdentityRule.OTHER_CONTACT_DIFFERS);
            case REVIEW_ROLE ->
                ask(match, ReviewKind.ROLE_ADDRESS, List.of(candidate), identifier, IdentityRule.ROLE_ADDRESS);
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
            if (isRecycled(identifier, owner)) {
                match.recycled.add(new Match.Recycled(owner, identifier));
                continue;
            }
            boolean one = !match.lookup
                    && policy.rules() != MatchPolicy.Rules.SQUARE
                    && mayMerge(target, match.same, owner)
                    && agreeOnAll(target, owner)
                    && limits.fits(target, match.same, owner);
            if (one && mayMerge) {
                match.same.add(owner);
                match.evidence = (match.evidence == null ? "" : match.evidence + "; ") + identifier.kind()
                        + " of another, all names SAME";
                continue;
            }
            if (known) {
                continue;
            }
            if (facts.of(owner).names() == NameRelation.CONFLICT) {
                share(match, identifier, owner);
            }
            ask(
                    match,
                    ReviewKind.BRIDGE,
                    List.of(owner),
                    identifier,
                    one ? IdentityRule.MERGE_BREAKER : IdentityRule.BRIDGE);
        }
    }

    /** P15: spellings of one mailbox join nobody; a person may be asked, unless the names say already that they are two. */
    private void suggest(Match match, Identifier identifier, List<CustomerState> owners) {
        int asked = 0;
        for (int i = 0; i < owners.size() && asked < MAX_SUGGESTIONS; i++) {
            CustomerState owner = owners.get(i);
            boolean known = match.target != null && isOneOf(owner, match.target, match.same);
            if (!known && facts.of(owner).names() != NameRelation.CONFLICT) {
                ask(match, ReviewKind.POSSIBLE_DUPLICATE, List.of(owner), identifier, IdentityRule.LOOSE_EMAIL);
                asked++;
            }
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

    /** P10: a number that its holder has not spoken of for long, given by somebody else altogether. */
    private boolean isRecycled(Identifier identifier, CustomerState owner) {
        return identifier.kind() == IdentifierKind.PHONE
                && facts.of(owner).names() == NameRelation.CONFLICT
                && facts.of(owner).emailsDiffer()
                && facts.lastHeard(owner, identifier) <= observedAt - policy.recycledAfterDays() * DAY_MILLIS;
    }

    private boolean agreeOnAll(CustomerState target, CustomerState owner) {
        return facts.of(target).names() == NameRelation.SAME
                && facts.of(owner).names() == NameRelation.SAME
                && NameRelation.between(target.getNames(), owner.getNames(), names) == NameRelation.SAME;
    }

    /** P9: a customer that would become too large takes nobody in without a person's word. */
    private void respectLimits(Match match) {
        CustomerState target = match.target;
        if (target == null || (match.lookup && limits.hasRoomForLookup(target))) {
            return;
        }
        IdentityRule limit = limits.exceeded(target);
        if (limit != null) {
            match.questions.clear();
            match.same.clear();
            match.recycled.clear();
            match.questions.add(new Match.Question(
                    ReviewKind.TOO_MANY_CONTACTS,
                    List.of(target),
                    limit,
                    match.evidence == null ? match.rule.name() : match.evidence));
            match.target = null;
            match.rule = IdentityRule.NEW;
            match.evidence = null;
            match.lookup = false;
            match.replacesLookup = false;
        }
    }

    private void share(Match match, Identifier identifier, CustomerState owner) {
        RelationKind kind;
        switch (identifier.kind()) {
            case EMAIL -> kind = RelationKind.SHARES_EMAIL;
            case PHONE -> kind = RelationKind.SHARES_PHONE;
            default -> {
                return;
            }
        }
        match.sharing.add(new Match.Sharing(owner, kind));
        if (facts.arePartners(owner)) {
            match.sharing.add(new Match.Sharing(owner, RelationKind.PARTNER));
        }
    }

    private void ask(
            Match match, ReviewKind kind, List<CustomerState> others, Identifier identifier, IdentityRule rule) {
        match.questions.add(new Match.Question(
                kind,
                others,
                rule,
                identifier.kind() + ", names " + facts.of(others.get(0)).names()));
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
