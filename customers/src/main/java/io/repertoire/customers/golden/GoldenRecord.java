package io.repertoire.customers.golden;

import io.repertoire.customers.identity.Identifiers;
import io.repertoire.schemas.Account;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.Commerce;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.ExternalId;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.Loyalty;
import io.repertoire.schemas.Provenance;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.Reverify;
import io.repertoire.schemas.SourceRecordRef;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.TaxIds;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The golden record: a pure function of a customer's source records, in any order (RULES C-3, preset MOST_RECENT). Per field the
 * most recent non-blank value wins; what is many-valued accumulates; money and points are never added up.
 */
public final class GoldenRecord {

    /** Refs to source records an image holds at most: the newest. */
    static final int MAX_REFS = 500;

    private static final int MAX_LIST = 250;
    private static final String EVERY_OTHER_FIELD = "*";
    private static final Comparator<SourceRecordState> NEWEST_FIRST = Comparator.comparingLong(
                    SourceRecordState::getObservedAt)
            .reversed()
            .thenComparing(SourceRecordState::getSourceKey);

    private final String directoryId;
    private final CustomerState state;
    private final List<SourceRecordState> members;
    private final Sources sources;
    private final Map<String, Winner> winners = new HashMap<>();
    private final Customer image = new Customer();

    private GoldenRecord(String directoryId, CustomerState state, List<SourceRecordState> members) {
        this.directoryId = directoryId;
        this.state = state;
        this.members = members;
        this.sources = new Sources(members);
    }

    /**
     * @param members every source record the customer holds
     * @param shared asked with {@code email} or {@code phone} and the value: held by too many people (P4)
     */
    public static Customer of(
            String directoryId,
            CustomerState state,
            List<SourceRecordState> members,
            BiPredicate<String, String> shared) {
        var golden = new GoldenRecord(directoryId, state, members);
        golden.identity();
        golden.names();
        golden.contacts(shared);
        golden.lists();
        golden.business();
        golden.lineage();
        golden.image.setQuality(QualityScore.of(golden.image));
        return golden.image;
    }

    /** All that is left to show of a customer that was merged away: where to look now. */
    public static Customer absorbed(String directoryId, CustomerState state) {
        var golden = new GoldenRecord(directoryId, state, List.of());
        golden.identity();
        golden.image.setMergedIds(new ArrayList<>(0));
        golden.names();
        golden.contacts((kind, value) -> false);
        golden.lists();
        golden.business();
        golden.lineage();
        return golden.image;
    }

    private void identity() {
        image.setDirectoryId(directoryId);
        image.setCustomerId(state.getCustomerId());
        image.setCode(state.getCode());
        image.setVersion(state.getVersion());
        image.setStatus(state.getStatus());
        image.setMergedInto(state.getMergedInto());
        image.setMergedIds(new ArrayList<>(state.getMergedIds()));
        var relations = new ArrayList<>(state.getRelations());
        relations.sort(Comparator.comparing(Relation::getCustomerId).thenComparing(Relation::getKind));
        image.setRelations(relations);
        image.setCreatedAt(Instant.ofEpochMilli(state.getCreatedAt()));
        image.setUpdatedAt(Instant.ofEpochMilli(state.getUpdatedAt()));
        image.setRetentionHold(false);
    }

    private void names() {
        Object type = value(ContentField.TYPE);
        image.setType(type == null ? CustomerType.UNKNOWN : (CustomerType) type);
        image.setTitle(text(ContentField.TITLE));
        image.setGivenName(spelled(ContentField.GIVEN_NAME));
        image.setFamilyName(spelled(ContentField.FAMILY_NAME));
        image.setCompanyName(spelled(ContentField.COMPANY_NAME));
        image.setDisplayName(displayName());
        image.setJobTitle(text(ContentField.JOB_TITLE));
        image.setPreferredLanguage(text(ContentField.PREFERRED_LANGUAGE));
        image.setBirthDate(text(ContentField.BIRTH_DATE));
        image.setReceiptByEmail((Boolean) value(ContentField.RECEIPT_BY_EMAIL));
        image.setNotes(text(ContentField.NOTES));
    }

