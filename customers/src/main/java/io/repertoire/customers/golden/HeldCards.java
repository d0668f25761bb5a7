package io.repertoire.customers.golden;

import io.repertoire.schemas.CardOnFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Cards on file of a source record, each dated on its own: sources tell of one card at a time, and in any order. One that was taken off
 * is remembered, so that an earlier word that comes late does not bring it back.
 */
final class HeldCards {

    private static final int MOST = 100;

    private HeldCards() {}

    /**
     * @param since when those of {@code held} were told of that do not say so themselves
     * @param at the same for {@code said}
     * @return both, of one token what was so later; by token
     */
    static List<CardOnFile> combined(List<CardOnFile> held, long since, List<CardOnFile> said, long at) {
        var byToken = new TreeMap<String, CardOnFile>();
        held.forEach(card -> byToken.merge(card.getToken(), dated(card, since), HeldCards::later));
        said.forEach(card -> byToken.merge(card.getToken(), dated(card, at), HeldCards::later));
        var all = new ArrayList<>(byToken.values());
        if (all.size() > MOST) {
            all.sort(Comparator.comparing((CardOnFile card) -> card.getRemovedAt() != null)
                    .thenComparing(CardOnFile::getAsOf, Comparator.reverseOrder())
                    .thenComparing(CardOnFile::getToken));
            all.subList(MOST, all.size()).clear();
            all.sort(Comparator.comparing(CardOnFile::getToken));
        }
        return all;
    }

    /** Whether both say the same of every card, whenever. */
    static boolean same(List<CardOnFile> a, List<CardOnFile> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!shown(a.get(i)).equals(shown(b.get(i)))
                    || (a.get(i).getRemovedAt() == null) != (b.get(i).getRemovedAt() == null)) {
                return false;
            }
        }
        return true;
    }

    /** As an image has it: without times. */
    static CardOnFile shown(CardOnFile card) {
        return new CardOnFile(
                card.getToken(),
                card.getBrand(),
                card.getLast4(),
                card.getExpiry(),
                card.getAuthorisation(),
                null,
                null);
    }

    static CardOnFile dated(CardOnFile card, long at) {
        if (card.getAsOf() != null) {
            return card;
        }
        CardOnFile dated = CardOnFile.newBuilder(card).build();
        dated.setAsOf(card.getRemovedAt() == null ? Instant.ofEpochMilli(at) : card.getRemovedAt());
        return dated;
    }

    /** At one time, that it was taken off; else by what it says, so that order does not matter. */
    static CardOnFile later(CardOnFile a, CardOnFile b) {
        int order = a.getAsOf().compareTo(b.getAsOf());
        if (order == 0) {
            order = Boolean.compare(a.getRemovedAt() != null, b.getRemovedAt() != null);
        }
        if (order == 0) {
            order = Objects.toString(a).compareTo(Objects.toString(b));
        }
        return order >= 0 ? a : b;
    }
}
