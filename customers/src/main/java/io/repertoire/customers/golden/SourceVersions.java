package io.repertoire.customers.golden;

import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source record that is said again (DESIGN §8): what is not blank replaces, blank keeps, cleared clears, and a field that says
 * the same keeps its event time. An older version only fills what nobody spoke of since (P31).
 */
public final class SourceVersions {

    private static final int MAX_CONSENTS = 200;

    private SourceVersions() {}

    /** The order of two sayings: event time, then the tie-breaker. */
    public static int compare(FieldTime a, FieldTime b) {
        int byTime = Long.compare(a.getAt(), b.getAt());
        return byTime != 0 ? byTime : Long.compare(a.getOrder(), b.getOrder());
    }

    /** When a field of a record was last said. */
    static FieldTime timeOf(SourceRecordState record, String field) {
        if (record.getFieldTimes().isEmpty()) {
            return record.getStated();
        }
        FieldTime own = record.getFieldTimes().get(field);
        return own == null ? record.getStated() : own;
    }

    /** When a field was last said, the same or not, or cleared. */
    public static FieldTime lastSaid(SourceRecordState record, String field) {
        return last(record, record.getFieldTimes().get(field));
    }

    /**
     * The same content once more, later: every field it names is as recent as that. The caller then sets the record's event time.
     *
     * @return whether anything changed
     */
    public static boolean restate(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        if (time.getAt() <= held.getObservedAt()) {
            // The same twice at one time says nothing more, also on another line.
            return false;
        }
        if (!said.getCards().isEmpty()) {
            redate(held, said.getCards(), time);
        }
        var times = new HashMap<String, FieldTime>();
        for (ContentField field : ContentField.ALL) {
            if (!isSaid(field, said)) {
                silent(times, held, field.name(), field.get(held.getContent()) != null);
            }
        }
        for (String key : held.getContent().getAttributes().keySet()) {
            if (!said.getAttributes().containsKey(key)) {
                silent(times, held, attribute(key), true);
            }
        }
        held.setStated(time);
        held.setFieldTimes(times);
        rememberClears(held, said, time);
        return true;
    }

    /** That a field was cleared is something said of it, which what comes late must not fill (P25, P31). */
    public static void rememberClears(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        if (said.getCleared().isEmpty()) {
            return;
        }
        for (ContentField field : ContentField.ALL) {
            if (field.get(held.getContent()) == null && isCleared(said, field.name())) {
                held.getFieldTimes().put(field.name(), new FieldTime(time.getAt(), time.getOrder(), null, null));
            }
        }
    }

    /**
     * Other content under the same key. The caller then sets the record's event time, if this version is the latest.
     *
     * @return whether what is held changed, times included
     */
    public static boolean revise(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        NormalisedCustomer content = held.getContent();
        boolean changed = false;
        for (ContentField field : ContentField.ALL) {
            Object before = field.get(content);
            Object value = field.get(said);
            if (field == ContentField.CONSENTS) {
                // A ledger has no latest version: what was said late was said all the same (P31, P38).
                changed |= value != null && addConsents(content, said.getConsents());
            } else if (isCleared(said, field.name())) {
                boolean same = before == null && held.getFieldTimes().containsKey(field.name());
                if (take(held, field.name(), before != null, same, time)) {
                    field.set(content, null);
                    changed = true;
                }
            } else if (field == ContentField.CARDS && value != null) {
                changed |= addCards(held, said.getCards(), time);
            } else if (value == null) {
                changed |= keepSilent(held, field.name(), before != null, time);
            } else {
                Object combined = Slots.combined(field, before, value);
                boolean same = combined.equals(before);
                if (take(held, field.name(), before != null, same, time)) {
                    field.set(content, combined);
                    changed = true;
                }
            }
        }
        return reviseAttributes(held, said, time) || changed;
    }

    /** The same cards once more: a word from in between that comes late is older than that. */
    private static void redate(SourceRecordState held, List<CardOnFile> said, FieldTime time) {
        NormalisedCustomer content = held.getContent();
        long since = lastSaid(held, ContentField.CARDS.name()).getAt();
        content.setCards(HeldCards.combined(content.getCards(), since, said, time.getAt()));
    }

    /** Each card has a time of its own: what is said of one says nothing of the others. */
    private static boolean addCards(SourceRecordState held, List<CardOnFile> said, FieldTime time) {
        NormalisedCustomer content = held.getContent();
        String field = ContentField.CARDS.name();
        List<CardOnFile> before = content.getCards();
        long since = lastSaid(held, field).getAt();
        List<CardOnFile> all = HeldCards.combined(before, since, said, time.getAt());
        boolean same = HeldCards.same(all, before);
        boolean taken = take(held, field, !before.isEmpty(), same, time);
        if (!taken && same) {
            return false;
        }
        content.setCards(new ArrayList<>(all));
        return true;
    }

