package io.repertoire.sink;

import io.repertoire.schemas.ChangeType;
import io.repertoire.schemas.Customer;
import io.repertoire.schemas.CustomerChange;
import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.RowOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of a record about a customer that was erased since. */
final class ErasureRules {

    private ErasureRules() {}

    /** The row was read, and became what it became. */
    static final class OfRowOutcomes implements WithoutErased.Rule<RowOutcome> {
        @Override
        public String directoryId(RowOutcome row) {
            return row.getDirectoryId();
        }

        @Override
        public List<String> customerIds(RowOutcome row) {
            return row.getCustomerId() == null ? List.of() : List.of(row.getCustomerId());
        }

        @Override
        public long version(RowOutcome row) {
            return row.getVersion();
        }

        @Override
        public RowOutcome stripped(RowOutcome row) {
            row.setCustomerId(null);
            row.setSourceKey(null);
            row.setProblems(new ArrayList<>(0));
            return row;
        }
    }

    /** That something changed, and when; of the erasure itself everything. */
    static final class OfChanges implements WithoutErased.Rule<CustomerChange> {
        @Override
        public String directoryId(CustomerChange change) {
            return change.getDirectoryId();
        }

        @Override
        public List<String> customerIds(CustomerChange change) {
            return change.getType() == ChangeType.ERASED ? List.of() : List.of(change.getCustomerId());
        }

        @Override
        public long version(CustomerChange change) {
            return change.getVersion();
        }

        @Override
        public CustomerChange stripped(CustomerChange change) {
            change.getReason().setRecordId(null);
            change.getReason().setImportId(null);
            change.getReason().setEvidence(null);
            return change;
        }
    }

    /** The sale stays under the id, which says nothing any more. */
    static final class OfSales implements WithoutErased.Rule<RecordedSale> {
        @Override
        public String directoryId(RecordedSale sale) {
            return sale.getDirectoryId();
        }

        @Override
        public List<String> customerIds(RecordedSale sale) {
            return sale.getCustomerId() == null || sale.getSourceKey() == null
                    ? List.of()
                    : List.of(sale.getCustomerId());
        }

        @Override
        public long version(RecordedSale sale) {
            return sale.getVersion();
        }

        @Override
        public RecordedSale stripped(RecordedSale sale) {
            sale.setSourceKey(null);
            return sale;
        }
    }

    /** That something was asked, and how it ended. */
    static final class OfReviews implements WithoutErased.Rule<Review> {
        @Override
        public String directoryId(Review review) {
            return review.getDirectoryId();
        }

        @Override
        public List<String> customerIds(Review review) {
            return review.getCustomerIds();
        }

        @Override
        public long version(Review review) {
            return review.getVersion();
        }

        @Override
        public Review stripped(Review review) {
            review.setSourceKeys(new ArrayList<>(0));
            return review;
        }
    }

    /** A deletion follows the image of somebody who was erased; one that is kept for the law has nothing in it. */
    static final class OfImages implements WithoutErased.Rule<Customer> {
        @Override
        public String directoryId(Customer customer) {
            return customer.getDirectoryId();
        }

        @Override
        public List<String> customerIds(Customer customer) {
            return customer.getStatus() == CustomerStatus.ERASED ? List.of() : List.of(customer.getCustomerId());
        }

        @Override
        public long version(Customer customer) {
            return customer.getVersion();
        }

        @Override
        public @Nullable Customer stripped(Customer customer) {
            return null;
        }
    }
}
