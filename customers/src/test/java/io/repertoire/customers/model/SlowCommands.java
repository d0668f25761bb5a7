package io.repertoire.customers.model;

import io.repertoire.customers.model.SlowReviews.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people say, which outranks every rule. Each answers whether it was done; what is not done has changed nothing. */
final class SlowCommands {

    private final SlowDirectory directory;

    SlowCommands(SlowDirectory directory) {
        this.directory = directory;
    }

    boolean merge(SlowCustomer a, SlowCustomer b) {
        SlowCustomer primary = a.today();
        SlowCustomer secondary = b.today();
        if (primary == secondary || primary.archived || primary.erased || secondary.erased) {
            return false;
        }
        unite(primary, secondary);
        return true;
    }

    /** What was said against it is taken back. */
    private void unite(SlowCustomer primary, SlowCustomer secondary) {
        for (SlowRecord one : primary.members) {
            for (SlowRecord other : secondary.members) {
                directory.decisions.remove(Set.of(one, other));
            }
        }
        directory.absorb(primary, secondary);
    }

    /** What it brought and its survivor still holds goes back to it; neither may be left with nothing it had. */
    boolean unmerge(SlowCustomer absorbed) {
        SlowCustomer survivor = absorbed.today();
        List<SlowRecord> back =
                absorbed.brought.stream().filter(survivor.members::contains).toList();
        boolean gone = back.isEmpty() && !absorbed.brought.isEmpty();
        if (absorbed.isLive() || absorbed.erased || gone || back.size() == survivor.members.size()) {
            return false;
        }
        for (SlowCustomer step = absorbed.into; step != null; step = step.into) {
            step.brought = new ArrayList<>(step.brought);
            step.brought.removeAll(back);
        }
        directory.unmerged = true;
        absorbed.into = null;
        absorbed.brought = List.of();
        survivor.members.removeAll(back);
        absorbed.members.addAll(back);
        apart(survivor, absorbed);
        return true;
    }

    /** Some records become a customer of their own, if somebody is left. */
    boolean split(SlowCustomer named, Set<SlowRecord> away) {
        SlowCustomer customer = named.today();
        boolean left = customer.giving().stream().anyMatch(r -> !away.contains(r) && isSomebody(r));
        if (customer.erased || !customer.members.containsAll(away) || !left) {
            return false;
        }
        SlowCustomer part = directory.newCustomer();
        part.members.addAll(customer.members.stream().filter(away::contains).toList());
        customer.members.removeAll(away);
        part.members.forEach(r -> r.rule = "SPLIT");
        var keys = new HashSet<Key>();
        part.members.forEach(r -> keys.addAll(r.keys()));
        keys.forEach(directory::countHolders);
        apart(customer, part);
        directory.askAboutShared();
        return true;
    }

    private static boolean isSomebody(SlowRecord record) {
        return record.id != null
                || !record.name().isNone()
                || record.get("email") != null
                || record.get("phone") != null;
    }

    boolean distinct(SlowCustomer a, SlowCustomer b) {
        SlowCustomer one = a.today();
        SlowCustomer other = b.today();
        if (one == other || one.erased || other.erased || directory.areApart(one, other)) {
            return false;
        }
        apart(one, other);
        return true;
    }

    boolean archive(SlowCustomer named, boolean away) {
        SlowCustomer customer = named.today();
        boolean changes = !customer.erased && customer.archived != away;
        if (changes) {
            customer.archived = away;
        }
        return changes;
    }

    void ignore(Question question) {
        List<SlowCustomer> about = List.copyOf(directory.reviews.about(question));
        for (SlowCustomer one : about) {
            for (SlowCustomer other : about) {
                if (one != other) {
                    apart(one, other);
                }
            }
        }
    }

    /** Those that nobody put away become one; the oldest stays unless another was chosen. */
    void merge(Question question, @Nullable SlowCustomer chosen) {
        List<SlowCustomer> active = active(question);
        SlowCustomer primary = chosen == null ? active.get(0) : chosen;
        active.stream().filter(c -> c != primary).forEach(other -> unite(primary, other));
    }

    /** Oldest first. */
    List<SlowCustomer> active(Question question) {
        return directory.reviews.about(question).stream()
                .filter(SlowCustomer::isActive)
                .sorted(Comparator.comparingInt(c -> c.number))
                .toList();
    }

