package io.repertoire.customers;

import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.SourceRecordState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Questions for people. The same question about the same customers is asked once, whatever became of it. A review names source
 * records, one of each customer it is about, and follows them: who they belong to is looked up anew whenever customers are merged,
 * taken apart, archived, declared different or erased (P33).
 */
final class Reviews {

    private final Workspace work;
    private final Members members;
    private final ReviewList lists;
    private final Map<String, Review> changed = new LinkedHashMap<>(2);
    private boolean asked;

    Reviews(Workspace work, Members members) {
        this.work = work;
        this.members = members;
        this.lists = new ReviewList(work);
    }

    /** True once a question was asked that had not been asked before. */
    boolean asked() {
        return asked;
    }

    /**
     * @param sourceKeys records concerned; of a customer that holds none of them its first one is added
     * @param cause the row or event that it follows from
     */
    void ask(
            ReviewKind kind,
            List<CustomerState> about,
            List<String> sourceKeys,
            String rule,
            @Nullable String evidence,
            @Nullable CustomerSubmission cause) {
        var customers = new TreeMap<String, CustomerState>();
        for (CustomerState customer : about) {
            customers.put(customer.getCustomerId(), customer);
        }
        String reviewId = Ids.reviewId(work.directoryId(), kind.name(), customers.keySet());
        Review known = work.get(StateTable.REVIEWS, reviewId);
        if (known != null) {
            if (isOfRights(known) && known.getStatus() != ReviewStatus.OPEN) {
                // People may ask again, however it was answered before.
                set(known, ReviewStatus.OPEN, rule);
            }
            return;
        }
        var review = new Review(
                work.directoryId(),
                reviewId,
                kind,
                ReviewStatus.OPEN,
                new ArrayList<>(customers.keySet()),
                recordsOf(customers.values(), sourceKeys),
                rule,
                evidence,
                cause == null ? null : cause.getImportId(),
                cause == null ? null : cause.getLine(),
                0L,
                Instant.ofEpochMilli(work.now()),
                null,
                null);
        if (status(review, customers) != ReviewStatus.OPEN) {
            // Answered before it is asked: people said that they are not one (P14), or put one of them away.
            return;
        }
        keep(review);
        asked = true;
        for (CustomerState customer : customers.values()) {
            lists.add(customer, reviewId);
        }
    }

    /** Of each customer at least one. */
    private List<String> recordsOf(Iterable<CustomerState> customers, List<String> sourceKeys) {
        var keys = new LinkedHashSet<>(sourceKeys);
        for (CustomerState customer : customers) {
            if (!holdsOneOf(customer, sourceKeys)) {
                String first = members.first(customer);
                if (first != null) {
                    keys.add(first);
                }
            }
        }
        return new ArrayList<>(keys);
    }

    private boolean holdsOneOf(CustomerState customer, List<String> sourceKeys) {
        for (String key : sourceKeys) {
            SourceRecordState record = work.get(StateTable.SOURCE_RECORDS, key);
            if (record != null && record.getCustomerId().equals(customer.getCustomerId())) {
                return true;
            }
        }
        return false;
    }

    /** Looks again at everything that was asked about a customer. The caller has put whatever changed about it. */
    void reconsider(CustomerState customer, String why) {
        for (String reviewId : lists.of(customer)) {
            Review review = work.get(StateTable.REVIEWS, reviewId);
            if (review != null) {
                reconsider(review, why);
            }
        }
    }

    /**
     * @param why rule, command or person that leads to this: it closes the review, if it closes
     * @return the customers it is about now, by id
     */
    Map<String, CustomerState> reconsider(Review review, String why) {
        Map<String, CustomerState> owners = owners(review);
        for (String before : review.getCustomerIds()) {
            if (!owners.containsKey(before)) {
                unlist(before, review.getReviewId());
            }
        }
        for (CustomerState owner : owners.values()) {
            lists.add(owner, review.getReviewId());
        }
        if (review.getStatus() == ReviewStatus.IGNORED
                && review.getCustomerIds().size() == 1) {
            // Between two, what people said hangs on the records themselves, and is seen there.
            return owners;
        }
        ReviewStatus status = status(review, owners);
        var ids = new TreeSet<>(owners.keySet());
        if (ids.size() == 1 && isBetween(review) && status == ReviewStatus.OBSOLETE) {
            // One of two is left, the other erased: still a question of two, which nothing opens again.
            addErased(ids, review.getCustomerIds());
        }
        var about = new ArrayList<>(ids);
        if (status != review.getStatus() || !about.equals(review.getCustomerIds())) {
            if (!about.isEmpty()) {
                review.setCustomerIds(about);
            }
            set(review, status, why);
        }
        return owners;
    }

