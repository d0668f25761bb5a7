package io.repertoire.customers;

import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Questions for people. The same question about the same customers is asked once, whatever became of it. */
final class Reviews {

    private static final int MAX_PER_CUSTOMER = 50;

    private final Workspace work;
    private final List<Review> changed = new ArrayList<>(1);
    private boolean asked;

    Reviews(Workspace work) {
        this.work = work;
    }

    /** True once a question was asked that had not been asked before. */
    boolean asked() {
        return asked;
    }

    void ask(
            ReviewKind kind,
            List<CustomerState> about,
            List<String> sourceKeys,
            String rule,
            @Nullable String evidence,
            @Nullable String importId,
            @Nullable Long line) {
        var ids = new TreeSet<String>();
        for (CustomerState customer : about) {
            ids.add(customer.getCustomerId());
        }
        String reviewId = Ids.reviewId(work.directoryId(), kind.name(), ids);
        if (work.get(StateTable.REVIEWS, reviewId) != null) {
            return;
        }
        var review = new Review(
                work.directoryId(),
                reviewId,
                kind,
                ReviewStatus.OPEN,
                new ArrayList<>(ids),
                new ArrayList<>(sourceKeys),
                rule,
                evidence,
                importId,
                line,
                0L,
                Instant.ofEpochMilli(work.now()),
                null,
                null);
        keep(review);
        asked = true;
        for (CustomerState customer : about) {
            if (customer.getOpenReviews().size() < MAX_PER_CUSTOMER
                    && !customer.getOpenReviews().contains(reviewId)) {
                customer.getOpenReviews().add(reviewId);
                work.put(StateTable.CUSTOMERS, customer.getCustomerId(), customer);
            }
        }
    }

    /** A merge answers the questions between the two, and the survivor inherits the others (P33). */
    void move(CustomerState absorbed, CustomerState survivor, String rule) {
        List<String> open = absorbed.getOpenReviews();
        absorbed.setOpenReviews(new ArrayList<>(0));
        for (String reviewId : open) {
            Review review = work.get(StateTable.REVIEWS, reviewId);
            if (review == null || review.getStatus() != ReviewStatus.OPEN) {
                continue;
            }
            var ids = new TreeSet<>(review.getCustomerIds());
            ids.remove(absorbed.getCustomerId());
            ids.add(survivor.getCustomerId());
            review.setCustomerIds(new ArrayList<>(ids));
            if (ids.size() == 1) {
                review.setStatus(ReviewStatus.MERGED);
                review.setClosedAt(Instant.ofEpochMilli(work.now()));
                review.setClosedBy(rule);
                survivor.getOpenReviews().remove(reviewId);
            } else if (!survivor.getOpenReviews().contains(reviewId)
                    && survivor.getOpenReviews().size() < MAX_PER_CUSTOMER) {
                survivor.getOpenReviews().add(reviewId);
            }
            keep(review);
        }
    }

    /** Sends what was asked or changed, with the version the directory has reached by then. */
    void publish() {
        for (Review review : changed) {
            review.setVersion(work.version());
            work.emit(Output.of(Topics.REVIEWS, Keys.of(work.directoryId(), review.getReviewId()), review));
        }
    }

    private void keep(Review review) {
        if (!changed.contains(review)) {
            changed.add(review);
        }
        work.put(StateTable.REVIEWS, review.getReviewId(), review);
    }
}
