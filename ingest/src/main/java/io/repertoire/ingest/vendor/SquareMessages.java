package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Square's webhooks. An order tells of itself little more than its id, a payment belongs to an order, and neither says who bought
 * beyond Square's id of the customer. A merge at Square makes a new customer and deletes the old ones; each of those messages
 * names both in {@code event_context.merge}.
 */
public final class SquareMessages {

    public static final String SYSTEM = "square";

    private SquareMessages() {}

    public static Translation translate(JsonNode message) {
        String type = Parts.text(message, "type");
        String eventId = Parts.text(message, "event_id");
        JsonNode object = Parts.at(message, "data", "object");
        if (type == null || eventId == null || !message.path("data").isObject()) {
            return new Translation.Refused("A Square message has \"type\", \"event_id\" and \"data\".");
        }
        Instant at = Parts.time(Parts.text(message, "created_at"));
        var events = new ArrayList<VendorEvent>(2);
        String id = EventIds.of(eventId);
        switch (type) {
            case "customer.created", "customer.updated" -> customer(message, object, id, at, events);
            case "customer.deleted" -> deleted(message, object, id, events);
            case "payment.created", "payment.updated" -> payment(object.path("payment"), id, at, events);
            case "refund.created", "refund.updated" -> refund(object.path("refund"), id, at, events);
            case "order.created" -> order(object.path("order_created"), id, at, events);
            case "order.updated" -> order(object.path("order_updated"), id, at, events);
            case "card.created", "card.updated", "card.automatically_updated" ->
                card(object.path("card"), false, id, at, events);
            case "card.disabled", "card.forgotten" -> card(object.path("card"), true, id, at, events);
            case "loyalty.account.created", "loyalty.account.updated" ->
                loyalty(object.path("loyalty_account"), id, at, events);
            default -> {
                return new Translation.Ignored("Messages of this type tell nothing of customers or sales.");
            }
        }
        return events.isEmpty()
                ? new Translation.Ignored("The message names nobody and nothing to record.")
                : new Translation.Events(events, at);
    }

    private static void customer(
            JsonNode message, JsonNode object, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        JsonNode customer = object.path("customer");
        String id = Parts.first(Parts.text(customer, "id"), Parts.text(message, "data", "id"));
        if (id == null) {
            return;
        }
        Instant updated = Parts.time(Parts.text(customer, "updated_at"));
        Canonical canonical = Canonical.customer(SYSTEM, eventId, id).observed(updated == null ? at : updated);
        describe(customer, updated == null ? at : updated, canonical.details());
        if (canonical.hasDetails()) {
            events.add(canonical.done());
        }
        merges(message, object, eventId, events);
    }

    private static void describe(JsonNode customer, @Nullable Instant at, ObjectNode out) {
        Parts.put(out, "given_name", Parts.text(customer, "given_name"));
        Parts.put(out, "family_name", Parts.text(customer, "family_name"));
        Parts.put(out, "company_name", Parts.text(customer, "company_name"));
        Parts.put(out, "email", Parts.text(customer, "email_address"));
        Parts.put(out, "phone", Parts.text(customer, "phone_number"));
        Parts.put(out, "birth_date", birthday(Parts.text(customer, "birthday")));
        Parts.put(out, "notes", Parts.text(customer, "note"));
        Parts.put(out, "vat", Parts.text(customer, "tax_ids", "eu_vat"));
        ObjectNode address = address(customer.path("address"));
        Parts.put(out, "address", address);
        ArrayNode consents = Canonical.array();
        // Not having unsubscribed is not consent (P36).
        String unsubscribed = Parts.isTrue(customer, "preferences", "email_unsubscribed") ? "DENIED" : null;
        Canonical.consent(consents, "EMAIL", unsubscribed, at, "Square email_unsubscribed");
        Parts.put(out, "consents", consents);
        ObjectNode attributes = Canonical.object();
        Parts.put(attributes, "nickname", Parts.text(customer, "nickname"));
        Parts.put(attributes, "reference_id", Parts.text(customer, "reference_id"));
        Parts.put(attributes, "creation_source", Parts.text(customer, "creation_source"));
        var groups = new ArrayList<String>();
        customer.path("group_ids").forEach(group -> groups.add(group.asText()));
        Parts.put(attributes, "group_ids", String.join(", ", groups));
        Parts.put(out, "attributes", attributes);
    }

