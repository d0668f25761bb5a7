package io.repertoire.customers;

import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * "Not the same": what people said of two customers or more. Kept on the source records, so that it follows them wherever they go
 * (P14), and on the customers that hold them, so that asking costs no look-up. A decision has an id, and each side of it a number:
 * who holds {@code id/1} is nobody who holds {@code id/2}. Where a person takes it back for some of them, those carry a mark
 * besides, {@code id/1~mark}: it says nothing between two that have a mark in common.
 *
 * <p>A customer whose last record has left carries what is said of it alone, until a record comes that can.
 */
final class Distinctions {

    /** Sides of decisions that may hang on one customer. */
    static final int MAX = 200;

    private static final char TAKEN_BACK = '~';

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
            for (int j = 0; j < b.size(); j++) {
                if (areApart(a.get(i), b.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Two sides of one decision that nobody has taken back between just these. */
    private static boolean areApart(String tag, String other) {
        if (tag.equals(other)
                || !decision(tag).equals(decision(other))
                || side(tag).equals(side(other))) {
            return false;
        }
        for (int at = tag.indexOf(TAKEN_BACK); at >= 0; at = tag.indexOf(TAKEN_BACK, at + 1)) {
            int end = tag.indexOf(TAKEN_BACK, at + 1);
            String mark = tag.substring(at, end < 0 ? tag.length() : end);
            if (other.contains(mark)) {
                return false;
            }
        }
        return true;
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
     * A person says now that the two are one: what was said against it is taken back, between these two and nobody else. Whoever else
     * was called different from one of them stays so, also when they come apart again.
     */
    void lift(String command, CustomerState a, CustomerState b) {
        var told = new ArrayList<String>(0);
        for (String tag : a.getDistinct()) {
            for (String other : b.getDistinct()) {
                if (areApart(tag, other) && !told.contains(decision(tag))) {
                    told.add(decision(tag));
                }
            }
        }
        if (!told.isEmpty()) {
            String mark = TAKEN_BACK + Ids.decisionId(work.directoryId(), command + '/' + b.getCustomerId());
            mark(a, told, mark);
            mark(b, told, mark);
        }
    }

    private void mark(CustomerState customer, List<String> decisions, String mark) {
        if (customer.getMemberCount() == 0) {
            mark(customer.getDistinct(), decisions, mark);
            work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
            return;
        }
        var tags = new ArrayList<String>(customer.getDistinct().size());
        for (SourceRecordState record : members.records(customer)) {
            if (mark(record.getDistinct(), decisions, mark)) {
                work.put(StateTable.SOURCE_RECORDS, record.getSourceKey(), record);
            }
            add(tags, record.getDistinct());
        }
        customer.setDistinct(tags);
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
    }

    private static boolean mark(List<String> tags, List<String> decisions, String mark) {
        boolean any = false;
        for (int i = 0; i < tags.size(); i++) {
            if (decisions.contains(decision(tags.get(i)))) {
                tags.set(i, tags.get(i) + mark);
                any = true;
            }
        }
        return any;
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
        return tag.substring(0, tag.indexOf('/'));
    }

    private static String side(String tag) {
        int mark = tag.indexOf(TAKEN_BACK);
        return tag.substring(tag.indexOf('/'), mark < 0 ? tag.length() : mark);
    }
}
