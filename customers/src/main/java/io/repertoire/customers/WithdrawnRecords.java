package io.repertoire.customers;

import io.repertoire.schemas.Review;
import io.repertoire.schemas.state.CustomerState;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Questions about a customer some of whose source records are gone: another one of it takes their place. */
final class WithdrawnRecords {

    private final Workspace work;
    private final Members members;
    private final Reviews reviews;

    WithdrawnRecords(Workspace work, Members members, Reviews reviews) {
        this.work = work;
        this.members = members;
        this.reviews = reviews;
    }

    /** @param gone source keys that are no longer its members */
    void forget(CustomerState customer, Set<String> gone) {
        for (String reviewId : new ReviewList(work).of(customer)) {
            Review review = work.get(StateTable.REVIEWS, reviewId);
            if (review == null || review.getSourceKeys().stream().noneMatch(gone::contains)) {
                continue;
            }
            var keys = new ArrayList<>(review.getSourceKeys());
            keys.removeAll(gone);
            @Nullable String first = members.first(customer);
            if (first != null && keys.stream().noneMatch(key -> isOf(key, customer))) {
                keys.add(first);
            }
            review.setSourceKeys(keys);
            work.put(StateTable.REVIEWS, reviewId, review);
            reviews.reconsider(review, ImportUndo.RULE);
        }
    }

    private boolean isOf(String key, CustomerState customer) {
        var record = work.get(StateTable.SOURCE_RECORDS, key);
        return record != null && record.getCustomerId().equals(customer.getCustomerId());
    }
}
