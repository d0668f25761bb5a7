package io.repertoire.customers;

import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.DirectoryState;
import io.repertoire.schemas.state.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy, a list or a numbering plan says other things than before: the contact points of every source record are read once more,
 * as they were typed (P20), and every golden record is computed anew, in steps (DESIGN §2). Who is who stays: a policy decides of
 * rows to come, never of merges that were made. An image that stays the same is not sent.
 */
final class Recompute implements Jobs.Step {

    private static final int CUSTOMERS = 500;
    private static final int RECORDS = 2_000;

    private final DirectoryWork work;

    Recompute(DirectoryWork work) {
        this.work = work;
    }

    /** Starts the job if the directory's golden records were computed with another policy than the one in force. */
    static void inspect(DirectoryWork work, Jobs jobs) {
        DirectoryState directory = work.state.directory();
        String policy = work.state.policyFingerprint();
        if (directory.getVersion() == 0 || policy.equals(directory.getPolicy())) {
            return;
        }
        work.state.computedWith(policy);
        jobs.start(JobKind.RECOMPUTE, "recompute-" + policy);
    }

    @Override
    public @Nullable Answer run(JobState job) {
        List<String> ids = work.state.keys(StateTable.CUSTOMERS, job.getCursor(), CUSTOMERS);
        int records = 0;
        for (int i = 0; i < ids.size() && records < RECORDS; i++) {
            records += recompute(ids.get(i));
            job.setCursor(ids.get(i));
            job.setDone(job.getDone() + 1);
        }
        new SharedIdentifiers(work).ask(null);
        boolean over = ids.size() < CUSTOMERS
                && (ids.isEmpty() || ids.get(ids.size() - 1).equals(job.getCursor()));
        return over ? Answer.done(job.getDone() + " customers looked at.") : null;
    }

    private int recompute(String customerId) {
        CustomerState customer = work.state.get(StateTable.CUSTOMERS, customerId);
        if (customer == null
                || (customer.getStatus() != CustomerStatus.ACTIVE && customer.getStatus() != CustomerStatus.ARCHIVED)) {
            return 0;
        }
        work.customers.reread(customer, work.normaliser);
        work.state.touch(customerId, "POLICY_CHANGED");
        return customer.getMemberCount();
    }
}
