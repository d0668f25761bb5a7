package io.repertoire.customers;

import io.repertoire.customers.contact.BlockList;
import io.repertoire.customers.normalise.DefaultCustomerNormaliser;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.SubmittedCustomer;
import io.repertoire.schemas.state.NormalisedCustomer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a source says into what is held, hashed and merged, and lists everything wrong with it. Pure: the same input gives
 * the same output for one {@link #version()}. Thread-safe.
 */
public interface CustomerNormaliser {

    /**
     * @param customer as submitted; not changed
     * @param region the submission's country, alpha-2, if it named one; the row's own country comes first, then this, then the
     *     directory's default
     * @param observedAtMillis event time, for consent statements without a date of their own
     */
    Normalised normalise(
            SubmittedCustomer customer, @Nullable String region, long observedAtMillis, DirectoryPolicy policy);

    /** The rules and lists of this version. Holds a few megabytes and takes a moment to make: make one and share it. */
    static CustomerNormaliser standard() {
        return with(BlockList.shipped());
    }

    /** The same with another list of contact points that are nobody's. */
    static CustomerNormaliser with(BlockList blockList) {
        return new DefaultCustomerNormaliser(blockList);
    }

    /** Raised whenever the same input may give another output. */
    int version();

    /**
     * Reads the contact points that a source record holds once more, as they were typed: lists, numbering plans and the directory's
     * policy may say something else of them than when they came (P1 to P3, P20). What was understood as a number stays that
     * number. Consents stay with the contact points they were said of.
     *
     * @param content changed in place
     * @param region as in {@link #normalise}
     * @return whether anything changed
     */
    boolean reread(NormalisedCustomer content, @Nullable String region, DirectoryPolicy policy);

    /** Names the lists and numbering plans it goes by: a short text, another one whenever one of them is. */
    String lists();

    /**
     * @param customer what is held; present even when rejected, so that counts and evidence can be shown
     * @param problems every problem found; one of severity ERROR rejects the record
     */
    record Normalised(NormalisedCustomer customer, List<Problem> problems) {
        public Normalised {
            problems = List.copyOf(problems);
        }

        public boolean rejected() {
            return problems.stream().anyMatch(p -> p.getSeverity() == Severity.ERROR);
        }
    }
}
