package io.repertoire.customers;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.ReviewStatus;
import io.repertoire.schemas.state.CustomerState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People answer the questions that rules left open. */
final class ReviewCommands {

    private final DirectoryWork work;
    private final CustomerCommand command;

    ReviewCommands(DirectoryWork work, CustomerCommand command) {
        this.work = work;
        this.command = command;
    }

    /** They are different people: never asked nor merged again. */
    Answer ignore() {
        Review review = review();
        if (review == null) {
            return missing();
        }
        Map<String, CustomerState> owners = work.reviews.reconsider(review, "IGNORE");
        if (review.getStatus() != ReviewStatus.OPEN) {
            return Answer.of(CommandCode.REVIEW_CLOSED);
        }
        CustomerState[] about = owners.values().toArray(new CustomerState[0]);
        if (owners.size() > 1) {
            if (!Distinctions.haveRoom(owners.values())) {
                return Answer.of(CommandCode.TOO_MANY_DECISIONS, about);
            }
            work.distinctions.declare(command.getCommandId(), owners.values());
        }
        work.reviews.ignore(review, command.getActor());
        for (CustomerState owner : owners.values()) {
            work.reviews.reconsider(owner, "DISTINCT");
        }
        return Answer.done("Ignored; it is not asked again.", about);
    }

    /** They are one: the one the command names stays, else the oldest. */
    Answer merge() {
        Review review = review();
        if (review == null) {
            return missing();
        }
        Map<String, CustomerState> owners = work.reviews.reconsider(review, "REVIEW_MERGE");
        if (review.getStatus() != ReviewStatus.OPEN) {
            return Answer.of(CommandCode.REVIEW_CLOSED);
        }
        List<CustomerState> active = active(owners.values());
        if (active.size() < 2) {
            return Answer.of(CommandCode.NOTHING_TO_MERGE);
        }
        CustomerState primary = active.get(0);
        if (command.getCustomerId() != null) {
            CustomerState chosen = work.customers.find(command.getCustomerId().strip());
            CustomerState owner = chosen == null ? null : owners.get(chosen.getCustomerId());
            if (owner == null) {
                return Answer.of(CommandCode.INVALID);
            }
            primary = owner;
        }
        Answer refusal = MergeCommands.refusal(work, primary, without(active, primary));
        if (refusal != null) {
            return refusal;
        }
        for (CustomerState other : without(active, primary)) {
            work.distinctions.lift(command.getCommandId(), primary, other);
            work.merger.absorb(primary, other, "REVIEW_MERGE", "by " + command.getActor());
        }
        review.setClosedBy(command.getActor());
        return Answer.done("Merged.", active.toArray(new CustomerState[0]));
    }

    Answer mergeAll() {
        new Jobs(work).start(JobKind.MERGE_ALL, command);
        return Answer.accepted("Under way; the open reviews are merged in steps.");
    }

    /** The oldest first. */
    static List<CustomerState> active(Collection<CustomerState> customers) {
        var active = new ArrayList<CustomerState>(customers.size());
        for (CustomerState customer : customers) {
            if (customer.getStatus() == CustomerStatus.ACTIVE) {
                active.add(customer);
            }
        }
        active.sort(Comparator.comparingLong(CustomerState::getCreatedSeq));
        return active;
    }

    static List<CustomerState> without(List<CustomerState> customers, CustomerState one) {
        var others = new ArrayList<CustomerState>(customers.size());
        for (CustomerState customer : customers) {
            if (!customer.getCustomerId().equals(one.getCustomerId())) {
                others.add(customer);
            }
        }
        return others;
    }

    private @Nullable Review review() {
        return command.getReviewId() == null
                ? null
                : work.state.get(StateTable.REVIEWS, command.getReviewId().strip());
    }

    private Answer missing() {
        return Answer.of(command.getReviewId() == null ? CommandCode.MISSING_ARGUMENT : CommandCode.UNKNOWN_REVIEW);
    }
}
