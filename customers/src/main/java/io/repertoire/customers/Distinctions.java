package io.repertoire.customers;

import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * "Not the same": what people said of two customers or more. Kept on the source records, so that it follows them wherever they go
 * (P14), and on the customers that hold them, so that asking costs no look-up. A decision has an id, and each side of it a number:
 * who holds {@code id/1} is nobody who holds {@code id/2}.
 */
final class Distinctions {

    /** Sides of decisions that may hang on one customer. */
    static final int MAX = 200;

    private final Workspace work;
    private final Members members;

    Distinctions(Workspace work, Members members) {
        this.work = work;
        this.members = members;
    }

    /** Whether people said that these two are not one. Symmetrical, and cheap where nobody said anything. */
    static boolean areApart(CustomerState a, CustomerState b) {
        return areApart(a.getDistinct(), b.getDistinct());
    }

    static boolean areApart(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            String decision = decision(a.get(i));
            for (int j = 0; j < b.size(); j++) {
                if (!b.get(j).equals(a.get(i)) && decision(b.get(j)).equals(decision)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether each of them is apart from each other. */
    static boolean areAllApart(Collection<CustomerState> customers) {
        List<CustomerState> all = List.copyOf(customers);
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                if (!areApart(all.get(i), all.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    static boolean haveRoom(Collection<CustomerState> customers) {
        for (CustomerState customer : customers) {
            if (customer.getDistinct().size() >= MAX) {
                return false;
            }
        }
        return true;
    }

    /** @param decision unique: the command that says so */
    void declare(String decision, Collection<CustomerState> customers) {
        String id = Ids.decisionId(work.directoryId(), decision);
        int side = 0;
        for (CustomerState customer : customers) {
            String tag = id + '/' + ++side;
            for (SourceRecordState record : members.records(customer)) {
                record.getDistinct().add(tag);
                work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            }
            customer.getDistinct().add(tag);
            work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
        }
    }

    /**
     * A person says now that the two are one: what was said against it is taken back. They take the same side of those decisions,
     * so that whoever else is apart from one of them stays so.
     */
    void lift(CustomerState a, CustomerState b) {
        for (String tag : List.copyOf(a.getDistinct())) {
            for (String other : List.copyOf(b.getDistinct())) {
                if (!other.equals(tag) && decision(other).equals(decision(tag))) {
                    changeSide(a, other, tag);
                    changeSide(b, other, tag);
                }
            }
        }
    }

    private void changeSide(CustomerState customer, String from, String to) {
        if (!customer.getDistinct().contains(from)) {
            return;
        }
        for (SourceRecordState record : members.records(customer)) {
            if (changeSide(record.getDistinct(), from, to)) {
                work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            }
        }
        changeSide(customer.getDistinct(), from, to);
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
    }

    private static boolean changeSide(List<String> tags, String from, String to) {
        if (!tags.remove(from)) {
            return false;
        }
        add(tags, List.of(to));
        return true;
    }

    /** What a customer's records carry together. */
    static List<String> of(List<SourceRecordState> records) {
        var tags = new ArrayList<String>(0);
        for (int i = 0; i < records.size(); i++) {
            add(tags, records.get(i).getDistinct());
        }
        return tags;
    }

    static void add(List<String> tags, List<String> more) {
        for (int i = 0; i < more.size(); i++) {
            if (!tags.contains(more.get(i))) {
                tags.add(more.get(i));
            }
        }
    }

    private static String decision(String tag) {
        return tag.substring(0, tag.lastIndexOf('/'));
    }
}
