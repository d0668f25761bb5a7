package io.repertoire.customers;

import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.JobKind;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.CustomerState;
import io.repertoire.schemas.state.JobState;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sale goes with the source record it was made with: when that goes to another customer by a split, an un-merge or because a
 * look-up turned out to be somebody, the sale is sent once more with that customer. A merge and an erasure rewrite no sale: ids
 * merged away are followed when it is read (DESIGN §2). A few at once; more in steps.
 */
final class SaleMoves implements Jobs.Step {

    static final int AT_ONCE = 500;

    /** Source records that one sale is known to have been made with. */
    private static final int MOST_RECORDS = 32;

    /** Names of a job's arguments: the record whose sales it is at, and the next of them. */
    private static final String RECORD = "record";

    private static final String SALE = "sale";

    private final Workspace work;
    private final Members members;
    private final Map<String, RecordedSale> moved = new LinkedHashMap<>(0);

    SaleMoves(Workspace work, Members members) {
        this.work = work;
        this.members = members;
    }

    /** Once the images are sent: what follows from records that changed hands with this input. */
    void publish() {
        for (String customerId : work.salesToFollow()) {
            JobState job = Jobs.blank("sales-" + customerId, JobKind.SALES_FOLLOW, work.now());
            job.setCustomerId(customerId);
            if (run(job) == null) {
                // One that goes on already begins anew: further records may have come.
                work.put(StateTable.JOBS, job.getJobId(), job);
            }
        }
        moved.forEach((id, sale) -> {
            sale.setVersion(work.version());
            work.emit(Output.of(Topics.RECORDED_SALES, Keys.of(work.directoryId(), id), sale));
        });
        moved.clear();
    }

    /** A sale got its customer: it is sent with the others, once the images are. */
    void send(String id, RecordedSale sale) {
        moved.put(id, sale);
    }

    /** The sale is the last one of its source record now: should that go to another customer, it finds all of them. */
    static void chain(Workspace work, SaleState state, String id) {
        String key = state.getSale().getSourceKey();
        if (key == null
                || state.getPrevious().containsKey(key)
                || state.getPrevious().size() >= MOST_RECORDS) {
            return;
        }
        SourceRecordState record = work.get(StateTable.SOURCE_RECORDS, key);
        if (record != null) {
            state.getPrevious().put(key, record.getLastSale() == null ? "" : record.getLastSale());
            record.setLastSale(id);
            work.put(StateTable.SOURCE_RECORDS, key, record);
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
            String sale = record == null ? null : record.getLastSale();
            if (key.equals(job.getArguments().get(RECORD))) {
                sale = job.getArguments().get(SALE);
            }
            left--;
            while (record != null && sale != null && !sale.isEmpty() && left > 0) {
                sale = follow(record, sale, job);
                left--;
            }
            if (sale != null && !sale.isEmpty()) {
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

    /** @return the sale before it of the same record; empty or {@code null} if it was the first */
    private @Nullable String follow(SourceRecordState record, String id, JobState job) {
        SaleState state = work.get(StateTable.SALES, id);
        if (state == null) {
            return null;
        }
        RecordedSale sale = state.getSale();
        if (record.getSourceKey().equals(sale.getSourceKey()) && !isOf(sale.getCustomerId(), record.getCustomerId())) {
            sale.setCustomerId(record.getCustomerId());
            work.put(StateTable.SALES, id, state);
            moved.put(id, sale);
            job.setChanged(job.getChanged() + 1);
        }
        job.setDone(job.getDone() + 1);
        return state.getPrevious().get(record.getSourceKey());
    }

    private boolean isOf(@Nullable String customerId, String owner) {
        CustomerState now = customerId == null ? null : work.customer(customerId);
        return now != null && now.getCustomerId().equals(owner);
    }
}
