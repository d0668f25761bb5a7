package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.identity.IdentifierKind;
import io.repertoire.customers.identity.Identifiers;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CardOnFile;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmissionOperation;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a submission without the state of its directory. The machine begins with it, so whoever checks a file before
 * any row of it is sent finds just what the machine would. Thread-safe.
 */
public final class SubmissionCheck {

    /** An event may be this far ahead of its receipt before anyone is told that its clock is wrong (P31). */
    private static final long CLOCK_TOLERANCE_MILLIS = 24 * 60 * 60 * 1000L;

    private final CustomerNormaliser normaliser;
    private final Function<String, DirectoryPolicy> policies;

    /** @param policies the policy of a directory, by its id: those that the machine goes by */
    public SubmissionCheck(CustomerNormaliser normaliser, Function<String, DirectoryPolicy> policies) {
        this.normaliser = normaliser;
        this.policies = policies;
    }

    /** The problems of a row of an import, if one of them is an error: it is rejected whatever the directory holds. Else none. */
    public List<Problem> errors(CustomerSubmission row, ImportMode mode) {
        if (SourceSystems.mayNotSay(row.getSourceSystem(), row.getImportId())) {
            return List.of(ProblemCode.SOURCE_RESERVED.problem("source_system", null));
        }
        DirectoryPolicy policy = policies.apply(row.getDirectoryId());
        Checked checked = of(row, mode, normaliser, policy, row.getReceivedAt().toEpochMilli());
        List<Problem> problems = checked.problems();
        NormalisedCustomer said = checked.said();
        if (said != null && mode != ImportMode.UPDATE_BY_ID && !namesOne(row, said)) {
            // One without an id is new, unless this very content was taken before more was asked of new ones.
            for (String field : policy.required().missing(said)) {
                problems.add(0, ProblemCode.FIELD_REQUIRED.problem(field, null));
            }
        }
        return hasError(problems) ? problems : List.of();
    }

    /**
     * @param problems open to change
     * @param said null if it was not worth being read
     */
    record Checked(List<Problem> problems, @Nullable NormalisedCustomer said, long observedAt) {}

    static Checked of(
            CustomerSubmission submission,
            ImportMode mode,
            CustomerNormaliser normaliser,
            DirectoryPolicy policy,
            long received) {
        var problems = new ArrayList<Problem>(submission.getProblems());
        long observedAt = submission.getObservedAt().toEpochMilli();
        if (submission.getCustomer() == null) {
            if (!hasError(problems)) {
                problems.add(ProblemCode.UNREADABLE.problem(null, null));
            }
            return new Checked(problems, null, observedAt);
        }
        if (hasError(problems)) {
            return new Checked(problems, null, observedAt);
        }
        if (submission.getOperation() != SubmissionOperation.UPSERT
                && submission.getOperation() != SubmissionOperation.CONSENT) {
            problems.add(ProblemCode.OPERATION_NOT_SUPPORTED.problem(null, null));
            return new Checked(problems, null, observedAt);
        }
        if (observedAt > received) {
            if (observedAt > received + CLOCK_TOLERANCE_MILLIS) {
                problems.add(ProblemCode.EVENT_TIME_IN_FUTURE.problem(null, null));
            }
            observedAt = received;
        }
        CustomerNormaliser.Normalised normalised =
                normaliser.normalise(submission.getCustomer(), submission.getRegion(), observedAt, policy);
        problems.addAll(normalised.problems());
        notLater(normalised.customer().getCards(), Instant.ofEpochMilli(received));
        if (mode == ImportMode.UPDATE_BY_ID
                && !hasError(problems)
                && !namesSomebody(submission, normalised.customer(), policy)) {
            problems.add(ProblemCode.UNKNOWN_ID.problem(null, null));
        }
        return new Checked(problems, normalised.customer(), observedAt);
    }

    /** What is said to be so only later would stand against every word that comes before then (P31). */
    private static void notLater(List<CardOnFile> cards, Instant received) {
        for (int i = 0; i < cards.size(); i++) {
            CardOnFile card = cards.get(i);
            if (card.getAsOf() != null && card.getAsOf().isAfter(received)) {
                card.setAsOf(received);
            }
            if (card.getRemovedAt() != null && card.getRemovedAt().isAfter(received)) {
                card.setRemovedAt(received);
            }
        }
    }

    /** By an id of any system; who that is only the state knows. */
    private static boolean namesSomebody(
            CustomerSubmission submission, NormalisedCustomer said, DirectoryPolicy policy) {
        if (namesOne(submission, said)) {
            return true;
        }
        for (Identifier identifier : Identifiers.of(submission.getSourceSystem(), null, said, policy)) {
            if (identifier.kind() == IdentifierKind.EXTERNAL_ID) {
                return true;
            }
        }
        return false;
    }

    /** By our own id or code, or by the id of the system that speaks. */
    private static boolean namesOne(CustomerSubmission submission, NormalisedCustomer said) {
        return submission.getSourceCustomerId() != null
                || (SubmissionKey.isOwnExport(submission.getSourceSystem())
                        && (said.getCustomerId() != null || said.getCode() != null));
    }

    static boolean hasError(List<Problem> problems) {
        for (int i = 0; i < problems.size(); i++) {
            if (problems.get(i).getSeverity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }
}
