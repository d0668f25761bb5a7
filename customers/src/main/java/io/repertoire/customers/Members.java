package io.repertoire.customers;

import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.MemberPage;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer's source records: the oldest {@value #PAGE} keys in its own value, further ones in pages of their own, so that no
 * value grows without bound.
 */
final class Members {

    static final int PAGE = 128;

    private final Workspace work;

    Members(Workspace work) {
        this.work = work;
    }

    /** Adds a key the customer does not hold yet; the caller puts the customer. */
    void add(CustomerState customer, String sourceKey) {
        if (customer.getOverflowPages() == 0 && customer.getMembers().size() < PAGE) {
            customer.getMembers().add(sourceKey);
        } else {
            MemberPage page = customer.getOverflowPages() == 0
                    ? null
                    : page(customer.getCustomerId(), customer.getOverflowPages());
            if (page == null || page.getMembers().size() >= PAGE) {
                customer.setOverflowPages(customer.getOverflowPages() + 1);
                page = new MemberPage(new ArrayList<>());
            }
            page.getMembers().add(sourceKey);
            work.put(StateTable.MEMBER_PAGES, pageKey(customer.getCustomerId(), customer.getOverflowPages()), page);
        }
        customer.setMemberCount(customer.getMemberCount() + 1);
    }

    /** Takes a key out and leaves the order of the others; the caller puts the customer. */
    void remove(CustomerState customer, String sourceKey) {
        if (customer.getMembers().remove(sourceKey)) {
            customer.setMemberCount(customer.getMemberCount() - 1);
            return;
        }
        for (int i = 1; i <= customer.getOverflowPages(); i++) {
            MemberPage page = page(customer.getCustomerId(), i);
            if (page != null && page.getMembers().remove(sourceKey)) {
                work.put(StateTable.MEMBER_PAGES, pageKey(customer.getCustomerId(), i), page);
                customer.setMemberCount(customer.getMemberCount() - 1);
                return;
            }
        }
    }

    /** Takes the latest keys out and gives them back, at least one if there is any; the caller puts the customer. */
    List<String> takeLast(CustomerState customer, int limit) {
        var taken = new ArrayList<String>();
        while (customer.getOverflowPages() > 0 && taken.size() < limit) {
            int last = customer.getOverflowPages();
            MemberPage page = page(customer.getCustomerId(), last);
            if (page != null) {
                taken.addAll(page.getMembers());
            }
            work.delete(StateTable.MEMBER_PAGES, pageKey(customer.getCustomerId(), last));
            customer.setOverflowPages(last - 1);
        }
        if (taken.size() < limit) {
            taken.addAll(customer.getMembers());
            customer.setMembers(new ArrayList<>(0));
        }
        customer.setMemberCount(
                customer.getOverflowPages() == 0 && customer.getMembers().isEmpty()
                        ? 0
                        : Math.max(1, customer.getMemberCount() - taken.size()));
        return taken;
    }

    /** Takes many keys out at once and leaves the order of the others; the caller puts the customer. */
    void removeAll(CustomerState customer, Set<String> sourceKeys) {
        int before = customer.getMemberCount();
        int gone = customer.getMembers().size();
        customer.getMembers().removeAll(sourceKeys);
        gone -= customer.getMembers().size();
        for (int i = 1; i <= customer.getOverflowPages(); i++) {
            MemberPage page = page(customer.getCustomerId(), i);
            if (page != null) {
                int held = page.getMembers().size();
                if (page.getMembers().removeAll(sourceKeys)) {
                    gone += held - page.getMembers().size();
                    work.put(StateTable.MEMBER_PAGES, pageKey(customer.getCustomerId(), i), page);
                }
            }
        }
        customer.setMemberCount(before - gone);
    }

    /** No member is left; the caller puts the customer. */
    void clear(CustomerState customer) {
        for (int i = 1; i <= customer.getOverflowPages(); i++) {
            work.delete(StateTable.MEMBER_PAGES, pageKey(customer.getCustomerId(), i));
        }
        customer.setMembers(new ArrayList<>(1));
        customer.setOverflowPages(0);
        customer.setMemberCount(0);
    }

    /** The oldest one, {@code null} if its only record has gone to another customer. */
    @Nullable
    String first(CustomerState customer) {
        if (!customer.getMembers().isEmpty()) {
            return customer.getMembers().get(0);
        }
        List<String> further = keys(customer);
        return further.isEmpty() ? null : further.get(0);
    }

    List<String> keys(CustomerState customer) {
        if (customer.getOverflowPages() == 0) {
            return customer.getMembers();
        }
        var keys = new ArrayList<String>(customer.getMemberCount());
        keys.addAll(customer.getMembers());
        for (int i = 1; i <= customer.getOverflowPages(); i++) {
            MemberPage page = page(customer.getCustomerId(), i);
            if (page != null) {
                keys.addAll(page.getMembers());
            }
        }
        return keys;
    }

    List<SourceRecordState> records(CustomerState customer) {
        List<String> keys = keys(customer);
        var records = new ArrayList<SourceRecordState>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            SourceRecordState held = work.get(StateTable.SOURCE_RECORDS, keys.get(i));
            if (held == null) {
                throw new IllegalStateException("a member has no source record");
            }
            records.add(held);
        }
        return records;
    }

    private @Nullable MemberPage page(String customerId, int number) {
        return work.get(StateTable.MEMBER_PAGES, pageKey(customerId, number));
    }

    private static String pageKey(String customerId, int number) {
        return customerId + '/' + number;
    }
}