    /** One question after the other, as they are called; those of customers that people called different are left. */
    void mergeAll() {
        List<Question> asked = directory.reviews.questions.stream()
                .sorted(Comparator.comparing(q -> String.valueOf(q.id)))
                .toList();
        for (Question question : asked) {
            if (question.between
                    && directory.reviews.isOpen(question)
                    && !question.kind.equals("RECYCLED_ID")
                    && !question.kind.equals("SHARED_IDENTIFIER")) {
                List<SlowCustomer> active = active(question);
                boolean anyApart =
                        active.stream().anyMatch(a -> active.stream().anyMatch(b -> directory.areApart(a, b)));
                if (!anyApart) {
                    merge(question, null);
                }
            }
        }
    }

    private void apart(SlowCustomer a, SlowCustomer b) {
        for (SlowRecord one : a.members) {
            b.members.forEach(other -> directory.decisions.add(Set.of(one, other)));
        }
    }

    boolean edit(SlowCustomer named, Map<String, String> fields, String recordId, Instant now) {
        SlowCustomer customer = named.today();
        var said = new Said(recordId, "back-office", null, now, fields);
        if (fields.isEmpty() || customer.erased || directory.isSuppressed(said, null)) {
            return false;
        }
        SlowRecord record = backOfficeOf(customer, recordId);
        List<Key> before = record.keys();
        Name name = record.name();
        record.locked.addAll(fields.keySet());
        record.say(said);
        directory.changed(record, before, name, customer);
        directory.askAboutShared();
        return true;
    }

    boolean points(SlowCustomer named, int points, String recordId, Instant now) {
        SlowCustomer customer = named.today();
        String held = new SlowGolden(directory, customer).value("points");
        int balance = (held == null ? 0 : Integer.parseInt(held)) + points;
        if (customer.erased || points == 0 || balance < 0) {
            return false;
        }
        backOfficeOf(customer, recordId)
                .say(new Said(recordId, "back-office", null, now, Map.of("points", "" + balance)));
        return true;
    }

    /** In for certain: whoever took it out is overruled. */
    boolean addGroup(SlowCustomer named, String group, String recordId) {
        SlowCustomer customer = named.today();
        if (customer.erased || customer.groups().contains(group)) {
            return false;
        }
        SlowRecord record = backOfficeOf(customer, recordId);
        customer.members.forEach(r -> r.removedGroups.remove(group));
        if (!customer.groups().contains(group)) {
            record.addedGroups.add(group);
        }
        return true;
    }

    /** Out for certain, whatever sources say. */
    boolean removeGroup(SlowCustomer named, String group, String recordId) {
        SlowCustomer customer = named.today();
        if (customer.erased || !customer.groups().contains(group)) {
            return false;
        }
        SlowRecord record = backOfficeOf(customer, recordId);
        record.addedGroups.remove(group);
        if (customer.groups().contains(group)) {
            record.removedGroups.add(group);
        }
        return true;
    }

    /** What people typed of this customer: made when it is first needed. After a split the first may be the other part's. */
    private SlowRecord backOfficeOf(SlowCustomer customer, String recordId) {
        for (int attempt = 0; ; attempt++) {
            String key = "typed of #" + customer.number + "." + attempt;
            SlowRecord held = directory.find(key);
            if (held == null) {
                held = SlowRecord.backOffice(key);
                directory.records.add(held);
                customer.members.add(held);
            }
            if (customer.members.contains(held)) {
                held.recordIds.add(recordId);
                return held;
            }
        }
    }

    /**
     * P41, P46: the whole customer, with everything that was merged into it; what is many people's leads on to the others, as long as
     * there are any.
     */
    boolean erase(SlowCustomer named) {
        SlowCustomer customer = named.today();
        if (customer.erased) {
            return false;
        }
        directory.customers.stream().filter(c -> c.today() == customer).forEach(c -> c.erased = true);
        var leads = new HashSet<Key>();
        List<SlowRecord> gone = List.copyOf(customer.members);
        gone.forEach(r -> leads.addAll(r.leads()));
        directory.records.removeAll(customer.members);
        customer.members.clear();
        leads.stream().filter(k -> !directory.isManyPeoples(k)).forEach(directory.suppressed::add);
        for (SlowRecord record : gone) {
            record.leads().stream()
                    .filter(k -> directory.isManyPeoples(k) && !record.name().isNone())
                    .forEach(k -> directory.suppressedNames.add(SlowDirectory.named(k, record.name())));
        }
        leads.forEach(directory::forgetSharing);
        return true;
    }
}
