package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.ingest.vendor.VendorEvent.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Clover's webhooks say only which objects changed; {@link #fetched} reads what its REST interface then shows. Of a card on file
 * nothing but token, last four and expiry is taken.
 */
public final class CloverMessages {

    public static final String SYSTEM = "clover";

    static final String CUSTOMER = "C";
    static final String ORDER = "O";
    static final String PAYMENT = "P";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int MOST = 10_000;

    private CloverMessages() {}

    /** @param merchant the only merchant to listen to; {@code null}: any */
    public static Translation translate(JsonNode message, @Nullable String merchant) {
        String code = Parts.text(message, "verificationCode");
        if (code != null) {
            return CODE.matcher(code).matches()
                    ? new Translation.Verification(code)
                    : new Translation.Refused("The verification code does not look like one of Clover's.");
        }
        JsonNode merchants = message.path("merchants");
        if (!merchants.isObject()) {
            return new Translation.Refused("A Clover message has \"merchants\".");
        }
        // Of several changes of one thing the last is what its REST interface shows.
        Map<String, VendorEvent> events = new LinkedHashMap<>();
        Instant newest = null;
        for (var entry : merchants.properties()) {
            boolean listened = merchant == null || merchant.equals(entry.getKey());
            for (JsonNode change : listened && ID.matcher(entry.getKey()).matches()
                    ? Parts.list(entry.getValue())
                    : List.<JsonNode>of()) {
                Instant at = Parts.millis(change.path("ts"));
                VendorEvent event = change(entry.getKey(), change, at);
                if (event != null && events.size() < MOST) {
                    events.put(entry.getKey() + '/' + Parts.text(change, "objectId"), event);
                    newest = newest == null || (at != null && at.isAfter(newest)) ? at : newest;
                }
            }
        }
        return events.isEmpty()
                ? new Translation.Ignored("Nothing in the message is a customer, an order or a payment.")
                : new Translation.Events(List.copyOf(events.values()), newest);
    }

    private static @Nullable VendorEvent change(String merchant, JsonNode change, @Nullable Instant at) {
        String object = Parts.text(change, "objectId");
        int colon = object == null ? -1 : object.indexOf(':');
        if (object == null
                || colon < 0
                || !ID.matcher(object.substring(colon + 1)).matches()) {
            return null;
        }
        String kind = object.substring(0, colon);
        String id = object.substring(colon + 1);
        String eventId = EventIds.of(merchant, kind, id, at == null ? "" : Long.toString(at.toEpochMilli()));
        boolean deleted = change.path("type").asText().equals("DELETE");
        return switch (kind) {
            case CUSTOMER ->
                deleted
                        ? new VendorEvent.Deleted(SYSTEM + '-' + eventId, SYSTEM, id)
                        : new VendorEvent.ToFetch(new Reference(SYSTEM, merchant, kind, id, at));
            case ORDER ->
                deleted
                        ? Canonical.sale(SYSTEM, eventId, id, "VOID")
                                .occurred(at)
                                .observed(at)
                                .done()
                        : new VendorEvent.ToFetch(new Reference(SYSTEM, merchant, kind, id, at));
            case PAYMENT -> deleted ? null : new VendorEvent.ToFetch(new Reference(SYSTEM, merchant, kind, id, at));
            default -> null;
        };
    }

