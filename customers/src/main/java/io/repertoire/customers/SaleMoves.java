package io.repertoire.customers;

import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sale goes with the source record it was made with: when that goes to another customer by a split, an un-merge or because a
 * look-up turned out to be somebody, the sale gets that customer. A merge and an erasure rewrite no sale: ids merged away are
 * followed when it is read (DESIGN §2). A few at once; more in steps.
 */
final class SaleMoves implements Jobs.Step {

    /** Sales, and source records without any, that are looked at in one step. */
    static final int AT_ONCE = 500;

    /** Names of a job's arguments: the record whose sales it is at, and the next of them. */
    private static final String RECORD = "record";

    private static final String SALE = "sale";

    private final Workspace work;
    private final Members members;
    private final MovedSales moved;

    SaleMoves(Workspace work, Members members, MovedSales moved) {
        this.work = work;
        this.members = members;
        this.moved = moved;
    }

    /** Records came to the customer from another one: their sales follow, by a job if they are many. */
    void begin(String customerId) {
        JobState job = Jobs.blank("sales-" + customerId, JobKind.SALES_FOLLOW, work.now());
        job.setCustomerId(customerId);
        if (run(job) == null) {
            // One that goes on already begins anew: further records may have come.
            work.put(StateTable.JOBS, job.getJobId(), job);
        }
    }

    @Override
    public @Nullable Answer run(JobState job) {
        CustomerState customer = work.customer(String.valueOf(job.getCustomerId()));
        if (customer == null || customer.getStatus() == CustomerStatus.ERASED) {
            return Answer.done("There is nobody whose sales could follow.");
        }
        List<String> keys = members.keys(customer).stream().sorted().toList();
        int left = AT_ONCE;
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            if (job.getCursor() != null && key.compareTo(job.getCursor()) <= 0) {
                continue;
            }
            SourceRecordState record = work.get(StateTable.SOURCE_RECORDS, key);
            String sale = record == null ? null : next(job, record);
            left--;
            while (record != null && sale != null && left > 0) {
                sale = follow(record, sale, job);
                left--;
            }
            if (sale != null) {
                job.getArguments().put(RECORD, key);
                job.getArguments().put(SALE, sale);
                return null;
            }
            job.setCursor(key);
            if (left <= 0 && i + 1 < keys.size()) {
                return null;
            }
        }
        return Answer.done(job.getChanged() + " sales followed.");
    }

    /** The sale to look at first: a step before this one may have stopped in the midst of the record's. */
    private static @Nullable String next(JobState job, SourceRecordState record) {
        return record.getSourceKey().equals(job.getArguments().get(RECORD))
                ? job.getArguments().get(SALE)
                : record.getLastSale();
    }

    /** @return the sale before it of the same record, {@code null} if it was the first */
    private @Nullable String follow(SourceRecordState record, String id, JobState job) {
        SaleState state = work.get(StateTable.SALES, id);
        if (state == null) {
            return null;
        }
        RecordedSale sale = state.getSale();
        if (record.getSourceKey().equals(sale.getSourceKey()) && !isOf(sale.getCustomerId(), record.getCustomerId())) {
            sale.setCustomerId(record.getCustomerId());
            work.put(StateTable.SALES, id, state);
            moved.add(id, sale);
            job.setChanged(job.getChanged() + 1);
        }
        job.setDone(job.getDone() + 1);
        return SaleChain.before(state, record);
    }

    private boolean isOf(@Nullable String customerId, String owner) {
        CustomerState now = customerId == null ? null : work.customer(customerId);
        return now != null && now.getCustomerId().equals(owner);
    }
}
