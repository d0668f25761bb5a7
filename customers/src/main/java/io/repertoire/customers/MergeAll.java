package io.repertoire.customers;

import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewKind;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges what every open review is about, in steps: each looks at so many reviews at most, and stops earlier once it has moved so
 * many source records. Reviews raised after the command are not its business. Left open are those that are no question of two
 * being one, those of customers that people said are different, and those whose customers would become too large.
 */
final class MergeAll implements Jobs.Step {

    private static final int REVIEWS = 200;
    private static final int RECORDS = 2_000;

    private final DirectoryWork work;

    MergeAll(DirectoryWork work) {
        this.work = work;
    }

    @Override
    public @Nullable Answer run(JobState job) {
        List<String> ids = work.state.keys(StateTable.REVIEWS, job.getCursor(), REVIEWS);
        int moved = 0;
        for (int i = 0; i < ids.size() && moved < RECORDS; i++) {
            moved += merge(ids.get(i), job);
            job.setCursor(ids.get(i));
            job.setDone(job.getDone() + 1);
        }
        boolean over = ids.size() < REVIEWS
                && (ids.isEmpty() || ids.get(ids.size() - 1).equals(job.getCursor()));
        return over ? Answer.done(job.getChanged() + " reviews merged, " + job.getLeft() + " left as they are.") : null;
    }

    /** @return source records it had to move and reviews it had to look at */
    private int merge(String reviewId, JobState job) {
        Review review = work.state.get(StateTable.REVIEWS, reviewId);
        if (review == null
                || review.getStatus() != ReviewStatus.OPEN
                || review.getRaisedAt().toEpochMilli() > job.getStartedAt()) {
            return 0;
        }
        var owners = work.reviews.reconsider(review, "REVIEW_MERGE_ALL").values();
        if (review.getStatus() != ReviewStatus.OPEN) {
            return 0;
        }
        List<CustomerState> active = ReviewCommands.active(owners);
        if (!isAboutOnePerson(review.getKind()) || active.size() < 2 || isAnyPairApart(active)) {
            job.setLeft(job.getLeft() + 1);
            return 0;
        }
        CustomerState primary = active.get(0);
        List<CustomerState> others = new ArrayList<>(active.subList(1, active.size()));
        if (MergeCommands.refusal(work, primary, others) != null) {
            job.setLeft(job.getLeft() + 1);
            return 0;
        }
        int moved = 0;
        for (CustomerState other : others) {
            moved += other.getMemberCount() + ReviewList.atMost(primary);
            work.merger.absorb(primary, other, "REVIEW_MERGE_ALL", "by " + job.getActor());
        }
        review.setClosedBy(job.getActor());
        job.setChanged(job.getChanged() + 1);
        return moved;
    }

    private static boolean isAboutOnePerson(ReviewKind kind) {
        return switch (kind) {
            case POSSIBLE_DUPLICATE, BRIDGE, ROLE_ADDRESS, CREATE_ONLY_MATCH, TOO_MANY_CONTACTS -> true;
            case RECYCLED_ID, SHARED_IDENTIFIER, DATA_REQUEST, ERASURE_REQUEST, OTHER -> false;
        };
    }

    private static boolean isAnyPairApart(List<CustomerState> customers) {
        for (int i = 0; i < customers.size(); i++) {
            for (int j = i + 1; j < customers.size(); j++) {
                if (Distinctions.areApart(customers.get(i), customers.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }
}
