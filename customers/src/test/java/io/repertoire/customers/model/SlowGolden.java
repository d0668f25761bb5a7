package io.repertoire.customers.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a customer shows: per field the latest, then the fuller, then the later row of a file, then the smaller source key (P26); contact points accumulate (P28). */
final class SlowGolden {

    private static final int MOST_POINTS = 100;

    private final SlowDirectory directory;
    private final SlowCustomer customer;

    SlowGolden(SlowDirectory directory, SlowCustomer customer) {
        this.directory = directory;
        this.customer = customer;
    }

    /** Best first. */
    private Comparator<SlowRecord> best(String field) {
        return Comparator.comparing((SlowRecord r) -> r.locked.contains(field))
                .thenComparing(r -> r.since(field))
                .thenComparing(SlowRecord::completeness)
                .reversed()
                .thenComparing(SlowRecord::place, Place.BEST_FIRST)
                .thenComparing(directory.sourceKeys::get);
    }

    private List<SlowRecord> speaking(String field) {
        return customer.giving().stream()
                .filter(r -> r.get(field) != null)
                .sorted(best(field))
                .toList();
    }

    /** What a person cleared by hand stays blank. */
    private @Nullable SlowRecord winner(String field) {
        return customer.giving().stream()
                .filter(r -> r.get(field) != null || r.locked.contains(field))
                .min(best(field))
                .orElse(null);
    }

    @Nullable
    String value(String field) {
        SlowRecord winner = winner(field);
        return winner == null ? null : winner.get(field);
    }

    /** Of spellings that differ by accents and case alone, the one that says most (P21), unless a person typed it. */
    private @Nullable String spelled(String field) {
        SlowRecord winner = winner(field);
        String value = winner == null ? null : winner.get(field);
        if (winner == null || value == null || winner.locked.contains(field)) {
            return value;
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

    /** Primary first, the others in order; of very many those of which it was last heard (P28). */
    private List<String> points(String field, Function<String, Quality> quality) {
        List<SlowRecord> speaking = new ArrayList<>(speaking(field));
        speaking.sort(Comparator.comparing(r -> quality.apply(String.valueOf(r.get(field)))));
        if (speaking.isEmpty()) {
            return List.of();
        }
        var heard = new HashMap<String, Instant>();
        for (SlowRecord record : speaking) {
            heard.merge(String.valueOf(record.get(field)), record.since(field), (a, b) -> a.isAfter(b) ? a : b);
        }
        String primary = String.valueOf(speaking.get(0).get(field));
        heard.remove(primary);
        Comparator<String> latest =
                Comparator.<String, Instant>comparing(heard::get).reversed();
        var points = new ArrayList<String>();
        points.add(primary);
        heard.keySet().stream()
                .sorted(latest.thenComparing(Comparator.naturalOrder()))
                .limit(MOST_POINTS - 1)
                .sorted()
                .forEach(points::add);
        return points.stream().map(v -> v + " " + quality.apply(v)).toList();
    }

    /** Best first. */
    private enum Quality {
        OK,
        ROLE,
        SHARED,
        PLACEHOLDER
    }

    private Quality email(String email) {
        if (Key.isFillerEmail(email)) {
            return Quality.PLACEHOLDER;
        }
        if (directory.isShared(new Key(Key.Kind.EMAIL, email))) {
            return Quality.SHARED;
        }
        return Key.isRole(email) ? Quality.ROLE : Quality.OK;
    }

    private Quality phone(String phone) {
        if (phone.chars().distinct().count() == 1) {
            return Quality.PLACEHOLDER;
        }
        return directory.isShared(new Key(Key.Kind.PHONE, phone)) ? Quality.SHARED : Quality.OK;
    }

    private Set<String> keys(Key.Kind kind) {
        var values = new TreeSet<String>();
        for (SlowRecord record : customer.giving()) {
            record.leads().stream().filter(k -> k.kind() == kind).forEach(k -> values.add(k.value()));
        }
        return values;
    }

    /** Ids merged into it. */
    private Set<String> absorbed() {
        var ids = new TreeSet<String>();
        directory.customers.stream()
                .filter(c -> c != customer && c.today() == customer)
                .forEach(c -> ids.add(directory.idOf(c)));
        return ids;
    }

    Map<String, String> values() {
        var values = new TreeMap<String, String>();
        values.put("given", String.valueOf(spelled("given")));
        values.put("family", String.valueOf(spelled("family")));
        values.put("company", String.valueOf(spelled("company")));
        values.put("title", String.valueOf(value("title")));
        values.put("emails", points("email", this::email).toString());
        values.put("phones", points("phone", this::phone).toString());
        values.put("ids", keys(Key.Kind.ID).toString());
        values.put("cards", keys(Key.Kind.CARD).toString());
        values.put("points", String.valueOf(value("points")));
        values.put("groups", customer.groups().toString());
        values.put("relations", directory.relations(customer).toString());
        values.put("merged ids", absorbed().toString());
        values.put("status", customer.archived ? "ARCHIVED" : "ACTIVE");
        return values;
    }
}
