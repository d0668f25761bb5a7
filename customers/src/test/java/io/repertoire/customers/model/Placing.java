package io.repertoire.customers.model;

import io.repertoire.customers.model.Name.Relation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where one record belongs: identifiers strongest first, each asked of every customer that holds it (RULES C-1, P8, P9). */
final class Placing {

    /** @param others asked about together with the record's customer */
    record Question(String kind, List<SlowCustomer> others) {}

    /** The record's customer shares something with another. */
    record Sharing(SlowCustomer other, String kind) {}

    private final SlowDirectory directory;
    private final SlowRecord record;
    private final Name name;
    private final boolean certain;
    private final List<Key> before;

    @Nullable
    SlowCustomer target;

    String rule = "NEW";
    boolean lookup;
    boolean replacesLookup;

    /** Proved to be the target too. */
    final Set<SlowCustomer> same = new LinkedHashSet<>();

    final List<Question> questions = new ArrayList<>();
    final List<Sharing> sharing = new ArrayList<>();

    /**
     * @param before keys the record had before it spoke
     * @param certain whose the record is already
     */
    Placing(
            SlowDirectory directory,
            SlowRecord record,
            List<Key> keys,
            List<Key> before,
            @Nullable SlowCustomer certain) {
        this.directory = directory;
        this.before = before;
        this.record = record;
        this.name = record.name();
        this.certain = certain != null;
        this.target = certain;
        boolean undecided = false;
        for (Key key : keys) {
            List<SlowCustomer> owners = directory.holders(key);
            if (target != null) {
                bridge(key, owners);
            } else if (!undecided) {
                undecided = choose(key, owners);
            }
        }
        if (!this.certain && target != null) {
            respectLimits(target);
        }
        questions.removeIf(q -> q.others.size() == 1 && (q.others.get(0) == target || same.contains(q.others.get(0))));
        sharing.removeIf(s -> s.other == target || same.contains(s.other));
    }

    private Relation relation(SlowCustomer customer) {
        return name.relation(customer.names(), directory.names);
    }

    private Verdict verdict(Key key, SlowCustomer customer) {
        String email = record.get("email");
        boolean hasEmail = email != null && !Key.isFillerEmail(email);
        Set<String> theirs = customer.values(Key.Kind.EMAIL);
        boolean differ = hasEmail && !theirs.isEmpty() && !theirs.contains(email);
        return Verdict.of(key, relation(customer), name, hasEmail, differ, customer);
    }

    /** @return whether several could be meant: then nothing weaker decides */
    private boolean choose(Key key, List<SlowCustomer> owners) {
        var candidates = new ArrayList<SlowCustomer>();
        for (SlowCustomer owner : owners) {
            Verdict verdict = verdict(key, owner);
            if (verdict.isCandidate()) {
                candidates.add(owner);
                continue;
            }
            share(key, owner);
            if (verdict == Verdict.RELATE_AND_REVIEW) {
                questions.add(new Question("POSSIBLE_DUPLICATE", List.of(owner)));
            }
        }
        if (candidates.isEmpty()) {
            return false;
        }
        SlowCustomer one = candidates.size() == 1 ? candidates.get(0) : closest(key, candidates);
        if (one == null) {
            questions.add(new Question("POSSIBLE_DUPLICATE", candidates));
            return true;
        }
        Verdict verdict = verdict(key, one);
        if (verdict == Verdict.REVIEW) {
            questions.add(new Question(key.isRole() ? "ROLE_ADDRESS" : "POSSIBLE_DUPLICATE", List.of(one)));
        } else {
            target = one;
            lookup = verdict == Verdict.LOOKUP;
            rule = (lookup ? "LOOKUP_" : "SAME_") + key.kind().rule;
            replacesLookup = verdict == Verdict.REPLACE_LOOKUP;
        }
        return false;
    }

