package io.repertoire.customers.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A customer: nothing but its source records, in the order in which they came, and what became of it. */
final class SlowCustomer {

    final int number;
    final List<SlowRecord> members = new ArrayList<>();
    boolean archived;
    boolean erased;

    /** Who absorbed it, and what it brought. */
    @Nullable
    SlowCustomer into;

    List<SlowRecord> brought = List.of();

    SlowCustomer(int number) {
        this.number = number;
    }

    /** No row of a file archives or erases anybody. */
    void remember(Remembered remembered) {
        SlowCustomer survivor = into;
        List<SlowRecord> theirs = brought;
        remembered.keep(members);
        remembered.keep(() -> {
            into = survivor;
            brought = theirs;
        });
    }

    boolean isLive() {
        return into == null;
    }

    boolean isActive() {
        return isLive() && !archived && !erased;
    }

    SlowCustomer today() {
        return into == null ? this : into.today();
    }

    List<SlowRecord> giving() {
        return members.stream().filter(r -> !r.lookup).toList();
    }

    /** Those it is compared with: as many spellings as are remembered of one customer; only people's merges bring more. */
    Set<Name> names() {
        var names = new LinkedHashSet<Name>();
        giving().stream()
                .map(SlowRecord::name)
                .filter(n -> !n.isNone())
                .distinct()
                .limit(Limits.MAX_SPELLINGS)
                .forEach(names::add);
        return names;
    }

    boolean holds(Key key) {
        return members.stream().anyMatch(r -> r.mentions(key) && r.keys().contains(key));
    }

    /** Values of one kind that may be keys. */
    Set<String> values(Key.Kind kind) {
        var values = new TreeSet<String>();
        for (SlowRecord record : giving()) {
            record.keys().stream().filter(k -> k.kind() == kind).forEach(k -> values.add(k.value()));
        }
        return values;
    }

    /** Those that a source names or people put it in, unless people took it out (A1). */
    Set<String> groups() {
        var groups = new TreeSet<String>();
        for (SlowRecord record : members) {
            groups.addAll(record.addedGroups);
            String own = record.lookup ? null : record.get("group");
            if (own != null) {
                groups.add(own);
            }
        }
        members.forEach(r -> groups.removeAll(r.removedGroups));
        return groups;
    }

    @Override
    public String toString() {
        return "#" + number + (archived ? " archived" : "") + (erased ? " erased" : "")
                + (into == null ? "" : " in #" + into.number);
    }
}
