package io.repertoire.sink;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.sink.ChangeTable.LedgerLine;
import io.repertoire.sink.WithoutErased.Rule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of a record about a customer that was erased since. */
final class ErasureRules {

    /** The row was read, and became what it became. */
    static final Rule<RowOutcome> OF_ROW_OUTCOMES = new Rule<>(
            RowOutcome::getDirectoryId, row -> oneOrNone(row.getCustomerId()), RowOutcome::getVersion, row -> {
                row.setCustomerId(null);
                row.setSourceKey(null);
                row.setProblems(new ArrayList<>(0));
                return row;
            });

    /** That something changed, and when; of the erasure itself everything. */
    static final Rule<CustomerChange> OF_CHANGES = new Rule<>(
            CustomerChange::getDirectoryId,
            change -> change.getType() == ChangeType.ERASED ? List.of() : List.of(change.getCustomerId()),
            CustomerChange::getVersion,
            change -> {
                change.getReason().setRecordId(null);
                change.getReason().setImportId(null);
                change.getReason().setEvidence(null);
                return change;
            });

    /** The sale stays under the id, which says nothing any more. */
    static final Rule<RecordedSale> OF_SALES = new Rule<>(
            RecordedSale::getDirectoryId,
            sale -> sale.getSourceKey() == null ? List.of() : oneOrNone(sale.getCustomerId()),
            RecordedSale::getVersion,
            sale -> {
                sale.setSourceKey(null);
                return sale;
            });

    /** That something was asked, and how it ended. */
    static final Rule<Review> OF_REVIEWS =
            new Rule<>(Review::getDirectoryId, Review::getCustomerIds, Review::getVersion, review -> {
                review.setSourceKeys(new ArrayList<>(0));
                return review;
            });

    /** A deletion follows the image of somebody who was erased; one that is kept for the law has nothing in it. */
    static final Rule<Customer> OF_IMAGES = new Rule<>(
            Customer::getDirectoryId,
            customer -> customer.getStatus() == CustomerStatus.ERASED ? List.of() : List.of(customer.getCustomerId()),
            Customer::getVersion,
            customer -> null);

    /** A rebuild reads again what was said before an erasure, and leaves the ledger that it was taken from. */
    static final Rule<LedgerLine> OF_LEDGER_LINES = new Rule<>(
            line -> line.event().getDirectoryId(),
            line -> List.of(line.event().getCustomerId()),
            line -> line.event().getVersion(),
            line -> null);

    private ErasureRules() {}

    private static List<String> oneOrNone(@Nullable String customerId) {
        return customerId == null ? List.of() : List.of(customerId);
    }
}
