package io.repertoire.customers.model;

import io.repertoire.schemas.SaleOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose each sale is: the latest event that speaks of a customer says so, and says nothing of who is who (P11). One that names a record
 * nobody has told of yet, or a card nobody has, speaks once that is told of.
 */
final class SlowSales {

    /** What a sale points to: a source record, or else a customer; or it waits for what that key names. */
    private record Pointer(
            Instant at,
            @Nullable SlowRecord record,
            @Nullable SlowCustomer customer,
            @Nullable Key awaited) {}

    private final SlowDirectory directory;
    private final Map<String, List<Pointer>> events = new LinkedHashMap<>();

    SlowSales(SlowDirectory directory) {
        this.directory = directory;
    }

    /** Whether a sale waits for the record, or for the card, that somebody is about to tell of. */
    boolean isAwaited(Said said) {
        return events.values().stream()
                .flatMap(List::stream)
                .map(Pointer::awaited)
                .anyMatch(key -> key != null
                        && key.value()
                                .equals(
                                        key.kind() == Key.Kind.CARD
                                                ? said.fields().get("card")
                                                : said.key()));
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
            pointers.add(new Pointer(at, null, null, null));
            return;
        }
        SlowRecord described = details == null ? null : directory.hearEvent(details);
        boolean suppressed = details != null && directory.heard == SlowDirectory.Heard.SUPPRESSED;
        SlowCustomer named = id;
        if (named == null && key != null && directory.holders(key).size() == 1) {
            named = directory.holders(key).get(0);
        }
        named = named == null ? null : named.today();
        SlowRecord own = key != null && key.kind() == Key.Kind.ID ? directory.find(key.value()) : null;
        if (named != null && named.isActive() && (described == null || directory.ownerOf(described) != named)) {
            boolean byRecord = own != null && directory.ownerOf(own) == named;
            pointers.add(byRecord ? new Pointer(at, own, null, null) : new Pointer(at, null, named, null));
        } else if (described != null) {
            pointers.add(new Pointer(at, described, null, null));
        } else if (named == null && !suppressed && mayCome(key)) {
            pointers.removeIf(earlier -> earlier.awaited != null);
            pointers.add(new Pointer(at, null, null, key));
        }
    }

    private boolean mayCome(@Nullable Key key) {
        if (key == null || directory.suppressed.contains(key)) {
            return false;
        }
        return key.kind() == Key.Kind.ID
                ? directory.find(key.value()) == null
                : directory.holders(key).isEmpty();
    }

    /** After each input: what was waited for may be there. */
    void settle() {
        for (List<Pointer> pointers : events.values()) {
            pointers.replaceAll(pointer -> pointer.awaited == null ? pointer : settled(pointer, pointer.awaited));
        }
    }

    private Pointer settled(Pointer pointer, Key key) {
        if (key.kind() == Key.Kind.ID) {
            SlowRecord record = directory.find(key.value());
            return record == null ? pointer : new Pointer(pointer.at, record, null, null);
        }
        List<SlowCustomer> holders = directory.holders(key);
        return holders.size() == 1 ? new Pointer(pointer.at, null, holders.get(0), null) : pointer;
    }

    /** @return {@code null} if it is nobody's */
    @Nullable
    SlowCustomer owner(String saleId) {
        Pointer last = null;
        for (Pointer pointer : events.getOrDefault(saleId, List.of())) {
            boolean speaks = pointer.awaited == null && (last == null || !pointer.at.isBefore(last.at));
            last = speaks ? pointer : last;
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