    private void addErased(Set<String> ids, List<String> before) {
        for (String id : before) {
            CustomerState customer = work.get(StateTable.CUSTOMERS, id);
            if (customer == null || customer.getStatus() == CustomerStatus.ERASED) {
                ids.add(id);
            }
        }
    }

    /** A person's answer that they are not one, which stays whatever happens to them. */
    void ignore(Review review, String who) {
        set(review, ReviewStatus.IGNORED, who);
    }

    /** It should not have been asked: it is closed for everybody, and may be asked again. */
    void withdraw(Review review, String why) {
        if (review.getStatus() != ReviewStatus.OBSOLETE) {
            set(review, ReviewStatus.OBSOLETE, why);
        }
        for (String customerId : review.getCustomerIds()) {
            unlist(customerId, review.getReviewId());
        }
        work.delete(StateTable.REVIEWS, review.getReviewId());
    }

    /** The customers that hold its source records now, by id; erased ones hold none. */
    Map<String, CustomerState> owners(Review review) {
        var owners = new TreeMap<String, CustomerState>();
        for (String key : review.getSourceKeys()) {
            SourceRecordState record = work.get(StateTable.SOURCE_RECORDS, key);
            CustomerState owner = record == null ? null : work.customer(record.getCustomerId());
            if (owner != null && owner.getStatus() != CustomerStatus.ERASED) {
                owners.put(owner.getCustomerId(), owner);
            }
        }
        return owners;
    }

    private static ReviewStatus status(Review review, Map<String, CustomerState> owners) {
        if (isOfRights(review)) {
            // The right is that of an archived customer too.
            return owners.isEmpty() ? ReviewStatus.OBSOLETE : ReviewStatus.OPEN;
        }
        // One that was about a single customer from the start can only become pointless.
        boolean between = isBetween(review);
        int active = 0;
        for (CustomerState owner : owners.values()) {
            active += owner.getStatus() == CustomerStatus.ACTIVE ? 1 : 0;
        }
        if (!between) {
            return active == 0 ? ReviewStatus.OBSOLETE : ReviewStatus.OPEN;
        }
        if (owners.size() == 1) {
            // One record left: the others' were erased, and nobody was made one with anybody.
            return review.getSourceKeys().size() > 1 ? ReviewStatus.MERGED : ReviewStatus.OBSOLETE;
        }
        if (active < 2) {
            return ReviewStatus.OBSOLETE;
        }
        return Distinctions.areAllApart(owners.values()) ? ReviewStatus.IGNORED : ReviewStatus.OPEN;
    }

    /** What a person has a right to; their customer may have become several meanwhile. */
    private static boolean isOfRights(Review review) {
        return review.getKind() == ReviewKind.DATA_REQUEST || review.getKind() == ReviewKind.ERASURE_REQUEST;
    }

    private static boolean isBetween(Review review) {
        return review.getCustomerIds().size() > 1 || review.getStatus() == ReviewStatus.MERGED;
    }

    private void set(Review review, ReviewStatus status, String why) {
        boolean open = status == ReviewStatus.OPEN;
        if (status != review.getStatus()) {
            review.setClosedAt(open ? null : Instant.ofEpochMilli(work.now()));
            review.setClosedBy(open ? null : why);
        }
        review.setStatus(status);
        keep(review);
    }

    private void unlist(String customerId, String reviewId) {
        CustomerState customer = work.get(StateTable.CUSTOMERS, customerId);
        if (customer != null) {
            lists.remove(customer, reviewId);
        }
    }

    /** Sends what was asked or changed, with the version the directory has reached by then. */
    void publish() {
        for (Review review : changed.values()) {
            review.setVersion(work.version());
            work.emit(Output.of(Topics.REVIEWS, Keys.of(work.directoryId(), review.getReviewId()), review));
        }
        changed.clear();
    }

    private void keep(Review review) {
        changed.put(review.getReviewId(), review);
        work.put(StateTable.REVIEWS, review.getReviewId(), review);
    }
}
