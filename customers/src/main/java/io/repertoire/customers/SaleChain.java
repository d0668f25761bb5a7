package io.repertoire.customers;

import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import org.jspecify.annotations.Nullable;

/** The sales made with one source record: the record names the last of them, and each names the one before it. */
final class SaleChain {

    /** Source records that one sale is known to have been made with. */
    private static final int MOST_RECORDS = 32;

    /** Before the first sale. */
    private static final String NONE = "";

    private final Workspace work;

    SaleChain(Workspace work) {
        this.work = work;
    }

    /** The sale is the last one of its source record now: should that go to another customer, it finds all of them. */
    void add(SaleState state, String id) {
        String key = state.getSale().getSourceKey();
        if (key == null
                || state.getPrevious().containsKey(key)
                || state.getPrevious().size() >= MOST_RECORDS) {
            return;
        }
        SourceRecordState record = work.get(StateTable.SOURCE_RECORDS, key);
        if (record != null) {
            state.getPrevious().put(key, record.getLastSale() == null ? NONE : record.getLastSale());
            record.setLastSale(id);
            work.put(StateTable.SOURCE_RECORDS, key, record);
        }
    }

    /** The sale of the same source record before this one; {@code null} if it was the first. */
    static @Nullable String before(SaleState state, SourceRecordState record) {
        String before = state.getPrevious().get(record.getSourceKey());
        return NONE.equals(before) ? null : before;
    }
}
