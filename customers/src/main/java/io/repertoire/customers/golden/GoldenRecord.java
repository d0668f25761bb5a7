package io.repertoire.customers.golden;

import io.repertoire.customers.policy.Survivorship;
import io.repertoire.schemas.Commerce;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerType;
import io.repertoire.schemas.Loyalty;
import io.repertoire.schemas.Relation;
import io.repertoire.schemas.TaxIds;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The golden record: a pure function of a customer's source records, in any order (RULES C-3). Per field one source's
 * non-blank value wins, the most recent unless the directory chose otherwise; what is many-valued accumulates; money and points are never added up.
 */
public final class GoldenRecord {

    private final String directoryId;
    private final CustomerState state;
    private final List<SourceRecordState> members;
    private final Sources sources;
    private final Map<String, Lineage.Winner> winners = new HashMap<>();
    private final Customer image = new Customer();

    private GoldenRecord(String directoryId, CustomerState state, List<SourceRecordState> members, Survivorship rules) {
        this.directoryId = directoryId;
        this.state = state;
        this.members = members;
        this.sources = new Sources(members, rules);
    }

    /**
     * @param members every source record the customer holds, in the order in which they came to it
     * @param rules whose value is shown where they differ
     * @param facts what the directory holds about their contact points
     */
    public static Customer of(
            String directoryId,
            CustomerState state,
            List<SourceRecordState> members,
            Survivorship rules,
            DirectoryFacts facts) {
        var golden = new GoldenRecord(directoryId, state, members, rules);
        golden.identity();
        golden.names();
        golden.contacts(facts);
        golden.lists();
        golden.business();
        golden.lineage();
        golden.image.setQuality(QualityScore.of(golden.image));
        return golden.image;
    }

    /** All that is left to show of a customer that was merged away: where to look now. */
    public static Customer absorbed(String directoryId, CustomerState state) {
        var golden = new GoldenRecord(directoryId, state, List.of(), Survivorship.defaults());
        golden.identity();
        golden.image.setMergedIds(new ArrayList<>(0));
        golden.names();
        golden.contacts(DirectoryFacts.NONE);
        golden.lists();
        golden.business();
        golden.lineage();
        return golden.image;
    }

    /** All that may be kept of an erased customer: an id, and that the law wants it kept. */
    public static Customer anonymous(String directoryId, CustomerState state) {
        Customer image = absorbed(directoryId, state);
        image.setCode("");
        image.setMergedInto(null);
        image.setRelations(new ArrayList<>(0));
        image.setRetentionHold(true);
        return image;
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

    private void contacts(DirectoryFacts facts) {
        var points = new ContactPoints(sources, facts::isShared);
        image.setEmails(points.emails());
        image.setPhones(points.phones());
        image.setAddresses(points.addresses());
        image.setConsents(ConsentProjection.of(image, members, facts));
    }

    private void lists() {
        var all = new Accumulation(sources);
        image.setExternalIds(all.externalIds());
        image.setTags(all.tags());
        image.setReverify(all.reverify());
        image.setCardsOnFile(all.cardsOnFile());
        image.setGroups(all.groups(members));
        image.setAttributes(attributes());
        image.setLoyalty(loyalty(all.loyaltyCards()));
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
            if (attributes.size() < Accumulation.MAX) {
                attributes.put(
                        e.getKey(),
                        sources.content(e.getValue()).getAttributes().get(e.getKey()));
            }
        }
        return attributes;
    }

    /** Points are as the most recent source states them; a merge adds nothing up (P32). */
    private @Nullable Loyalty loyalty(List<String> cards) {
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
                cards,
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
        image.setAccounts(new Accumulation(sources).accounts());
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

    private @Nullable Object value(ContentField field) {
        int winner = sources.winner(field);
        if (winner < 0) {
            return null;
        }
        winners.put(field.name(), new Lineage.Winner(winner, sources.rule(winner)));
        return field.get(sources.content(winner));
    }

    private @Nullable String text(ContentField field) {
        return (String) value(field);
    }

    /** Of two spellings that differ by accents and case alone, the accented and mixed one (P21), unless the primary's word is law. */
    private @Nullable String spelled(ContentField field) {
        String best = text(field);
        if (best == null || sources.size() == 1 || !sources.mayImproveSpelling()) {
            return best;
        }
        int chosen = winner(field);
        if (sources.isLocked(chosen, field.name())) {
            return best;
        }
        String spelling = best;
        String folded = null;
        for (int i = 0; i < sources.size(); i++) {
            String other = field.text(sources.content(i));
            if (other == null || other.equals(best)) {
                continue;
            }
            folded = folded == null ? Spelling.fold(best) : folded;
            if (Spelling.fold(other).equals(folded)
                    && (Spelling.isBetter(other, spelling)
                            || (!Spelling.isBetter(spelling, other) && sources.beats(i, chosen, field.name())))) {
                chosen = i;
                spelling = other;
                winners.put(field.name(), new Lineage.Winner(i, "SPELLING"));
            }
        }
        return spelling;
    }

    private int winner(ContentField field) {
        Lineage.Winner winner = winners.get(field.name());
        return winner == null ? -1 : winner.index();
    }

    private void lineage() {
        image.setSourceRecordCount(members.size());
        image.setSourceRecords(Lineage.refs(members));
        image.setProvenance(Lineage.provenance(sources, winners));
    }
}
