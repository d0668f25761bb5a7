package io.repertoire.customers.model;

import io.repertoire.schemas.SaleOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose each sale is: the latest event that speaks of a customer says so, and says nothing of who is who (P11). */
final class SlowSales {

    /** What a sale points to: a source record, or else a customer. */
    private record Pointer(
            Instant at,
            @Nullable SlowRecord record,
            @Nullable SlowCustomer customer) {}

    private final SlowDirectory directory;
    private final Map<String, List<Pointer>> events = new LinkedHashMap<>();

    SlowSales(SlowDirectory directory) {
        this.directory = directory;
    }

    List<String> sales() {
        return List.copyOf(events.keySet());
    }

    /**
     * @param details what the till noted of the customer: a submission like any other
     * @param id a customer it names
     * @param key an identifier of a customer it names
     */
    void event(
            String saleId,
            SaleOperation operation,
            Instant at,
            @Nullable Said details,
            @Nullable SlowCustomer id,
            @Nullable Key key) {
        List<Pointer> pointers = events.computeIfAbsent(saleId, k -> new ArrayList<>());
        if (operation == SaleOperation.REMOVE) {
            pointers.add(new Pointer(at, null, null));
            return;
        }
        SlowRecord described = details == null ? null : directory.hear(details);
        SlowCustomer named = id;
        if (named == null && key != null && directory.holders(key).size() == 1) {
            named = directory.holders(key).get(0);
        }
        named = named == null ? null : named.today();
        if (named != null && named.isActive() && (described == null || directory.ownerOf(described) != named)) {
            pointers.add(new Pointer(at, null, named));
        } else if (described != null) {
            pointers.add(new Pointer(at, described, null));
        }
    }

    /** @return {@code null} if it is nobody's */
    @Nullable
    SlowCustomer owner(String saleId) {
        Pointer last = null;
        for (Pointer pointer : events.getOrDefault(saleId, List.of())) {
            last = last == null || !pointer.at.isBefore(last.at) ? pointer : last;
        }
        if (last == null) {
            return null;
        }
        if (last.record != null) {
            // An erased person's record is gone; the sale stays with the anonymous id.
            return directory.records.contains(last.record) ? directory.ownerOf(last.record) : null;
        }
        return last.customer == null ? null : last.customer.today();
    }

    /** Whether the sale points to a record that an erasure destroyed. */
    boolean isOrphan(String saleId) {
        return events.getOrDefault(saleId, List.of()).stream()
                .anyMatch(p -> p.record != null && !directory.records.contains(p.record));
    }
}