    /** The only one of this very name, else of this very given or family name; a phone cannot tell. */
    private @Nullable SlowCustomer closest(Key key, List<SlowCustomer> candidates) {
        for (int closeness = 2; closeness > 0 && key.kind() != Key.Kind.PHONE; closeness--) {
            int wanted = closeness;
            List<SlowCustomer> those = candidates.stream()
                    .filter(c -> name.closeness(c.names(), directory.names) == wanted)
                    .toList();
            if (!those.isEmpty()) {
                return those.size() == 1 ? those.get(0) : null;
            }
        }
        return null;
    }

    /** P8: an identifier of somebody else than the one a stronger identifier led to. */
    private void bridge(Key key, List<SlowCustomer> owners) {
        SlowCustomer to = target;
        if (to == null || key.isRole()) {
            return;
        }
        boolean known = owners.contains(to)
                && (before.contains(key)
                        || to.members.stream()
                                .anyMatch(r -> r != record && r.keys().contains(key)));
        for (SlowCustomer owner : owners) {
            if (owner == to || same.contains(owner)) {
                continue;
            }
            if (!lookup && areAllSame(to, owner) && mayMerge(to, owner) && fits(to, owner)) {
                same.add(owner);
            } else if (!known) {
                if (relation(owner) == Relation.CONFLICT) {
                    share(key, owner);
                }
                questions.add(new Question("BRIDGE", List.of(owner)));
            }
        }
    }

    private void share(Key key, SlowCustomer other) {
        if (key.kind() == Key.Kind.EMAIL || key.kind() == Key.Kind.PHONE) {
            sharing.add(new Sharing(other, "SHARES_" + key.kind()));
        }
    }

    private boolean areAllSame(SlowCustomer to, SlowCustomer owner) {
        return relation(to) == Relation.SAME
                && relation(owner) == Relation.SAME
                && Name.relation(to.names(), owner.names(), directory.names) == Relation.SAME;
    }

    private boolean mayMerge(SlowCustomer to, SlowCustomer owner) {
        return to.isActive()
                && owner.isActive()
                && !directory.areApart(to, owner)
                && same.stream().noneMatch(s -> directory.areApart(s, owner));
    }

    private boolean fits(SlowCustomer to, SlowCustomer owner) {
        var all = new LinkedHashSet<>(same);
        all.add(to);
        all.add(owner);
        int records = 1;
        int spellings = 0;
        Set<String> emails = valuesOf(Key.Kind.EMAIL);
        Set<String> phones = valuesOf(Key.Kind.PHONE);
        for (SlowCustomer customer : all) {
            records += customer.members.size();
            spellings += customer.names().size();
            emails.addAll(customer.values(Key.Kind.EMAIL));
            phones.addAll(customer.values(Key.Kind.PHONE));
        }
        return records <= directory.limits.maxRecords()
                && spellings < Limits.MAX_SPELLINGS
                && emails.size() <= directory.limits.maxEmails()
                && phones.size() <= directory.limits.maxPhones();
    }

    private Set<String> valuesOf(Key.Kind kind) {
        var values = new TreeSet<String>();
        record.keys().stream().filter(k -> k.kind() == kind).forEach(k -> values.add(k.value()));
        return values;
    }

    /** P9: one that would become too large takes nobody in by a rule. */
    private void respectLimits(SlowCustomer to) {
        boolean room = to.members.size() < directory.limits.maxRecords();
        boolean spells = to.names().size() < Limits.MAX_SPELLINGS
                || name.isNone()
                || to.names().contains(name);
        boolean emails = grows(to, Key.Kind.EMAIL, directory.limits.maxEmails());
        boolean phones = grows(to, Key.Kind.PHONE, directory.limits.maxPhones());
        if (room && (lookup || (spells && !emails && !phones))) {
            return;
        }
        questions.clear();
        same.clear();
        questions.add(new Question("TOO_MANY_CONTACTS", List.of(to)));
        target = null;
        rule = "NEW";
        lookup = false;
        replacesLookup = false;
    }

    private boolean grows(SlowCustomer to, Key.Kind kind, int max) {
        Set<String> held = to.values(kind);
        var all = new TreeSet<>(held);
        all.addAll(valuesOf(kind));
        return all.size() > held.size() && all.size() > max;
    }
}