    private @Nullable String displayName() {
        String given = image.getGivenName();
        String family = image.getFamilyName();
        if (given != null && family != null) {
            return given + ' ' + family;
        }
        String whole = spelled(ContentField.DISPLAY_NAME);
        if (whole != null) {
            return whole;
        }
        if (given != null || family != null) {
            return given != null ? given : family;
        }
        return image.getCompanyName();
    }

    private void contacts(BiPredicate<String, String> shared) {
        var points = new ContactPoints(sources, shared);
        image.setEmails(points.emails());
        image.setPhones(points.phones());
        image.setAddresses(points.addresses());
        image.setConsents(ConsentProjection.of(sources, image.getEmails(), image.getPhones()));
    }

    private void lists() {
        var ids = new ArrayList<ExternalId>(2);
        var cards = new TreeSet<String>();
        for (int i = 0; i < sources.size(); i++) {
            SourceRecordState source = sources.get(i);
            if (source.getSourceCustomerId() != null && !source.getSystem().equals(Identifiers.OWN_SYSTEM)) {
                add(ids, source.getSystem(), ExternalIdKind.CUSTOMER_ID, source.getSourceCustomerId());
            }
        }
        TreeSet<String> tags = null;
        Map<String, Reverify> reverify = null;
        Map<String, CardOnFile> onFile = null;
        for (int i = 0; i < sources.size(); i++) {
            NormalisedCustomer content = sources.content(i);
            for (SubmittedExternalId id : content.getExternalIds()) {
                add(ids, id.getSystem(), id.getKind(), id.getValue());
                if (id.getKind() == ExternalIdKind.LOYALTY_CARD) {
                    cards.add(id.getValue());
                }
            }
            if (content.getLoyalty() != null && content.getLoyalty().getCard() != null) {
                cards.add(content.getLoyalty().getCard());
            }
            if (!content.getTags().isEmpty()) {
                tags = tags == null ? new TreeSet<>() : tags;
                tags.addAll(content.getTags());
            }
            for (String field : content.getReverify()) {
                reverify = reverify == null ? new TreeMap<>() : reverify;
                Instant since = Instant.ofEpochMilli(
                        sources.time(i, ContentField.REVERIFY.name()).getAt());
                reverify.merge(
                        field,
                        new Reverify(field, since, "SOURCE"),
                        (a, b) -> a.getSince().isBefore(b.getSince()) ? a : b);
            }
            for (CardOnFile card : content.getCards()) {
                onFile = onFile == null ? new TreeMap<>() : onFile;
                onFile.putIfAbsent(card.getToken(), card);
            }
        }
        if (ids.size() > 1) {
            ids.sort(Comparator.comparing(ExternalId::getSystem)
                    .thenComparing(ExternalId::getKind)
                    .thenComparing(ExternalId::getValue));
        }
        image.setExternalIds(first(ids));
        image.setTags(tags == null ? new ArrayList<>(0) : first(new ArrayList<>(tags)));
        image.setReverify(reverify == null ? new ArrayList<>(0) : first(new ArrayList<>(reverify.values())));
        image.setCardsOnFile(onFile == null ? new ArrayList<>(0) : first(new ArrayList<>(onFile.values())));
        image.setGroups(groups());
        image.setAttributes(attributes());
        image.setLoyalty(loyalty(cards));
    }