    /** Square writes the year 0000 where it is not known. */
    private static @Nullable String birthday(@Nullable String date) {
        return date != null && date.startsWith("0000-") ? "--" + date.substring(5) : date;
    }

    private static ObjectNode address(JsonNode address) {
        ObjectNode out = Canonical.object();
        Parts.put(out, "line1", Parts.text(address, "address_line_1"));
        Parts.put(out, "line2", Parts.text(address, "address_line_2"));
        Parts.put(out, "line3", Parts.text(address, "address_line_3"));
        Parts.put(out, "city", Parts.text(address, "locality"));
        Parts.put(out, "region", Parts.text(address, "administrative_district_level_1"));
        Parts.put(out, "postal_code", Parts.text(address, "postal_code"));
        Parts.put(out, "country", Parts.text(address, "country"));
        return out;
    }

    private static void deleted(JsonNode message, JsonNode object, String eventId, List<VendorEvent> events) {
        if (merges(message, object, eventId, events)) {
            return;
        }
        String id = Parts.first(Parts.text(object, "customer", "id"), Parts.text(message, "data", "id"));
        if (id != null) {
            events.add(new VendorEvent.Deleted(SYSTEM + '-' + eventId, SYSTEM, id));
        }
    }

    /** False if it is not about a merge. */
    private static boolean merges(JsonNode message, JsonNode object, String eventId, List<VendorEvent> events) {
        JsonNode merge = null;
        for (JsonNode holder : List.of(object, object.path("customer"), message.path("data"), message)) {
            JsonNode found = Parts.at(holder, "event_context", "merge");
            merge = found.isObject() && merge == null ? found : merge;
        }
        String kept = merge == null ? null : Parts.text(merge, "to_customer_id");
        if (merge == null || kept == null) {
            return false;
        }
        for (JsonNode from : merge.path("from_customer_ids")) {
            String absorbed = from.isTextual() ? from.asText() : "";
            if (!absorbed.isBlank() && !absorbed.equals(kept)) {
                events.add(new VendorEvent.Merged(EventIds.of(SYSTEM, eventId, absorbed), SYSTEM, kept, absorbed));
            }
        }
        return true;
    }

    private static void payment(JsonNode payment, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        String id = Parts.text(payment, "id");
        String status = payment.path("status").asText();
        if (id == null || status.equals("PENDING")) {
            return;
        }
        boolean failed = status.equals("CANCELED") || status.equals("FAILED");
        JsonNode money =
                payment.path("total_money").isObject() ? payment.path("total_money") : payment.path("amount_money");
        BigDecimal amount = failed ? BigDecimal.ZERO : money(money);
        if (amount == null) {
            return;
        }
        Instant updated = Parts.time(Parts.text(payment, "updated_at"));
        ArrayNode payments = Canonical.array();
        payments.add(Canonical.payment(method(payment), amount, id));
        events.add(Canonical.sale(SYSTEM, eventId, saleOf(Parts.text(payment, "order_id"), id), "PAYMENT")
                .occurred(Parts.time(Parts.text(payment, "created_at")))
                .observed(updated == null ? at : updated)
                .ownedBy(Parts.text(payment, "customer_id"))
                .say("store", Parts.text(payment, "location_id"))
                .say("till", Parts.text(payment, "device_details", "device_name"))
                .say("seller", Parts.first(Parts.text(payment, "team_member_id"), Parts.text(payment, "employee_id")))
                .say("ticket_number", Parts.text(payment, "receipt_number"))
                .say("currency", Parts.code(Parts.text(money, "currency"), 3))
                .list("payments", payments)
                .done());
    }

    private static String saleOf(@Nullable String orderId, String paymentId) {
        return orderId == null ? "payment-" + paymentId : orderId;
    }

