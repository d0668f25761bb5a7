package io.repertoire.customers.model;

import io.repertoire.customers.model.Name.Relation;
import io.repertoire.customers.name.PersonNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The directory as RULES and DESIGN §8 tell it, slowly: lists that are read from one end to the other, nothing remembered that can
 * be worked out. Shares with the machine only how two names compare.
 */
final class SlowDirectory {

    final PersonNames names;
    final Limits limits;
    final List<SlowCustomer> customers = new ArrayList<>();
    final SlowReviews reviews = new SlowReviews(this);

    /** What people said: these two records are not one person's. */
    final Set<Set<SlowRecord>> decisions = new HashSet<>();

    private final List<SlowRecord> records = new ArrayList<>();
    private final Set<Key> shared = new HashSet<>();

    /** Our ids, as given out; learned from the machine, since they say nothing about whom they name. */
    final Map<Integer, String> ids = new TreeMap<>();

    SlowDirectory(PersonNames names, Limits limits) {
        this.names = names;
        this.limits = limits;
    }

    void hear(Said said) {
        if (said.isRejected()) {
            return;
        }
        for (SlowRecord held : records) {
            if (held.key.equals(said.key())) {
                again(held, said);
                return;
            }
        }
        var record = new SlowRecord(said);
        place(record, record.keys());
        records.add(record);
    }

    private void again(SlowRecord held, Said said) {
        List<Key> before = held.keys();
        Name named = held.name();
        if (!held.again(said)) {
            return;
        }
        SlowCustomer customer = ownerOf(held);
        if (held.lookup && !held.name().isNone()) {
            customer.members.remove(held);
            held.lookup = false;
            place(held, held.keys());
            return;
        }
        var news = new ArrayList<>(held.keys());
        news.removeAll(before);
        boolean renamed = !held.name().equals(named);
        var placing = held.lookup ? null : new Placing(this, held, renamed ? held.keys() : news, before, customer);
        news.stream()
                .filter(key -> customer.members.stream()
                        .noneMatch(r -> r != held && r.keys().contains(key)))
                .forEach(this::countHolders);
        if (placing != null) {
            follow(placing, customer, held);
        }
    }

    private void place(SlowRecord record, List<Key> keys) {
        var placing = new Placing(this, record, keys, List.of(), null);
        SlowCustomer customer = placing.target;
        if (customer != null && isApart(record, customer)) {
            placing = null;
            customer = null;
        }
        if (customer == null) {
            customer = new SlowCustomer(customers.size());
            customers.add(customer);
        } else if (placing != null && placing.replacesLookup) {
            for (SlowRecord member : customer.giving()) {
                member.lookup = member.get("email") == null;
            }
        }
        record.lookup = placing != null && placing.lookup;
        List<Key> news =
                record.keys().stream().filter(Predicate.not(customer::holds)).toList();
        customer.members.add(record);
        news.forEach(this::countHolders);
        if (placing != null) {
            follow(placing, customer, record);
        }
    }

    private void follow(Placing placing, SlowCustomer customer, SlowRecord record) {
        SlowCustomer survivor = customer;
        List<SlowCustomer> oldestFirst = placing.same.stream()
                .sorted((a, b) -> Integer.compare(a.number, b.number))
                .toList();
        for (SlowCustomer other : oldestFirst) {
            survivor = survivor.number < other.number ? absorb(survivor, other) : absorb(other, survivor);
        }
        for (Placing.Question question : placing.questions) {
            var about = new LinkedHashSet<>(question.others());
            about.add(survivor);
            reviews.ask(question.kind(), about, record);
        }
    }

    /** A merge is a union; the other's id leads to the survivor (P29, P30). */
    SlowCustomer absorb(SlowCustomer survivor, SlowCustomer other) {
        other.brought = new ArrayList<>(other.members);
        survivor.members.addAll(other.members);
        other.members.clear();
        other.into = survivor;
        return survivor;
    }

    SlowCustomer ownerOf(SlowRecord record) {
        for (SlowCustomer customer : customers) {
            if (customer.members.contains(record)) {
                return customer;
            }
        }
        throw new AssertionError("nobody holds " + record);
    }

    /** The customers an identifier may lead to. */
    List<SlowCustomer> holders(Key key) {
        return shared.contains(key)
                ? List.of()
                : customers.stream().filter(c -> c.holds(key)).toList();
    }

    boolean isShared(Key key) {
        return shared.contains(key);
    }

    /**
     * P4: held by more people than its degree, whose names are pairwise in conflict, it says nothing from then on. Counted when one
     * more customer comes to hold it.
     */
    void countHolders(Key key) {
        List<SlowCustomer> holders = holders(key);
        int degree = key.kind() == Key.Kind.EMAIL ? limits.emailDegree() : limits.phoneDegree();
        boolean contact = key.kind() == Key.Kind.EMAIL || key.kind() == Key.Kind.PHONE;
        if (holders.size() >= Limits.MAX_HOLDERS
                || (contact && holders.size() > degree && areInConflict(holders, 0, List.of(), degree + 1))) {
            shared.add(key);
        }
    }

    /** Whether so many of the holders from {@code from} on, with those chosen, are all in conflict with each other. */
    private boolean areInConflict(List<SlowCustomer> holders, int from, List<SlowCustomer> chosen, int wanted) {
        if (chosen.size() == wanted) {
            return true;
        }
        for (int i = from; i < holders.size(); i++) {
            SlowCustomer next = holders.get(i);
            if (chosen.stream().allMatch(c -> Name.relation(c.names(), next.names(), names) == Relation.CONFLICT)) {
                var more = new ArrayList<>(chosen);
                more.add(next);
                if (areInConflict(holders, i + 1, more, wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether people said that two customers are not one (P14). */
    boolean areApart(SlowCustomer a, SlowCustomer b) {
        return a != b && a.members.stream().anyMatch(r -> isApart(r, b));
    }

    private boolean isApart(SlowRecord record, SlowCustomer customer) {
        return customer.members.stream().anyMatch(r -> r != record && decisions.contains(Set.of(record, r)));
    }

    @Nullable
    String idOrNull(SlowCustomer customer) {
        return ids.get(customer.number);
    }

    String idOf(SlowCustomer customer) {
        String id = idOrNull(customer);
        if (id == null) {
            throw new AssertionError("the machine has no " + customer);
        }
        return id;
    }
}