    /** What Clover's REST interface showed of a record. Empty if it is nothing of use. */
    public static List<VendorEvent> fetched(Reference reference, JsonNode shown) {
        String id = Parts.text(shown, "id");
        if (id == null || !id.equals(reference.id())) {
            return List.of();
        }
        Instant at = reference.at();
        // What was fetched twice and is the same is the same event.
        String eventId = EventIds.of(
                reference.account(),
                reference.kind(),
                id,
                EventIds.hash(shown.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        var events = new ArrayList<VendorEvent>(1);
        switch (reference.kind()) {
            case CUSTOMER -> customer(shown, id, eventId, at, events);
            case ORDER -> order(shown, id, eventId, at, events);
            case PAYMENT -> payment(shown, id, eventId, at, events);
            default -> {
                // Never asked for.
            }
        }
        return events;
    }

    private static List<JsonNode> elements(JsonNode holder, String name) {
        return Parts.list(Parts.at(holder, name, "elements"));
    }

    private static void customer(
            JsonNode shown, String id, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        Canonical canonical = Canonical.customer(SYSTEM, eventId, id).observed(at);
        ObjectNode out = canonical.details();
        Parts.put(out, "given_name", Parts.text(shown, "firstName"));
        Parts.put(out, "family_name", Parts.text(shown, "lastName"));
        JsonNode metadata = shown.path("metadata");
        Parts.put(out, "company_name", Parts.text(metadata, "businessName"));
        Parts.put(out, "notes", Parts.text(metadata, "note"));
        ArrayNode emails = Canonical.array();
        for (JsonNode email : elements(shown, "emailAddresses")) {
            String address = Parts.text(email, "emailAddress");
            if (address != null) {
                emails.add(address);
            }
        }
        Parts.put(out, "emails", emails);
        ArrayNode phones = Canonical.array();
        for (JsonNode phone : elements(shown, "phoneNumbers")) {
            String number = Parts.text(phone, "phoneNumber");
            if (number != null) {
                phones.add(number);
            }
        }
        Parts.put(out, "phones", phones);
        ArrayNode addresses = Canonical.array();
        for (JsonNode address : elements(shown, "addresses")) {
            Parts.add(addresses, address(address));
        }
        Parts.put(out, "addresses", addresses);
        ArrayNode consents = Canonical.array();
        // Clover does not say when; false is how every customer begins (P36).
        Canonical.consent(
                consents,
                "EMAIL",
                Parts.isTrue(shown, "marketingAllowed") ? "GRANTED" : null,
                null,
                "Clover marketingAllowed");
        Parts.put(out, "consents", consents);
        Parts.put(out, "cards", cards(shown));
        if (canonical.hasDetails()) {
            events.add(canonical.done());
        }
    }

    private static ObjectNode address(JsonNode address) {
        ObjectNode out = Canonical.object();
        Parts.put(out, "line1", Parts.text(address, "address1"));
        Parts.put(out, "line2", Parts.text(address, "address2"));
        Parts.put(out, "line3", Parts.text(address, "address3"));
        Parts.put(out, "city", Parts.text(address, "city"));
        Parts.put(out, "region", Parts.text(address, "state"));
        Parts.put(out, "postal_code", Parts.text(address, "zip"));
        Parts.put(out, "country", Parts.text(address, "country"));
        return out;
    }

    private static ArrayNode cards(JsonNode shown) {
        ArrayNode cards = Canonical.array();
        for (JsonNode card : elements(shown, "cards")) {
            ObjectNode out = Canonical.object();
            Parts.put(out, "token", Parts.text(card, "token"));
            if (!out.isEmpty()) {
                Parts.put(out, "brand", Parts.text(card, "cardType"));
                Parts.put(out, "last4", Parts.text(card, "last4"));
                String expiry = Parts.text(card, "expirationDate");
                Parts.put(
                        out,
                        "expiry",
                        expiry != null && expiry.matches("[0-9]{4}")
                                ? expiry.substring(0, 2) + '/' + expiry.substring(2)
                                : expiry);
                cards.add(out);
            }
        }
        return cards;
    }

    private static void order(
            JsonNode shown, String id, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        String currency = Parts.code(Parts.text(shown, "currency"), 3);
        ArrayNode lines = Canonical.array();
        for (JsonNode line : elements(shown, "lineItems")) {
            ObjectNode out = Canonical.object();
            Parts.put(out, "line_id", Parts.text(line, "id"));
            Parts.put(out, "sku", Parts.first(Parts.text(line, "itemCode"), Parts.text(line, "item", "id")));
            Parts.put(out, "description", Parts.text(line, "name"));
            // In thousandths, for what is sold by weight; absent for one piece.
            BigDecimal thousandths = Parts.number(Parts.text(line, "unitQty"));
            BigDecimal quantity = thousandths == null ? BigDecimal.ONE : thousandths.movePointLeft(3);
            Parts.put(out, "quantity", quantity);
            BigDecimal price = Parts.minor(Parts.text(line, "price"), currency);
            boolean whole = price != null
                    && price.multiply(quantity).stripTrailingZeros().scale() <= 2;
            Parts.put(out, "amount", whole && price != null ? price.multiply(quantity) : null);
            lines.add(out);
        }
        ArrayNode payments = Canonical.array();
        for (JsonNode payment : elements(shown, "payments")) {
            addPayment(payment, currency, payments);
        }
        Instant modified = Parts.millis(shown.path("modifiedTime"));
        String customer = Parts.text(shown, "customer", "id");
        List<JsonNode> customers = elements(shown, "customers");
        events.add(Canonical.sale(SYSTEM, eventId, id, "RECORD")
                .occurred(Parts.millis(shown.path("createdTime")))
                .observed(modified == null ? at : modified)
                .ownedBy(customer == null && !customers.isEmpty() ? Parts.text(customers.get(0), "id") : customer)
                .say("till", Parts.text(shown, "device", "id"))
                .say("seller", Parts.text(shown, "employee", "id"))
                .say("ticket_number", Parts.text(shown, "title"))
                .say("currency", currency)
                .amount("total", Parts.minor(Parts.text(shown, "total"), currency))
                .list("lines", lines)
                .list("payments", payments)
                .done());
    }

    private static void addPayment(JsonNode payment, @Nullable String currency, ArrayNode payments) {
        BigDecimal amount = Parts.minor(Parts.text(payment, "amount"), currency);
        BigDecimal tip = Parts.minor(Parts.text(payment, "tipAmount"), currency);
        boolean failed = !payment.path("result").asText("SUCCESS").equals("SUCCESS");
        if (amount != null) {
            BigDecimal whole = tip == null ? amount : amount.add(tip);
            payments.add(Canonical.payment(
                    Parts.text(payment, "tender", "label"),
                    failed ? BigDecimal.ZERO : whole,
                    Parts.text(payment, "id")));
        }
    }

    private static void payment(
            JsonNode shown, String id, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        ArrayNode payments = Canonical.array();
        addPayment(shown, null, payments);
        if (payments.isEmpty()) {
            return;
        }
        String order = Parts.text(shown, "order", "id");
        Instant modified = Parts.millis(shown.path("modifiedTime"));
        events.add(Canonical.sale(SYSTEM, eventId, order == null ? "payment-" + id : order, "PAYMENT")
                .occurred(Parts.millis(shown.path("createdTime")))
                .observed(modified == null ? at : modified)
                .say("till", Parts.text(shown, "device", "id"))
                .say("seller", Parts.text(shown, "employee", "id"))
                .list("payments", payments)
                .done());
    }
}
