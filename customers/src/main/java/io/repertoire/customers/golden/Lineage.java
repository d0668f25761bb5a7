package io.repertoire.customers.golden;

import io.repertoire.schemas.Provenance;
import io.repertoire.schemas.SourceRecordRef;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where an image comes from: the source records held, and which of them gave each value. */
final class Lineage {

    /** Refs to source records an image holds at most: the newest. */
    static final int MAX_REFS = 500;

    private static final String EVERY_OTHER_FIELD = "*";
    private static final Comparator<SourceRecordState> NEWEST_FIRST = Comparator.comparingLong(
                    SourceRecordState::getObservedAt)
            .reversed()
            .thenComparing(SourceRecordState::getSourceKey);

    private Lineage() {}

    /** @param rule of survivorship that chose the source */
    record Winner(int index, String rule) {}

    static List<SourceRecordRef> refs(List<SourceRecordState> members) {
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
        return refs;
    }

    /** What each field's value came from; the usual source once, the others by field. */
    static Map<String, Provenance> provenance(Sources sources, Map<String, Winner> winners) {
        var provenance = new HashMap<String, Provenance>(4);
        if (winners.isEmpty()) {
            return provenance;
        }
        int usual = usualWinner(sources, winners);
        provenance.put(EVERY_OTHER_FIELD, provenance(sources, usual, EVERY_OTHER_FIELD, sources.usualRule()));
        for (Map.Entry<String, Winner> e : winners.entrySet()) {
            Winner winner = e.getValue();
            if (winner.index != usual || !winner.rule.equals(sources.usualRule())) {
                provenance.put(e.getKey(), provenance(sources, winner.index, e.getKey(), winner.rule));
            }
        }
        return provenance;
    }

    private static Provenance provenance(Sources sources, int index, String field, String rule) {
        SourceRecordState source = sources.get(index);
        return new Provenance(
                source.getSourceKey(),
                source.getSystem(),
                Instant.ofEpochMilli(sources.time(index, field).getAt()),
                rule);
    }

    private static int usualWinner(Sources sources, Map<String, Winner> winners) {
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
}
