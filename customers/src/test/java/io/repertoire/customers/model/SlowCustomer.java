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

    /** Who absorbed it, and what it brought. */
    @Nullable
    SlowCustomer into;

    List<SlowRecord> brought = List.of();

    SlowCustomer(int number) {
        this.number = number;
    }

    boolean isLive() {
        return into == null;
    }

    boolean isActive() {
        return isLive() && !archived;
    }

    SlowCustomer today() {
        return into == null ? this : into.today();
    }

    List<SlowRecord> giving() {
        return members.stream().filter(r -> !r.lookup).toList();
    }

    Set<Name> names() {
        var names = new LinkedHashSet<Name>();
        giving().stream().map(SlowRecord::name).filter(n -> !n.isNone()).forEach(names::add);
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

    @Override
    public String toString() {
        return "#" + number + (archived ? " archived" : "") + (into == null ? "" : " in #" + into.number);
    }
}
