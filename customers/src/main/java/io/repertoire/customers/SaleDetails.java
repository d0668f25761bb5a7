package io.repertoire.customers;

import io.repertoire.customers.text.CardNumbers;
import io.repertoire.schemas.RecordedSale;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleLine;
import io.repertoire.schemas.SalePayment;
import io.repertoire.schemas.state.SaleState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sale, its customer aside. Absent says nothing (P25); of what is said twice the later word counts, whatever
 * order they arrive in (P31); a cancelled sale stays cancelled. Card numbers are taken out of what other producers wrote (P59).
 */
final class SaleDetails {

    private static final int MOST_PAYMENTS = 5_000;

    private SaleDetails() {}

    /** A sale nobody has heard of; a correction may come before its sale, and then says when and where. */
    static RecordedSale first(SaleEvent event) {
        var sale = new RecordedSale(
                event.getDirectoryId(),
                event.getSourceSystem(),
                event.getSaleId(),
                null,
                null,
                event.getEventId(),
                false,
                0L,
                Instant.EPOCH,
                event.getOccurredAt(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new ArrayList<>(0),
                new ArrayList<>(0));
        fill(sale, event, false);
        return sale;
    }

    /** Takes over what the event says of the sale itself. */
    static void say(SaleEvent event, SaleState state) {
        RecordedSale sale = state.getSale();
        switch (event.getOperation()) {
            case RECORD, REFUND -> describe(event, state, sale);
            case PAYMENT -> {
                fill(sale, event, false);
                pay(event, sale);
                if (state.getDescribedAt() == 0) {
                    sale.setTotal(paid(sale));
                }
            }
            case VOID -> {
                fill(sale, event, false);
                sale.setVoided(true);
            }
            default -> {
                // About the customer.
            }
        }
    }

    private static void describe(SaleEvent event, SaleState state, RecordedSale sale) {
        Instant said = event.getObservedAt() == null ? event.getReceivedAt() : event.getObservedAt();
        long at = Math.min(said.toEpochMilli(), event.getReceivedAt().toEpochMilli());
        boolean later = at >= state.getDescribedAt();
        if (later) {
            sale.setOccurredAt(event.getOccurredAt());
            if (state.getDescribedAt() == 0 && event.getTotal() != null) {
                // Until now it was what payments came to.
                sale.setTotal(null);
            }
            state.setDescribedAt(at);
        }
        fill(sale, event, later);
        if (!event.getLines().isEmpty() && (later || sale.getLines().isEmpty())) {
            sale.setLines(lines(event.getLines()));
        }
        if (!event.getPayments().isEmpty() && (later || sale.getPayments().isEmpty())) {
            sale.setPayments(payments(event.getPayments()));
        }
    }

    /** @param replace false: only what is not known yet */
    private static void fill(RecordedSale sale, SaleEvent event, boolean replace) {
        set(sale.getStore(), identifier(event.getStore()), replace, sale::setStore);
        set(sale.getTill(), identifier(event.getTill()), replace, sale::setTill);
        set(sale.getSeller(), identifier(event.getSeller()), replace, sale::setSeller);
        set(sale.getTicketNumber(), identifier(event.getTicketNumber()), replace, sale::setTicketNumber);
        set(sale.getCurrency(), event.getCurrency(), replace, sale::setCurrency);
        set(sale.getTotal(), event.getTotal(), replace, sale::setTotal);
        set(sale.getRefundOf(), event.getRefundOf(), replace, sale::setRefundOf);
    }

    private static <T> void set(@Nullable T held, @Nullable T said, boolean replace, Consumer<T> setter) {
        if (said != null && (replace || held == null)) {
            setter.accept(said);
        }
    }

    private static void pay(SaleEvent event, RecordedSale sale) {
        for (SalePayment payment : payments(event.getPayments())) {
            String reference = payment.getReference();
            boolean known =
                    reference != null && sale.getPayments().removeIf(held -> reference.equals(held.getReference()));
            if (known || sale.getPayments().size() < MOST_PAYMENTS) {
                sale.getPayments().add(payment);
            }
        }
    }

    private static BigDecimal paid(RecordedSale sale) {
        BigDecimal sum = BigDecimal.ZERO.setScale(2);
        for (SalePayment payment : sale.getPayments()) {
            sum = sum.add(payment.getAmount());
        }
        return sum;
    }

    private static List<SaleLine> lines(List<SaleLine> lines) {
        var clean = new ArrayList<SaleLine>(lines.size());
        for (SaleLine line : lines) {
            String description = line.getDescription() == null ? null : CardNumbers.redact(line.getDescription());
            clean.add(new SaleLine(
                    identifier(line.getLineId()),
                    identifier(line.getSku()),
                    description,
                    line.getQuantity(),
                    line.getAmount()));
        }
        return clean;
    }

    private static List<SalePayment> payments(List<SalePayment> payments) {
        var clean = new ArrayList<SalePayment>(payments.size());
        for (SalePayment payment : payments) {
            clean.add(new SalePayment(
                    CardNumbers.redact(payment.getMethod()), payment.getAmount(), identifier(payment.getReference())));
        }
        return clean;
    }

    private static @Nullable String identifier(@Nullable String text) {
        return text == null ? null : CardNumbers.redactIdentifier(text);
    }
}
