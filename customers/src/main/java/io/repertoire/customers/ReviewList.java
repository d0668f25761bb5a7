package io.repertoire.customers;

import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.MemberPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which reviews name a customer, whatever became of them, so that all of them follow it (P33): the first {@value #FIRST} in its own
 * value, further ones in pages of their own, so that none is forgotten and no value grows without bound.
 */
final class ReviewList {

    static final int FIRST = 50;
    static final int PAGE = 128;

    private final Workspace work;

    ReviewList(Workspace work) {
        this.work = work;
    }

    List<String> of(CustomerState customer) {
        var ids = new ArrayList<>(customer.getOpenReviews());
        for (int i = 1; i <= customer.getReviewPages(); i++) {
            MemberPage page = page(customer, i);
            if (page != null) {
                ids.addAll(page.getMembers());
            }
        }
        return ids;
    }

    /** How many there are at most. */
    static int atMost(CustomerState customer) {
        return customer.getOpenReviews().size() + customer.getReviewPages() * PAGE;
    }

    void add(CustomerState customer, String reviewId) {
        if (customer.getOpenReviews().contains(reviewId)) {
            return;
        }
        int roomOn = 0;
        for (int i = 1; i <= customer.getReviewPages(); i++) {
            MemberPage page = page(customer, i);
            if (page == null || page.getMembers().size() < PAGE) {
                roomOn = i;
            }
            if (page != null && page.getMembers().contains(reviewId)) {
                return;
            }
        }
        if (customer.getOpenReviews().size() < FIRST) {
            customer.getOpenReviews().add(reviewId);
        } else {
            if (roomOn == 0) {
                roomOn = customer.getReviewPages() + 1;
                customer.setReviewPages(roomOn);
            }
            MemberPage page = page(customer, roomOn);
            page = page == null ? new MemberPage(new ArrayList<>(1)) : page;
            page.getMembers().add(reviewId);
            work.put(StateTable.MEMBER_PAGES, key(customer, roomOn), page);
        }
        work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
    }

    void remove(CustomerState customer, String reviewId) {
        if (customer.getOpenReviews().remove(reviewId)) {
            work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
            return;
        }
        for (int i = 1; i <= customer.getReviewPages(); i++) {
            MemberPage page = page(customer, i);
            if (page != null && page.getMembers().remove(reviewId)) {
                work.put(StateTable.MEMBER_PAGES, key(customer, i), page);
                return;
            }
        }
    }

    /** None names it any more; the caller puts the customer. */
    void clear(CustomerState customer) {
        for (int i = 1; i <= customer.getReviewPages(); i++) {
            work.delete(StateTable.MEMBER_PAGES, key(customer, i));
        }
        customer.setReviewPages(0);
        customer.setOpenReviews(new ArrayList<>(0));
    }

    private @Nullable MemberPage page(CustomerState customer, int number) {
        return work.get(StateTable.MEMBER_PAGES, key(customer, number));
    }

    private static String key(CustomerState customer, int number) {
        return customer.getCustomerId() + "/reviews/" + number;
    }
}
