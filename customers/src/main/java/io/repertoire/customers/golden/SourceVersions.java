package io.repertoire.customers.golden;

import io.repertoire.schemas.SubmittedAddress;
import io.repertoire.schemas.SubmittedExternalId;
import io.repertoire.schemas.state.FieldTime;
import io.repertoire.schemas.state.HeldConsent;
import io.repertoire.schemas.state.HeldEmail;
import io.repertoire.schemas.state.HeldPhone;
import io.repertoire.schemas.state.NormalisedCustomer;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
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

    /**
     * The same content once more, later: every field it names is as recent as that.
     *
     * @return whether anything changed
     */
    public static boolean restate(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        if (compare(time, observed(held)) <= 0) {
            return false;
        }
        var times = new HashMap<String, FieldTime>();
        for (ContentField field : ContentField.ALL) {
            keepTime(times, held, field.name(), said(field, said), field.get(held.getContent()) != null, time);
        }
        for (String key : held.getContent().getAttributes().keySet()) {
            boolean named = said.getAttributes().containsKey(key);
            keepTime(times, held, attribute(key), named, true, time);
        }
        held.setStated(time);
        held.setFieldTimes(times);
        return true;
    }

    private static void keepTime(
            Map<String, FieldTime> times,
            SourceRecordState held,
            String field,
            boolean named,
            boolean present,
            FieldTime time) {
        FieldTime before = timeOf(held, field);
        boolean spoken = present || held.getFieldTimes().containsKey(field);
        if (spoken && (!named || compare(before, time) > 0)) {
            times.put(field, before);
        }
    }

    /**
     * Other content under the same key.
     *
     * @return whether what is held changed
     */
    public static boolean revise(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        NormalisedCustomer content = held.getContent();
        boolean changed = false;
        for (ContentField field : ContentField.ALL) {
            Object before = field.get(content);
            Object value = field.get(said);
            if (isCleared(said, field.name())) {
                changed |= clear(held, field, before, time);
            } else if (value != null) {
                Object combined = combine(field, before, value);
                if (!combined.equals(before) && maySay(held, field.name(), before != null, time)) {
                    field.set(content, combined);
                    held.getFieldTimes().put(field.name(), time);
                    changed = true;
                }
            }
        }
        return reviseAttributes(held, said, time) || changed;
    }

    private static boolean clear(SourceRecordState held, ContentField field, @Nullable Object before, FieldTime time) {
        if (compare(time, timeOf(held, field.name())) <= 0) {
            return false;
        }
        held.getFieldTimes().put(field.name(), time);
        if (before != null) {
            field.set(held.getContent(), null);
            return true;
        }
        return false;
    }

    private static boolean reviseAttributes(SourceRecordState held, NormalisedCustomer said, FieldTime time) {
        Map<String, String> attributes = held.getContent().getAttributes();
        boolean changed = false;
        for (Map.Entry<String, String> e : said.getAttributes().entrySet()) {
            String before = attributes.get(e.getKey());
            if (!e.getValue().equals(before) && maySay(held, attribute(e.getKey()), before != null, time)) {
                attributes.put(e.getKey(), e.getValue());
                held.getFieldTimes().put(attribute(e.getKey()), time);
                changed = true;
            }
        }
        for (String key : new ArrayList<>(attributes.keySet())) {
            if (isCleared(said, attribute(key)) && compare(time, timeOf(held, attribute(key))) > 0) {
                attributes.remove(key);
                held.getFieldTimes().put(attribute(key), time);
                changed = true;
            }
        }
        return changed;
    }

    /** A blank that was never cleared takes any value; otherwise the later saying wins. */
    private static boolean maySay(SourceRecordState held, String field, boolean present, FieldTime time) {
        return (!present && !held.getFieldTimes().containsKey(field)) || compare(time, timeOf(held, field)) > 0;
    }

    static String attribute(String key) {
        return "attributes." + key;
    }

    private static FieldTime observed(SourceRecordState held) {
        return new FieldTime(held.getObservedAt(), held.getObservedOrder());
    }

    private static boolean said(ContentField field, NormalisedCustomer said) {
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

    /** Contact points and ids are held in slots, such as the first mobile number: a slot that is not said again is blank. */
    private static Object combine(ContentField field, @Nullable Object before, Object value) {
        if (before == null) {
            return value;
        }
        if (field == ContentField.EMAILS) {
            return fill(emails(before), emails(value), (a, b) -> java.util.Objects.equals(a.getLabel(), b.getLabel()));
        }
        if (field == ContentField.PHONES) {
            return fill(phones(before), phones(value), (a, b) -> java.util.Objects.equals(a.getLabel(), b.getLabel()));
        }
        if (field == ContentField.ADDRESSES) {
            return fill(
                    addresses(before),
                    addresses(value),
                    (a, b) -> a.getType() == b.getType() && java.util.Objects.equals(a.getLabel(), b.getLabel()));
        }
        if (field == ContentField.EXTERNAL_IDS) {
            return fill(
                    externalIds(before),
                    externalIds(value),
                    (a, b) -> a.getKind() == b.getKind() && a.getSystem().equals(b.getSystem()));
        }
        if (field == ContentField.CONSENTS) {
            return addConsents(consents(before), consents(value));
        }
        return value;
    }

    private static <T> List<T> fill(List<T> before, List<T> value, BiPredicate<T, T> sameSlot) {
        var result = new ArrayList<T>(before);
        var taken = new HashSet<Integer>();
        for (T said : value) {
            int slot = -1;
            for (int i = 0; i < before.size() && slot < 0; i++) {
                if (!taken.contains(i) && sameSlot.test(before.get(i), said)) {
                    slot = i;
                }
            }
            if (slot < 0) {
                result.add(said);
            } else {
                taken.add(slot);
                result.set(slot, said);
            }
        }
        return distinct(result);
    }

    private static <T> List<T> distinct(List<T> values) {
        var result = new ArrayList<T>(values.size());
        for (T value : values) {
            if (!result.contains(value)) {
                result.add(value);
            }
        }
        return result;
    }

    /** Statements are a ledger: a later one never removes an earlier no (P38); one per question and answer is kept. */
    private static List<HeldConsent> addConsents(List<HeldConsent> before, List<HeldConsent> value) {
        var byQuestion = new java.util.LinkedHashMap<List<Object>, HeldConsent>();
        for (HeldConsent held : before) {
            byQuestion.put(questionAndAnswer(held), held);
        }
        for (HeldConsent said : value) {
            byQuestion.merge(questionAndAnswer(said), said, (a, b) -> isLater(b, a) ? b : a);
        }
        var all = new ArrayList<>(byQuestion.values());
        return all.size() <= MAX_CONSENTS ? all : all.subList(all.size() - MAX_CONSENTS, all.size());
    }

    private static List<Object> questionAndAnswer(HeldConsent c) {
        return List.of(c.getChannel(), c.getPurpose(), c.getStatus(), c.getContact() == null ? "" : c.getContact());
    }

    private static boolean isLater(HeldConsent a, HeldConsent b) {
        if (a.getDecidedAt() != null && b.getDecidedAt() != null) {
            return a.getDecidedAt() > b.getDecidedAt();
        }
        return a.getDecidedAt() != null && b.getDecidedAt() == null;
    }

    @SuppressWarnings("unchecked")
    private static List<HeldEmail> emails(Object list) {
        return (List<HeldEmail>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<HeldPhone> phones(Object list) {
        return (List<HeldPhone>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<SubmittedAddress> addresses(Object list) {
        return (List<SubmittedAddress>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<SubmittedExternalId> externalIds(Object list) {
        return (List<SubmittedExternalId>) list;
    }

    @SuppressWarnings("unchecked")
    private static List<HeldConsent> consents(Object list) {
        return (List<HeldConsent>) list;
    }

    static Set<String> fieldNames() {
        var names = new HashSet<String>();
        for (ContentField field : ContentField.ALL) {
            names.add(field.name());
        }
        return names;
    }
}