    private static void add(List<ExternalId> ids, String system, ExternalIdKind kind, String value) {
        var id = new ExternalId(system, kind, value);
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i).equals(id)) {
                return;
            }
        }
        ids.add(id);
    }

    /** Groups that the sources name, and those that imports added to any member, lookups included. */
    private List<GroupMembership> groups() {
        TreeMap<String, String> byName = null;
        for (int i = 0; i < members.size(); i++) {
            Map<String, String> added = members.get(i).getGroupOrigins();
            if (!added.isEmpty()) {
                byName = byName == null ? new TreeMap<>() : byName;
                for (Map.Entry<String, String> e : added.entrySet()) {
                    byName.merge(e.getKey(), e.getValue(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
                }
            }
        }
        for (int i = 0; i < sources.size(); i++) {
            for (String group : sources.content(i).getGroups()) {
                byName = byName == null ? new TreeMap<>() : byName;
                byName.putIfAbsent(group, sources.get(i).getSystem());
            }
        }
        if (byName == null) {
            return new ArrayList<>(0);
        }
        var groups = new ArrayList<GroupMembership>(byName.size());
        byName.forEach((name, origin) -> groups.add(new GroupMembership(name, origin)));
        return first(groups);
    }

    private Map<String, String> attributes() {
        if (sources.size() == 1) {
            return new HashMap<>(sources.content(0).getAttributes());
        }
        var values = new TreeMap<String, Integer>();
        for (int i = 0; i < sources.size(); i++) {
            for (String key : sources.content(i).getAttributes().keySet()) {
                Integer best = values.get(key);
                if (best == null || sources.beats(i, best, SourceVersions.attribute(key))) {
                    values.put(key, i);
                }
            }
        }
        var attributes = new HashMap<String, String>();
        for (Map.Entry<String, Integer> e : values.entrySet()) {
            if (attributes.size() < MAX_LIST) {
                attributes.put(
                        e.getKey(),
                        sources.content(e.getValue()).getAttributes().get(e.getKey()));
            }
        }
        return attributes;
    }

    /** Points are as the most recent source states them; a merge adds nothing up (P32). */
    private @Nullable Loyalty loyalty(Set<String> cards) {
        String points = text(ContentField.LOYALTY_POINTS);
        String threshold = text(ContentField.LOYALTY_THRESHOLD);
        String reachBy = text(ContentField.LOYALTY_REACH_BY);
        String subscription = text(ContentField.LOYALTY_SUBSCRIPTION_CARD);
        String expiry = text(ContentField.LOYALTY_SUBSCRIPTION_EXPIRY);
        if (cards.isEmpty()
                && points == null
                && threshold == null
                && reachBy == null
                && subscription == null
                && expiry == null) {
            return null;
        }
        return new Loyalty(
                first(new ArrayList<>(cards)),
                Figures.whole(points),
                Figures.whole(threshold),
                Figures.date(reachBy),
                subscription,
                Figures.date(expiry));
    }

    private void business() {
        String vat = text(ContentField.VAT);
        String siret = text(ContentField.SIRET);
        String naf = text(ContentField.NAF);
        image.setTaxIds(vat == null && siret == null && naf == null ? null : new TaxIds(vat, siret, naf));
        image.setAccounts(accounts());
        image.setCommerce(commerce());
    }

    private @Nullable Commerce commerce() {
        boolean any = false;
        for (int i = 0; i < sources.size(); i++) {
            any |= sources.content(i).getCommerce() != null;
        }
        if (!any) {
            return null;
        }
        return new Commerce(
                text(ContentField.PRICE_CODE),
                text(ContentField.TAX_ZONE),
                Figures.flag(text(ContentField.PROMOTION)),
                Figures.flag(text(ContentField.EXPORT_SALE)),
                Figures.flag(text(ContentField.AUTOMATIC_INVOICE)),
                text(ContentField.COMMERCE_STATUS),
                text(ContentField.FAMILY),
                text(ContentField.PARTNER_NAME));
    }

    /** One per source system and number, each as its own source last gave it (P32). */
    private List<Account> accounts() {
        TreeMap<String, Integer> latest = null;
        Map<String, SubmittedAccount> values = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            for (SubmittedAccount account : sources.content(i).getAccounts()) {
                latest = latest == null ? new TreeMap<>() : latest;
                String key = sources.get(i).getSystem()
                        + '\u001f'
                        + (account.getNumber() == null ? sources.get(i).getSourceKey() : account.getNumber());
                Integer best = latest.get(key);
                if (best == null || (best != i && sources.beats(i, best, ContentField.ACCOUNTS.name()))) {
                    latest.put(key, i);
                    values.put(key, account);
                }
            }
        }
        if (latest == null) {
            return new ArrayList<>(0);
        }
        var accounts = new ArrayList<Account>(latest.size());
        latest.forEach((key, i) -> {
            SubmittedAccount a = java.util.Objects.requireNonNull(values.get(key));
            accounts.add(new Account(
                    sources.get(i).getSystem(),
                    a.getNumber(),
                    Figures.money(a.getBalance()),
                    Figures.flag(a.getCreditAccount()),
                    Figures.money(a.getCreditLimit()),
                    Figures.days(a.getTermsDays()),
                    Figures.money(a.getDiscount()),
                    Instant.ofEpochMilli(
                            sources.time(i, ContentField.ACCOUNTS.name()).getAt())));
        });
        return first(accounts);
    }

    private static <T> List<T> first(List<T> values) {
        return values.size() <= MAX_LIST ? values : new ArrayList<>(values.subList(0, MAX_LIST));
    }

    private @Nullable Object value(ContentField field) {
        int winner = sources.winner(field);
        if (winner < 0) {
            return null;
        }
        winners.put(field.name(), new Winner(winner, "MOST_RECENT"));
        return field.get(sources.content(winner));
    }

    private @Nullable String text(ContentField field) {
        return (String) value(field);
    }

    /** Of two spellings that differ by accents and case alone, the accented and mixed one (P21). */
    private @Nullable String spelled(ContentField field) {
        String best = text(field);
        if (best == null || sources.size() == 1) {
            return best;
        }
        int chosen = winner(field);
        String spelling = best;
        String folded = null;
        for (int i = 0; i < sources.size(); i++) {
            String other = field.text(sources.content(i));
            if (other == null || other.equals(spelling)) {
                continue;
            }
            folded = folded == null ? Spelling.fold(best) : folded;
            if (Spelling.fold(other).equals(folded)
                    && (Spelling.isBetter(other, spelling)
                            || (!Spelling.isBetter(spelling, other) && sources.beats(i, chosen, field.name())))) {
                chosen = i;
                spelling = other;
                winners.put(field.name(), new Winner(i, "SPELLING"));
            }
        }
        return spelling;
    }

    private int winner(ContentField field) {
        Winner winner = winners.get(field.name());
        return winner == null ? -1 : winner.index;
    }

    private void lineage() {
        image.setSourceRecordCount(members.size());
        List<SourceRecordState> newest = members;
        if (members.size() > 1) {
            newest = new ArrayList<>(members);
            newest.sort(NEWEST_FIRST);
        }
        int size = Math.min(newest.size(), MAX_REFS);
        var refs = new ArrayList<SourceRecordRef>(size);
        for (int i = 0; i < size; i++) {
            SourceRecordState r = newest.get(i);
            refs.add(new SourceRecordRef(
                    r.getSourceKey(),
                    r.getRecordId(),
                    r.getSystem(),
                    r.getSourceCustomerId(),
                    r.getRole(),
                    Instant.ofEpochMilli(r.getObservedAt()),
                    r.getRule(),
                    r.getEvidence(),
                    r.getImportId(),
                    r.getLine()));
        }
        image.setSourceRecords(refs);
        image.setProvenance(provenance());
    }

    private Map<String, Provenance> provenance() {
        var provenance = new HashMap<String, Provenance>(4);
        if (winners.isEmpty()) {
            return provenance;
        }
        int usual = usualWinner();
        provenance.put(EVERY_OTHER_FIELD, provenance(usual, EVERY_OTHER_FIELD, "MOST_RECENT"));
        for (Map.Entry<String, Winner> e : winners.entrySet()) {
            Winner winner = e.getValue();
            if (winner.index != usual || !winner.rule.equals("MOST_RECENT")) {
                provenance.put(e.getKey(), provenance(winner.index, e.getKey(), winner.rule));
            }
        }
        return provenance;
    }

    private Provenance provenance(int index, String field, String rule) {
        SourceRecordState source = sources.get(index);
        return new Provenance(
                source.getSourceKey(),
                source.getSystem(),
                Instant.ofEpochMilli(sources.time(index, field).getAt()),
                rule);
    }

    private int usualWinner() {
        var wins = new int[sources.size()];
        for (Winner winner : winners.values()) {
            wins[winner.index]++;
        }
        int usual = 0;
        for (int i = 1; i < wins.length; i++) {
            if (wins[i] > wins[usual]
                    || (wins[i] == wins[usual]
                            && sources.get(i)
                                            .getSourceKey()
                                            .compareTo(sources.get(usual).getSourceKey())
                                    < 0)) {
                usual = i;
            }
        }
        return usual;
    }

    private record Winner(int index, String rule) {}
}
