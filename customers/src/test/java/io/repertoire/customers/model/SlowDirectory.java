package io.repertoire.customers.model;

import io.repertoire.customers.model.Name.Relation;
import io.repertoire.customers.name.NameComparison;
import io.repertoire.customers.name.PersonNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory as RULES and DESIGN §8 tell it, slowly: lists that are read from one end to the other, nothing remembered that can
 * be worked out. Shares with the machine only how two names compare.
 */
final class SlowDirectory {

    final PersonNames names;
    final Limits limits;
    final List<SlowCustomer> customers = new ArrayList<>();
    final List<SlowRecord> records = new ArrayList<>();
    final SlowReviews reviews = new SlowReviews(this);

    /** What people said: these two records are not one person's. */
    final Set<Set<SlowRecord>> decisions = new HashSet<>();

    /** What led to erased people (P41). */
    final Set<Key> suppressed = new HashSet<>();

    final Set<String> suppressedNames = new HashSet<>();

    /** Our ids and source keys, as given out; learned from the machine, since they say nothing about whom they name. */
    final Map<Integer, String> ids = new TreeMap<>();

    final Map<SlowRecord, String> sourceKeys = new HashMap<>();

    private record Relative(SlowCustomer one, SlowCustomer other, String kind) {}

    private final List<Relative> relatives = new ArrayList<>();
    private final Set<Key> shared = new HashSet<>();
    private final List<Key> becameShared = new ArrayList<>();

    /**
     * Whether anybody was taken apart again. The machine does not keep who of the two a relation came from, and gives back those of the
     * moment of the merge.
     */
    boolean unmerged;

    /** What the present input did. */
    enum Heard {
        STORED,
        REJECTED,
        SUPPRESSED
    }

    Heard heard = Heard.STORED;
    boolean created;

    boolean merged;

    SlowDirectory(PersonNames names, Limits limits) {
        this.names = names;
        this.limits = limits;
    }

    /** All that an input may change. */
    void remember(Remembered remembered) {
        List.of(customers, records, decisions, suppressed, suppressedNames, relatives, shared)
                .forEach(remembered::keep);
        remembered.keep(ids);
        remembered.keep(sourceKeys);
        reviews.remember(remembered);
        customers.forEach(customer -> customer.remember(remembered));
        records.forEach(record -> record.remember(remembered));
    }

    void begin() {
        created = false;
        merged = false;
        becameShared.clear();
        reviews.begin();
    }

    /** A row of a file. */
    @Nullable
    SlowRecord hear(Said said) {
        return hear(said, said.isRejected());
    }

    /** An event that names a record we hold need not say again who that is. */
    @Nullable
    SlowRecord hearEvent(Said said) {
        boolean known = said.id() != null && find(said.key()) != null;
        return hear(said, said.isRejected() && !known);
    }

    /** @return what became of it, {@code null} if it was not stored */
    private @Nullable SlowRecord hear(Said said, boolean rejected) {
        SlowRecord held = find(said.key());
        heard = Heard.STORED;
        if (rejected) {
            heard = Heard.REJECTED;
        } else if (isSuppressed(said, held)) {
            heard = Heard.SUPPRESSED;
        }
        if (heard != Heard.STORED) {
            return null;
        }
        SlowRecord record = held;
        if (record != null) {
            again(record, said);
        } else {
            record = new SlowRecord(said);
            records.add(record);
            place(record, record.keys());
        }
        askAboutShared();
        return record;
    }

    @Nullable
    SlowRecord find(String key) {
        return records.stream().filter(r -> r.key.equals(key)).findFirst().orElse(null);
    }

    /** P41; what a living customer's record says already is no way back for anybody. */
    boolean isSuppressed(Said said, @Nullable SlowRecord held) {
        List<Key> leads = new SlowRecord(said).leads();
        if (held != null) {
            leads.removeAll(held.leads());
        }
        Name name = new SlowRecord(said).name();
        return leads.stream().anyMatch(k -> suppressed.contains(k) || suppressedNames.contains(named(k, name)));
    }

    /** What many people give is only theirs who have this name, however it is spelled. */
    static String named(Key key, Name name) {
        var words = new TreeSet<String>();
        Stream.of(name.given(), name.family())
                .filter(Objects::nonNull)
                .map(Spelling::fold)
                .forEach(words::add);
        if (words.isEmpty() && name.company() != null) {
            words.add(Spelling.fold(name.company()));
        }
        return key + " " + words;
    }

    private void again(SlowRecord held, Said said) {
        List<Key> before = held.keys();
        Name named = held.name();
        boolean recycled = held.isBefore(said.at()) && isSomebodyElse(held, new SlowRecord(said));
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
        boolean lookup = held.lookup;
        List<Key> asked = held.name().equals(named) ? news(held, before) : held.keys();
        customer = changed(held, before, named, customer);
        boolean tooMany = customer.values(Key.Kind.EMAIL).size() > limits.maxEmails()
                || customer.values(Key.Kind.PHONE).size() > limits.maxPhones();
        if (!lookup && !asked.isEmpty() && tooMany) {
            reviews.ask("TOO_MANY_CONTACTS", Set.of(customer), held);
        }
        if (recycled) {
            reviews.ask("RECYCLED_ID", Set.of(customer), held);
        }
    }

    /** Name, email and phone are all there before and after, and all differ. */
    private boolean isSomebodyElse(SlowRecord held, SlowRecord said) {
        return differ(held, said, Key.Kind.EMAIL)
                && differ(held, said, Key.Kind.PHONE)
                && held.name().compare(said.name(), names) == NameComparison.CONFLICT;
    }

