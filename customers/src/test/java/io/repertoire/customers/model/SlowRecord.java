package io.repertoire.customers.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A source record and what it says now (DESIGN §8, P25, P31). */
final class SlowRecord {

    /**
     * A field that somebody spoke of.
     *
     * @param value {@code null} if it was cleared
     * @param since event time: said the same again, it stays
     * @param last when it was last spoken of
     */
    private record Field(@Nullable String value, Instant since, Instant last) {}

    final String key;
    final String system;
    final @Nullable String id;

    /** Submissions that spoke of it. */
    final List<String> recordIds = new ArrayList<>();

    private final Map<String, Field> fields = new TreeMap<>();
    private Map<String, String> latest;
    private Instant observed;
    private @Nullable Place place;
    boolean lookup;

    /** By which rule it came to its customer. */
    String rule = "NEW";

    /** What a person set by hand (P26). */
    final Set<String> locked = new TreeSet<>();

    /** What people put its customer in, and took it out of. */
    final Set<String> addedGroups = new TreeSet<>();

    final Set<String> removedGroups = new TreeSet<>();

    /** What people say of one customer in the back office: nothing yet. */
    static SlowRecord backOffice(String key) {
        var record = new SlowRecord(new Said(key, "back-office", null, Instant.EPOCH, Map.of()), key);
        record.rule = "BACK_OFFICE";
        return record;
    }

    private SlowRecord(Said said, String key) {
        this.key = key;
        system = said.system();
        id = said.id();
        latest = said.fields();
        observed = said.at();
        place = said.place();
    }

    SlowRecord(Said said) {
        key = said.key();
        system = said.system();
        id = said.id();
        latest = said.fields();
        observed = said.at();
        place = said.place();
        recordIds.add(said.recordId());
        say(said);
    }

    void remember(Remembered remembered) {
        Map<String, String> said = latest;
        Instant since = observed;
        Place from = place;
        boolean was = lookup;
        String by = rule;
        remembered.keep(recordIds);
        remembered.keep(fields);
        remembered.keep(() -> {
            latest = said;
            observed = since;
            place = from;
            lookup = was;
            rule = by;
        });
    }

    /** What is said at that time is its latest version. */
    boolean isBefore(Instant at) {
        return at.isAfter(observed);
    }

    /** @return whether anything changed but times */
    boolean again(Said said) {
        recordIds.add(said.recordId());
        boolean later = isBefore(said.at());
        if (said.fields().equals(latest)) {
            if (later) {
                // The same once more: all of it is as recent as that.
                said.fields()
                        .forEach((name, value) -> fields.put(name, new Field(said.get(name), said.at(), said.at())));
                observed = said.at();
                place = said.place();
            }
            return false;
        }
        boolean changed = say(said);
        if (later) {
            observed = said.at();
            place = said.place();
            latest = said.fields();
        }
        return changed;
    }

    /** What is later replaces, what is blank keeps, what is late fills only what nobody spoke of. */
    boolean say(Said said) {
        boolean changed = false;
        for (String name : said.fields().keySet()) {
            String value = said.get(name);
            Field held = fields.get(name);
            if (held == null) {
                fields.put(name, new Field(value, said.at(), said.at()));
                changed = true;
            } else if (said.at().isAfter(held.last)) {
                boolean same = value == null ? held.value == null : value.equals(held.value);
                fields.put(name, new Field(value, same ? held.since : said.at(), said.at()));
                changed |= !same;
            }
        }
        return changed;
    }

    @Nullable
    String get(String name) {
        Field held = fields.get(name);
        return held == null ? null : held.value;
    }

    Instant since(String name) {
        return fields.get(name).since;
    }

    /** Where its latest version was read. */
    @Nullable
    Place place() {
        return place;
    }

    Name name() {
        return new Name(get("given"), get("family"), get("company"));
    }

    int completeness() {
        return (int) fields.values().stream().filter(f -> f.value != null).count();
    }

    /** What may lead to its customer; a look-up is found by its own system's id alone. */
    List<Key> keys() {
        return lookup
                ? leads().stream().filter(k -> id != null && k.equals(ownId())).toList()
                : leads();
    }

    private Key ownId() {
        return new Key(Key.Kind.ID, system + "/" + id);
    }

    /** All that says who it is about, strongest first. */
    List<Key> leads() {
        var keys = new ArrayList<Key>();
        if (id != null) {
            keys.add(ownId());
        }
        String square = get("square");
        if (square != null && !keys.contains(new Key(Key.Kind.ID, "square/" + square))) {
            keys.add(new Key(Key.Kind.ID, "square/" + square));
        }
        String card = get("card");
        if (card != null) {
            keys.add(new Key(Key.Kind.CARD, card));
        }
        String email = get("email");
        if (email != null && !Key.isFillerEmail(email)) {
            keys.add(new Key(Key.Kind.EMAIL, email));
        }
        String phone = get("phone");
        if (phone != null && Key.mayBeKey(phone)) {
            keys.add(new Key(Key.Kind.PHONE, phone));
        }
        return keys;
    }

    /** Only spares making the list of most records' keys. */
    boolean mentions(Key key) {
        return switch (key.kind()) {
            case ID -> true;
            case CARD -> key.value().equals(get("card"));
            case EMAIL -> key.value().equals(get("email"));
            case PHONE -> key.value().equals(get("phone"));
        };
    }

    /** Those of them that may be written to or called. */
    List<Key> contacts() {
        return keys().stream().filter(Key::isContact).toList();
    }

    @Override
    public String toString() {
        return (lookup ? "look-up " : "") + key + " " + new TreeSet<>(recordIds) + fields;
    }
}