    private static boolean reviseAttributes(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        Map<String, String> attributes = held.getContent().getAttributes();
        boolean changed = false;
        for (Map.Entry<String, String> e : said.getAttributes().entrySet()) {
            String before = attributes.get(e.getKey());
            if (take(held, attribute(e.getKey()), before != null, e.getValue().equals(before), time)) {
                attributes.put(e.getKey(), e.getValue());
                changed = true;
            }
        }
        for (String key : new ArrayList<>(attributes.keySet())) {
            if (isCleared(said, attribute(key))) {
                if (take(held, attribute(key), true, false, time)) {
                    attributes.remove(key);
                    changed = true;
                }
            } else if (!said.getAttributes().containsKey(key)) {
                changed |= keepSilent(held, attribute(key), true, time);
            }
        }
        return changed;
    }

    /**
     * A field is said, at a time.
     *
     * @param present it holds a value now
     * @param same what is said is what it holds
     * @return whether the saying stands; what says the same keeps its event time
     */
    private static boolean take(SourceRecordState held, String field, boolean present, boolean same, FieldTime time) {
        FieldTime own = held.getFieldTimes().get(field);
        boolean neverSpokenOf = !present && own == null;
        FieldTime last = last(held, own);
        if (!neverSpokenOf && compare(time, last) <= 0) {
            return false;
        }
        boolean latest = compare(time, observed(held)) > 0;
        Long lastAt = latest ? null : (Long) time.getAt();
        Long lastOrder = latest ? null : (Long) time.getOrder();
        if (!same) {
            held.getFieldTimes().put(field, new FieldTime(time.getAt(), time.getOrder(), lastAt, lastOrder));
        } else if (own != null || !latest) {
            FieldTime since = own == null ? held.getStated() : own;
            held.getFieldTimes().put(field, new FieldTime(since.getAt(), since.getOrder(), lastAt, lastOrder));
        }
        return true;
    }

    /** The latest version does not speak of a field: it was last said by an earlier one. */
    private static boolean keepSilent(SourceRecordState held, String field, boolean present, FieldTime time) {
        return compare(time, observed(held)) > 0 && silent(held.getFieldTimes(), held, field, present);
    }

    private static boolean silent(Map<String, FieldTime> times, SourceRecordState held, String field, boolean present) {
        FieldTime own = held.getFieldTimes().get(field);
        if (own == null && !present) {
            return false;
        }
        FieldTime since = own == null ? held.getStated() : own;
        FieldTime last = last(held, own);
        times.put(field, new FieldTime(since.getAt(), since.getOrder(), last.getAt(), last.getOrder()));
        return true;
    }

    private static FieldTime last(SourceRecordState held, @Nullable FieldTime own) {
        return own == null || own.getLastAt() == null || own.getLastOrder() == null
                ? observed(held)
                : new FieldTime(own.getLastAt(), own.getLastOrder(), null, null);
    }

    static String attribute(String key) {
        return "attributes." + key;
    }

    private static FieldTime observed(SourceRecordState held) {
        return new FieldTime(held.getObservedAt(), held.getObservedOrder(), null, null);
    }

    /** Names of the fields that a saying speaks of, cleared ones too. */
    public static List<String> fieldsSaid(NormalisedCustomer said) {
        var fields = new ArrayList<String>();
        for (ContentField field : ContentField.ALL) {
            if (isSaid(field, said)) {
                fields.add(field.name());
            }
        }
        for (String key : said.getAttributes().keySet()) {
            fields.add(attribute(key));
        }
        for (String cleared : said.getCleared()) {
            if (!fields.contains(cleared)) {
                fields.add(cleared);
            }
        }
        return fields;
    }

    /** Points move with every purchase and consents have rules of their own: nobody locks those. */
    public static boolean isLockable(String field) {
        return !field.equals(ContentField.LOYALTY_POINTS.name()) && !field.equals(ContentField.CONSENTS.name());
    }

    private static boolean isSaid(ContentField field, NormalisedCustomer said) {
        return field.get(said) != null || isCleared(said, field.name());
    }

    /** A cleared name clears the field and, with nested values, every part of it. */
    private static boolean isCleared(NormalisedCustomer said, String field) {
        List<String> cleared = said.getCleared();
        for (int i = 0; i < cleared.size(); i++) {
            String name = cleared.get(i);
            if (field.startsWith(name) && (field.length() == name.length() || field.charAt(name.length()) == '.')) {
                return true;
            }
        }
        return false;
    }

    /**
     * A later statement never removes an earlier no (P38); of one question and answer the strongest is kept.
     *
     * @return whether anything is new
     */
    public static boolean addConsents(NormalisedCustomer content, List<HeldConsent> statements) {
        List<HeldConsent> before = content.getConsents();
        var byQuestion = new LinkedHashMap<List<Object>, HeldConsent>();
        for (HeldConsent held : before) {
            byQuestion.put(questionAndAnswer(held), held);
        }
        for (HeldConsent said : statements) {
            byQuestion.merge(questionAndAnswer(said), said, ConsentClaim::later);
        }
        var all = new ArrayList<>(byQuestion.values());
        List<HeldConsent> kept = all.size() <= MAX_CONSENTS ? all : all.subList(all.size() - MAX_CONSENTS, all.size());
        if (kept.equals(before)) {
            return false;
        }
        content.setConsents(new ArrayList<>(kept));
        return true;
    }

    private static List<Object> questionAndAnswer(HeldConsent c) {
        return List.of(
                c.getChannel(),
                c.getPurpose(),
                c.getStatus(),
                ConsentClaim.isImplied(c),
                c.getContact() == null ? "" : c.getContact());
    }
}