    private static boolean differ(SlowRecord a, SlowRecord b, Key.Kind kind) {
        List<Key> one = a.leads().stream().filter(k -> k.kind() == kind).toList();
        List<Key> other = b.leads().stream().filter(k -> k.kind() == kind).toList();
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    /**
     * A record says other things now: whatever is new of it leads where it leads, and a new name makes everything new.
     *
     * @return whose it is then
     */
    SlowCustomer changed(SlowRecord held, List<Key> before, Name named, SlowCustomer customer) {
        List<Key> news = news(held, before);
        List<Key> asked = held.name().equals(named) ? news : held.keys();
        var placing = held.lookup ? null : new Placing(this, held, asked, before, customer);
        news.stream()
                .filter(key -> customer.members.stream()
                        .noneMatch(r -> r != held && r.keys().contains(key)))
                .forEach(this::countHolders);
        return placing == null ? customer : follow(placing, customer, held);
    }

    private static List<Key> news(SlowRecord held, List<Key> before) {
        var news = new ArrayList<>(held.keys());
        news.removeAll(before);
        return news;
    }

    private void place(SlowRecord record, List<Key> keys) {
        var placing = new Placing(this, record, keys, List.of(), null);
        SlowCustomer customer = placing.target;
        boolean apart = customer != null && isApart(record, customer);
        if (apart) {
            customer = null;
        }
        if (customer == null) {
            customer = newCustomer();
            created = true;
        } else if (placing.replacesLookup) {
            for (SlowRecord member : customer.giving()) {
                member.lookup = member.get("email") == null;
            }
        }
        record.rule = apart ? "DISTINCT" : placing.rule;
        record.lookup = !apart && placing.lookup;
        List<Key> news =
                record.keys().stream().filter(Predicate.not(customer::holds)).toList();
        customer.members.add(record);
        news.forEach(this::countHolders);
        if (!apart) {
            follow(placing, customer, record);
        }
    }

    SlowCustomer newCustomer() {
        var customer = new SlowCustomer(customers.size());
        customers.add(customer);
        return customer;
    }

    private SlowCustomer follow(Placing placing, SlowCustomer customer, SlowRecord record) {
        SlowCustomer survivor = customer;
        List<SlowCustomer> oldestFirst = placing.same.stream()
                .sorted((a, b) -> Integer.compare(a.number, b.number))
                .toList();
        for (SlowCustomer other : oldestFirst) {
            survivor = survivor.number < other.number ? absorb(survivor, other) : absorb(other, survivor);
            merged = true;
        }
        for (Placing.Sharing sharing : placing.sharing) {
            relatives.add(new Relative(survivor, sharing.other(), sharing.kind()));
        }
        for (Placing.Question question : placing.questions) {
            var about = new LinkedHashSet<>(question.others());
            about.add(survivor);
            reviews.ask(question.kind(), about, record);
        }
        return survivor;
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
        return shared.contains(key) ? List.of() : holdersAtAll(key);
    }

    private List<SlowCustomer> holdersAtAll(Key key) {
        return customers.stream().filter(c -> c.holds(key)).toList();
    }

    boolean isManyPeoples(Key key) {
        return shared.contains(key) && !holdersAtAll(key).isEmpty();
    }

    /** Nothing is kept of what nobody holds any more. */
    void forgetSharing(Key key) {
        if (holdersAtAll(key).isEmpty()) {
            shared.remove(key);
        }
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
        if (holders.size() >= Limits.MAX_HOLDERS
                || (key.isContact() && holders.size() > degree && areInConflict(holders, 0, List.of(), degree + 1))) {
            shared.add(key);
            becameShared.add(key);
        }
    }

    /** P4: records that came to their customer by it, and that nothing else ties to it, are put to a person. */
    void askAboutShared() {
        for (Key key : becameShared) {
            for (SlowCustomer customer : holdersAtAll(key)) {
                Set<SlowRecord> doubtful = new LinkedHashSet<>();
                if (customer.members.size() > Limits.MAX_LOOKED_THROUGH) {
                    doubtful.add(customer.members.get(0));
                }
                for (SlowRecord record : customer.giving()) {
                    if (record.rule.equals("SAME_" + key.kind().rule)
                            && record.keys().contains(key)
                            && record.keys().stream().noneMatch(k -> !k.equals(key) && isTie(customer, record, k))) {
                        doubtful.add(record);
                    }
                }
                if (!doubtful.isEmpty() && customer.members.size() > 1) {
                    reviews.ask(
                            "SHARED_IDENTIFIER",
                            Set.of(customer),
                            doubtful.iterator().next());
                }
            }
        }
        becameShared.clear();
    }

    private static boolean isTie(SlowCustomer customer, SlowRecord record, Key key) {
        return customer.members.stream().anyMatch(r -> r != record && r.keys().contains(key));
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

    /** P5: whoever it was found to share something with, whatever they are called today. */
    Set<String> relations(SlowCustomer customer) {
        var relations = new TreeSet<String>();
        for (Relative relative : relatives) {
            SlowCustomer one = relative.one.today();
            SlowCustomer other = relative.other.today();
            if (one != other && !one.erased && !other.erased && (one == customer || other == customer)) {
                relations.add(relative.kind + " " + idOf(one == customer ? other : one));
            }
        }
        return relations;
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
