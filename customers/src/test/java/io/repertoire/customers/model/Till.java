package io.repertoire.customers.model;

import io.repertoire.customers.Input;
import io.repertoire.customers.People;
import io.repertoire.schemas.CustomerReference;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Sales with a customer's details, with a customer named, known or not told of yet, with neither; and corrections of them. */
final class Till {

    private final Random random;
    private final History history;
    private final SlowDirectory model;
    private final SlowSales sales;
    private final Town town;

    Till(Random random, History history, SlowDirectory model, SlowSales sales, Town town) {
        this.random = random;
        this.history = history;
        this.model = model;
        this.sales = sales;
        this.town = town;
    }

    /** @return what was sold, for messages */
    String anySale(int step, Instant now) {
        List<String> known = sales.sales();
        boolean corrects = !known.isEmpty() && random.nextInt(3) == 0;
        String saleId = corrects ? known.get(random.nextInt(known.size())) : "sale-" + step;
        SaleOperation operation = SaleOperation.RECORD;
        if (corrects) {
            operation = List.of(SaleOperation.ATTACH, SaleOperation.REPLACE, SaleOperation.REMOVE)
                    .get(random.nextInt(3));
        }
        Said typed = null;
        SlowCustomer named = null;
        Key key = null;
        var reference = new CustomerReference(null, null, null);
        if (random.nextInt(4) > 0) {
            Said any = town.next(step, now);
            typed = new Said("till/event-" + step, "till", any.id(), now, any.fields());
            if (any.id() != null) {
                key = new Key(Key.Kind.ID, "till/" + any.id());
                reference.setSourceCustomerId(any.id());
            }
        }
        if (key == null && random.nextInt(3) == 0) {
            named = model.customers.get(random.nextInt(model.customers.size()));
            reference.setCustomerId(model.idOf(named));
        } else if (typed == null && random.nextInt(3) == 0) {
            String id = town.anyId();
            key = new Key(Key.Kind.ID, "till/" + id);
            reference.setSourceCustomerId(id);
        } else if (key == null && random.nextInt(6) == 0) {
            key = new Key(Key.Kind.CARD, "card-" + random.nextInt(20));
            reference.setLoyaltyCard(key.value());
        }
        SaleEvent event = event(step, saleId, operation, reference, typed, now);
        history.apply(new Input.Sale(event));
        sales.event(saleId, operation, now, typed, named, key);
        return event.toString();
    }

    private static SaleEvent event(
            int step,
            String saleId,
            SaleOperation operation,
            CustomerReference reference,
            @Nullable Said typed,
            Instant now) {
        return SaleEvent.newBuilder()
                .setEventId("event-" + step)
                .setDirectoryId(People.DIRECTORY)
                .setSourceSystem("till")
                .setSaleId(saleId)
                .setOperation(operation)
                .setReference(reference)
                .setCustomer(typed == null ? null : typed.details())
                .setReceivedAt(now)
                .setOccurredAt(now)
                .setTotal(new BigDecimal("12.50"))
                .build();
    }
}