    private static @Nullable String method(JsonNode payment) {
        String type = Parts.text(payment, "source_type");
        String brand = Parts.text(payment, "card_details", "card", "card_brand");
        String method = type == null ? null : type.toLowerCase(Locale.ROOT);
        return method == null || brand == null ? method : method + ' ' + brand.toLowerCase(Locale.ROOT);
    }

    private static @Nullable BigDecimal money(JsonNode money) {
        return Parts.minor(Parts.text(money, "amount"), Parts.text(money, "currency"));
    }

    private static void refund(JsonNode refund, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        String id = Parts.text(refund, "id");
        BigDecimal amount = money(refund.path("amount_money"));
        if (id == null || amount == null) {
            return;
        }
        String status = refund.path("status").asText();
        boolean failed = status.equals("REJECTED") || status.equals("FAILED");
        String payment = Parts.text(refund, "payment_id");
        String order = Parts.text(refund, "order_id");
        Instant updated = Parts.time(Parts.text(refund, "updated_at"));
        ArrayNode payments = Canonical.array();
        payments.add(Canonical.payment("refund", amount.negate(), Parts.first(payment, id)));
        events.add(Canonical.sale(SYSTEM, eventId, "refund-" + id, failed ? "VOID" : "REFUND")
                .refundOf(order == null && payment == null ? null : saleOf(order, String.valueOf(payment)))
                .occurred(Parts.time(Parts.text(refund, "created_at")))
                .observed(updated == null ? at : updated)
                .say("store", Parts.text(refund, "location_id"))
                .say("currency", Parts.code(Parts.text(refund, "amount_money", "currency"), 3))
                .amount("total", amount.negate())
                .list("payments", payments)
                .done());
    }

    private static void order(JsonNode order, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        String id = Parts.text(order, "order_id");
        String state = order.path("state").asText();
        if (id == null || state.equals("DRAFT")) {
            return;
        }
        Instant updated = Parts.time(Parts.text(order, "updated_at"));
        events.add(Canonical.sale(SYSTEM, eventId, id, state.equals("CANCELED") ? "VOID" : "RECORD")
                .occurred(Parts.time(Parts.text(order, "created_at")))
                .observed(updated == null ? at : updated)
                .say("store", Parts.text(order, "location_id"))
                .done());
    }

    /** The token, brand, last four and expiry; Square shows no more, and of its first six digits nothing is taken. */
    private static void card(
            JsonNode card, boolean gone, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        String customer = Parts.text(card, "customer_id");
        String token = Parts.text(card, "id");
        boolean removed = gone || !card.path("enabled").asBoolean(true);
        if (customer == null || token == null || (removed && at == null)) {
            return;
        }
        Canonical canonical = Canonical.customer(SYSTEM, eventId, customer).observed(at);
        ObjectNode out = Canonical.object();
        out.put("token", token);
        Parts.put(out, "brand", Parts.text(card, "card_brand"));
        Parts.put(out, "last4", Parts.text(card, "last_4"));
        Parts.put(out, "expiry", expiry(card.path("exp_month"), card.path("exp_year")));
        Parts.put(out, "authorisation", Parts.text(card, "reference_id"));
        Parts.put(out, "removed_at", removed ? at : null);
        canonical.details().putArray("cards").add(out);
        events.add(canonical.done());
    }

    private static @Nullable String expiry(JsonNode month, JsonNode year) {
        boolean good = month.isInt() && year.isInt() && month.asInt() >= 1 && month.asInt() <= 12;
        return good ? String.format(Locale.ROOT, "%02d/%02d", month.asInt(), Math.floorMod(year.asInt(), 100)) : null;
    }

    private static void loyalty(JsonNode account, String eventId, @Nullable Instant at, List<VendorEvent> events) {
        String customer = Parts.text(account, "customer_id");
        if (customer == null) {
            return;
        }
        Instant updated = Parts.time(Parts.text(account, "updated_at"));
        Canonical canonical = Canonical.customer(SYSTEM, eventId, customer).observed(at == null ? updated : at);
        ObjectNode loyalty = Canonical.object();
        Parts.put(loyalty, "points", Parts.text(account, "balance"));
        Parts.put(canonical.details(), "loyalty", loyalty);
        if (canonical.hasDetails()) {
            events.add(canonical.done());
        }
    }
}
