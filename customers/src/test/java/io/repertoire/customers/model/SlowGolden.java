package io.repertoire.customers.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a customer shows: per field the latest, then the fuller, then the smaller source key (P26); contact points accumulate (P28). */
final class SlowGolden {

    private final SlowDirectory directory;
    private final SlowCustomer customer;
    private final Map<SlowRecord, String> sourceKeys;

    /** @param sourceKeys the source records' keys as they are given out */
    SlowGolden(SlowDirectory directory, SlowCustomer customer, Map<SlowRecord, String> sourceKeys) {
        this.directory = directory;
        this.customer = customer;
        this.sourceKeys = sourceKeys;
    }

    /** Best first. */
    private Comparator<SlowRecord> best(String field) {
        return Comparator.comparing((SlowRecord r) -> r.since(field))
                .thenComparing(SlowRecord::completeness)
                .reversed()
                .thenComparing(sourceKeys::get);
    }

    private List<SlowRecord> speaking(String field) {
        return customer.giving().stream()
                .filter(r -> r.get(field) != null)
                .sorted(best(field))
                .toList();
    }

    private @Nullable String value(String field) {
        List<SlowRecord> speaking = speaking(field);
        return speaking.isEmpty() ? null : speaking.get(0).get(field);
    }

    /** Of spellings that differ by accents and case alone, the one that says most (P21). */
    private @Nullable String spelled(String field) {
        String value = value(field);
        if (value == null) {
            return null;
        }
        String shown = value;
        for (SlowRecord record : speaking(field)) {
            String other = String.valueOf(record.get(field));
            if (Spelling.fold(other).equals(Spelling.fold(value)) && Spelling.worth(other) > Spelling.worth(shown)) {
                shown = other;
            }
        }
        return shown;
    }

    /** Primary first, the others in order. */
    private List<String> points(String field, Function<String, Integer> rank) {
        List<SlowRecord> speaking = new ArrayList<>(speaking(field));
        speaking.sort(Comparator.comparing(r -> rank.apply(String.valueOf(r.get(field)))));
        var points = new ArrayList<String>();
        for (SlowRecord record : speaking) {
            String value = String.valueOf(record.get(field));
            if (!points.contains(value)) {
                points.add(value);
            }
        }
        if (points.size() > 1) {
            points.subList(1, points.size()).sort(null);
        }
        return points;
    }

    private int rankOfEmail(String email) {
        if (Key.isFillerEmail(email)) {
            return 4;
        }
        if (directory.isShared(new Key(Key.Kind.EMAIL, email))) {
            return 2;
        }
        return Key.isRole(email) ? 1 : 0;
    }

    private int rankOfPhone(String phone) {
        if (phone.chars().distinct().count() == 1) {
            return 4;
        }
        return directory.isShared(new Key(Key.Kind.PHONE, phone)) ? 2 : 0;
    }

    Map<String, String> values() {
        var values = new TreeMap<String, String>();
        values.put("given", String.valueOf(spelled("given")));
        values.put("family", String.valueOf(spelled("family")));
        values.put("company", String.valueOf(spelled("company")));
        values.put("title", String.valueOf(value("title")));
        values.put("emails", points("email", this::rankOfEmail).toString());
        values.put("phones", points("phone", this::rankOfPhone).toString());
        return values;
    }
}
