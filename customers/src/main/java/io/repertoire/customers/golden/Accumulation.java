package io.repertoire.customers.golden;

import io.repertoire.customers.identity.Identifiers;
import io.repertoire.schemas.Account;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.ExternalId;
import io.repertoire.schemas.ExternalIdKind;
import io.repertoire.schemas.GroupMembership;
import io.repertoire.schemas.Reverify;
import io.repertoire.schemas.SubmittedAccount;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What many sources may each add to (P28), in an order of its own; at most {@value #MAX} of a kind. */
final class Accumulation {

    static final int MAX = 250;

    private final Sources sources;

    Accumulation(Sources sources) {
        this.sources = sources;
    }

    /** Every system's own id of this customer, and the ids that records name besides. */
    List<ExternalId> externalIds() {
        var ids = new ArrayList<ExternalId>(2);
        for (int i = 0; i < sources.size(); i++) {
            SourceRecordState source = sources.get(i);
            if (source.getSourceCustomerId() != null && !source.getSystem().equals(Identifiers.OWN_SYSTEM)) {
                add(ids, new ExternalId(source.getSystem(), ExternalIdKind.CUSTOMER_ID, source.getSourceCustomerId()));
            }
            for (SubmittedExternalId id : sources.content(i).getExternalIds()) {
                add(ids, new ExternalId(id.getSystem(), id.getKind(), id.getValue()));
            }
        }
        if (ids.size() > 1) {
            ids.sort(Comparator.comparing(ExternalId::getSystem)
                    .thenComparing(ExternalId::getKind)
                    .thenComparing(ExternalId::getValue));
        }
        return first(ids);
    }

    private static void add(List<ExternalId> ids, ExternalId id) {
        if (!ids.contains(id)) {
            ids.add(id);
        }
    }

    List<String> loyaltyCards() {
        var cards = new TreeSet<String>();
        for (int i = 0; i < sources.size(); i++) {
            NormalisedCustomer content = sources.content(i);
            if (content.getLoyalty() != null && content.getLoyalty().getCard() != null) {
                cards.add(content.getLoyalty().getCard());
            }
            for (SubmittedExternalId id : content.getExternalIds()) {
                if (id.getKind() == ExternalIdKind.LOYALTY_CARD) {
                    cards.add(id.getValue());
                }
            }
        }
        return first(new ArrayList<>(cards));
    }

    List<String> tags() {
        var tags = new TreeSet<String>();
        for (int i = 0; i < sources.size(); i++) {
            tags.addAll(sources.content(i).getTags());
        }
        return first(new ArrayList<>(tags));
    }

    /** Fields to ask again, each since it was first said. */
    List<Reverify> reverify() {
        var fields = new TreeMap<String, Reverify>();
        for (int i = 0; i < sources.size(); i++) {
            for (String field : sources.content(i).getReverify()) {
                Instant since = Instant.ofEpochMilli(
                        sources.time(i, ContentField.REVERIFY.name()).getAt());
                fields.merge(
                        field,
                        new Reverify(field, since, "SOURCE"),
                        (a, b) -> a.getSince().isBefore(b.getSince()) ? a : b);
            }
        }
        return first(new ArrayList<>(fields.values()));
    }

    List<CardOnFile> cardsOnFile() {
        TreeMap<String, CardOnFile> latest = null;
        for (int i = 0; i < sources.size(); i++) {
            List<CardOnFile> cards = sources.content(i).getCards();
            if (cards.isEmpty()) {
                continue;
            }
            latest = latest == null ? new TreeMap<>() : latest;
            long told = sources.time(i, ContentField.CARDS.name()).getAt();
            for (CardOnFile card : cards) {
                latest.merge(card.getToken(), HeldCards.dated(card, told), HeldCards::later);
            }
        }
        if (latest == null) {
            return new ArrayList<>(0);
        }
        var shown = new ArrayList<CardOnFile>(latest.size());
        for (CardOnFile card : latest.values()) {
            if (card.getRemovedAt() == null) {
                shown.add(HeldCards.shown(card));
            }
        }
        return first(shown);
    }

    /** Groups that the sources name, and those that imports added to any member, lookups included. */
    List<GroupMembership> groups(List<SourceRecordState> members) {
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
        for (int i = 0; i < members.size(); i++) {
            byName.keySet().removeAll(members.get(i).getRemovedGroups());
        }
        var groups = new ArrayList<GroupMembership>(byName.size());
        byName.forEach((name, origin) -> groups.add(new GroupMembership(name, origin)));
        return first(groups);
    }

    /** One per source system and number, each as its own source last gave it (P32). */
    List<Account> accounts() {
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
            SubmittedAccount a = Objects.requireNonNull(values.get(key));
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
        return values.size() <= MAX ? values : new ArrayList<>(values.subList(0, MAX));
    }
}
