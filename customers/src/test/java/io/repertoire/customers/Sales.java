package io.repertoire.customers;

import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmittedCustomer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Sales as a till tells of them. */
final class Sales {

    private Sales() {}

    /** On {@link People#DAY}, of which nothing is said but that it was. */
    static SaleEvent event(String eventId, SaleOperation operation, String saleId) {
        return event(eventId, operation, saleId, null, null, People.DAY);
    }

    static SaleEvent event(
            String eventId,
            SaleOperation operation,
            String saleId,
            @Nullable CustomerReference reference,
            @Nullable SubmittedCustomer customer,
            Instant at) {
        return new SaleEvent(
                eventId,
                People.DIRECTORY,
                "till",
                saleId,
                operation,
                null,
                reference,
                customer,
                People.RECEIVED,
                at,
                "Laval",
                "2",
                null,
                "T1",
                "CAD",
                new BigDecimal("12.50"),
                null,
                new ArrayList<>(),
                new ArrayList<>(),
                null);
    }
}
