package io.repertoire.customers;

import io.repertoire.schemas.Keys;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sales that got another customer with this input: each is sent once more, behind that customer's image. */
final class MovedSales {

    private final Workspace work;
    private final Members members;
    private final Map<String, RecordedSale> moved = new LinkedHashMap<>(0);

    MovedSales(Workspace work, Members members) {
        this.work = work;
        this.members = members;
    }

    /** The caller puts the sale. */
    void add(String id, RecordedSale sale) {
        moved.put(id, sale);
    }

    /** Once the images are sent; with the sales that follow the records which changed hands. */
    void publish() {
        for (String customerId : work.salesToFollow()) {
            new SaleMoves(work, members, this).begin(customerId);
        }
        moved.forEach((id, sale) -> {
            sale.setVersion(work.version());
            work.emit(Output.of(Topics.RECORDED_SALES, Keys.of(work.directoryId(), id), sale));
        });
        moved.clear();
    }
}
