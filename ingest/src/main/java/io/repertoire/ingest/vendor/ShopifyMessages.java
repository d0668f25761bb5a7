package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.ingest.vendor.VendorEvent.DataRequested;
import io.repertoire.ingest.vendor.VendorEvent.Deleted;
import io.repertoire.ingest.vendor.VendorEvent.Redacted;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shopify's webhooks: the bare resource, what it is about in a header. Only the body is signed, so the header is believed only
 * where the body has the shape that goes with it, and the event's id is made of the body: sent again under another id it is still
 * the same event.
 */
public final class ShopifyMessages {

    public static final String SYSTEM = "shopify";

    private static final List<String> OF_A_CUSTOMER = List.of("email", "first_name", "phone", "addresses");

    private ShopifyMessages() {}

    /**
     * @param topic the header X-Shopify-Topic
     * @param bytes the body, of which {@code message} was read
     */
    public static Translation translate(String topic, JsonNode message, byte[] bytes) {
        String id = Parts.text(message, "id");
        String eventId = eventId(topic, bytes);
        boolean customer = OF_A_CUSTOMER.stream().anyMatch(message::has);
        boolean order = message.has("line_items");
        boolean refund = message.has("order_id") && message.has("refund_line_items");
        var events = new ArrayList<VendorEvent>(2);
        switch (topic) {
            case "customers/create", "customers/update", "customers/enable", "customers/disable" -> {
                if (id == null || order || !customer) {
                    return wrongShape();
                }
                customer(message, id, eventId, events);
            }
            case "customers/delete" -> {
                // A customer's other messages, replayed under this topic, must not archive anyone.
                if (id == null || order || customer) {
                    return wrongShape();
                }
                events.add(new Deleted(SYSTEM + '-' + eventId, SYSTEM, id));
            }
            case "orders/create",
                    "orders/updated",
                    "orders/paid",
                    "orders/edited",
                    "orders/fulfilled",
                    "orders/partially_fulfilled",
                    "orders/cancelled" -> {
                if (id == null || !order) {
                    return wrongShape();
                }
                order(message, id, eventId, events);
            }
            case "refunds/create" -> {
                if (id == null || !refund) {
                    return wrongShape();
                }
                refund(message, id, eventId, events);
            }
            case "customers/redact", "customers/data_request" -> {
                String person = Parts.text(message, "customer", "id");
                boolean redact = topic.equals("customers/redact");
                // Either has what the other has not: a replay of one must not be taken for the other.
                boolean shaped = message.has("shop_domain") && message.has("data_request") != redact;
                if (person == null || !shaped) {
                    return wrongShape();
                }
                String commandId = SYSTEM + '-' + eventId;
                events.add(
                        redact
                                ? new Redacted(commandId, SYSTEM, person)
                                : new DataRequested(commandId, SYSTEM, person));
            }
            case "shop/redact" -> {
                return new Translation.Noticed(
                        "Shopify asks that what came from a shop be erased, since its app was removed there. Nothing was"
                                + " erased: docs/privacy.md says how.");
            }
            default -> {
                return new Translation.Ignored("Messages of this topic tell nothing of customers or sales.");
            }
        }
        return events.isEmpty()
                ? new Translation.Ignored("The message names nobody and nothing to record.")
                : new Translation.Events(events, null);
    }

    private static Translation wrongShape() {
        return new Translation.Refused("The body is not what X-Shopify-Topic says it is.");
    }

    private static String eventId(String topic, byte[] bytes) {
        byte[] head = (topic + '\n').getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        return EventIds.hash(whole);
    }

    private static void customer(JsonNode message, String id, String eventId, List<VendorEvent> events) {
        Canonical canonical =
                Canonical.customer(SYSTEM, eventId, id).observed(Parts.time(Parts.text(message, "updated_at")));
        describe(message, canonical.details());
        if (canonical.hasDetails()) {
            events.add(canonical.done());
        }
    }

    private static void describe(JsonNode customer, ObjectNode out) {
        Parts.put(out, "given_name", Parts.text(customer, "first_name"));
        Parts.put(out, "family_name", Parts.text(customer, "last_name"));
        Parts.put(out, "email", Parts.text(customer, "email"));
        Parts.put(out, "phone", Parts.text(customer, "phone"));
        Parts.put(out, "preferred_language", Parts.text(customer, "locale"));
        Parts.put(out, "notes", Parts.text(customer, "note"));
        Parts.put(out, "company_name", Parts.text(customer, "default_address", "company"));
        ArrayNode tags = Canonical.array();
        String given = Parts.text(customer, "tags");
        for (String tag : given == null ? List.<String>of() : Arrays.asList(given.split(",", -1))) {
            if (!tag.isBlank() && tags.size() < 1_000) {
                tags.add(tag.strip());
            }
        }
        Parts.put(out, "tags", tags);
        ArrayNode addresses = Canonical.array();
        List<JsonNode> all = Parts.list(customer.path("addresses"));
        if (all.isEmpty()) {
            all = Parts.list(customer.path("default_address"));
        }
        for (JsonNode address : all) {
            Parts.add(addresses, address(address, null));
        }
        Parts.put(out, "addresses", addresses);
        ArrayNode consents = Canonical.array();
        JsonNode email = customer.path("email_marketing_consent");
        consent(consents, "EMAIL", email);
        consent(consents, "SMS", customer.path("sms_marketing_consent"));
        if (!email.isObject() && Parts.isTrue(customer, "accepts_marketing")) {
            Canonical.consent(
                    consents,
                    "EMAIL",
                    "GRANTED",
                    Parts.time(Parts.text(customer, "accepts_marketing_updated_at")),
                    "Shopify accepts_marketing");
        }
        Parts.put(out, "consents", consents);
    }

    /** Never having subscribed is no decision (P36). */
    private static void consent(ArrayNode consents, String channel, JsonNode consent) {
        String state = consent.path("state").asText();
        String status =
                switch (state) {
                    case "subscribed" -> "GRANTED";
                    case "unsubscribed" -> "DENIED";
                    default -> null;
                };
        Canonical.consent(
                consents,
                channel,
                status,
                Parts.time(Parts.text(consent, "consent_updated_at")),
                "Shopify " + channel + " consent "
                        + consent.path("opt_in_level").asText());
    }

    private static ObjectNode address(JsonNode address, @Nullable String type) {
        ObjectNode out = Canonical.object();
        Parts.put(out, "line1", Parts.text(address, "address1"));
        Parts.put(out, "line2", Parts.text(address, "address2"));
        Parts.put(out, "city", Parts.text(address, "city"));
        Parts.put(out, "region", Parts.first(Parts.text(address, "province_code"), Parts.text(address, "province")));
        Parts.put(out, "postal_code", Parts.text(address, "zip"));
        Parts.put(out, "country", Parts.first(Parts.text(address, "country_code"), Parts.text(address, "country")));
        if (!out.isEmpty()) {
            Parts.put(out, "type", type);
        }
        return out;
    }

    private static void order(JsonNode order, String id, String eventId, List<VendorEvent> events) {
        Instant updated = Parts.time(Parts.text(order, "updated_at"));
        Instant created = Parts.time(Parts.first(Parts.text(order, "processed_at"), Parts.text(order, "created_at")));
        JsonNode customer = order.path("customer");
        ArrayNode payments = Canonical.array();
        for (JsonNode transaction : Parts.list(order.path("transactions"))) {
            payment(transaction, false, payments);
        }
        Canonical canonical = Canonical.sale(SYSTEM, eventId, id, "RECORD")
                .occurred(created)
                .observed(updated)
                .ownedBy(Parts.text(customer, "id"))
                .say("store", Parts.first(Parts.text(order, "location_id"), Parts.text(order, "source_name")))
                .say("till", Parts.text(order, "device_id"))
                .say("seller", Parts.text(order, "user_id"))
                .say("ticket_number", Parts.first(Parts.text(order, "name"), Parts.text(order, "order_number")))
                .say("currency", Parts.code(Parts.text(order, "currency"), 3))
                .say("region", Parts.code(Parts.text(order, "billing_address", "country_code"), 2))
                .amount("total", Parts.number(Parts.text(order, "total_price")))
                .list("lines", lines(order))
                .list("payments", payments);
        buyer(order, customer, canonical.details());
        events.add(canonical.done());
        if (Parts.text(order, "cancelled_at") != null) {
            events.add(Canonical.sale(SYSTEM, eventId + "-void", id, "VOID")
                    .occurred(created)
                    .observed(updated)
                    .done());
        }
    }

    /** The account's own details; those typed at the checkout where there is no account. */
    private static void buyer(JsonNode order, JsonNode customer, ObjectNode out) {
        if (customer.isObject()) {
            describe(customer, out);
        }
        if (Parts.text(customer, "id") != null) {
            return;
        }
        JsonNode billing = order.path("billing_address");
        if (out.isEmpty()) {
            Parts.put(out, "given_name", Parts.text(billing, "first_name"));
            Parts.put(out, "family_name", Parts.text(billing, "last_name"));
            Parts.put(out, "company_name", Parts.text(billing, "company"));
            Parts.put(out, "email", Parts.first(Parts.text(order, "contact_email"), Parts.text(order, "email")));
            Parts.put(out, "phone", Parts.first(Parts.text(order, "phone"), Parts.text(billing, "phone")));
            ArrayNode addresses = Canonical.array();
            Parts.add(addresses, address(billing, "BILLING"));
            Parts.put(out, "addresses", addresses);
        }
    }

    private static ArrayNode lines(JsonNode order) {
        ArrayNode lines = Canonical.array();
        boolean taxIncluded = Parts.isTrue(order, "taxes_included");
        for (JsonNode line : Parts.list(order.path("line_items"))) {
            ObjectNode out = Canonical.object();
            Parts.put(out, "line_id", Parts.text(line, "id"));
            Parts.put(out, "sku", Parts.text(line, "sku"));
            Parts.put(out, "description", Parts.first(Parts.text(line, "name"), Parts.text(line, "title")));
            BigDecimal quantity = Parts.number(Parts.text(line, "quantity"));
            Parts.put(out, "quantity", quantity);
            Parts.put(out, "amount", amount(line, quantity, taxIncluded));
            Parts.add(lines, out);
        }
        return lines;
    }

    private static @Nullable BigDecimal amount(JsonNode line, @Nullable BigDecimal quantity, boolean taxIncluded) {
        BigDecimal price = Parts.number(Parts.text(line, "price"));
        if (price == null || quantity == null) {
            return null;
        }
        BigDecimal amount = price.multiply(quantity);
        BigDecimal discount = Parts.number(Parts.text(line, "total_discount"));
        amount = discount == null ? amount : amount.subtract(discount);
        if (!taxIncluded) {
            for (JsonNode tax : Parts.list(line.path("tax_lines"))) {
                BigDecimal added = Parts.number(Parts.text(tax, "price"));
                amount = added == null ? amount : amount.add(added);
            }
        }
        return amount;
    }

    private static void payment(JsonNode transaction, boolean refund, ArrayNode payments) {
        BigDecimal amount = Parts.number(Parts.text(transaction, "amount"));
        String kind = transaction.path("kind").asText();
        boolean counts = refund ? kind.equals("refund") : kind.equals("sale") || kind.equals("capture");
        boolean succeeded = transaction.path("status").asText("success").equals("success");
        if (amount != null && counts && succeeded) {
            payments.add(Canonical.payment(
                    Parts.text(transaction, "gateway"),
                    refund ? amount.negate() : amount,
                    Parts.text(transaction, "id")));
        }
    }

    private static void refund(JsonNode refund, String id, String eventId, List<VendorEvent> events) {
        ArrayNode payments = Canonical.array();
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode transaction : Parts.list(refund.path("transactions"))) {
            payment(transaction, true, payments);
        }
        for (JsonNode payment : payments) {
            BigDecimal amount = Parts.number(Parts.text(payment, "amount"));
            total = amount == null ? total : total.add(amount);
        }
        ArrayNode lines = Canonical.array();
        for (JsonNode item : Parts.list(refund.path("refund_line_items"))) {
            ObjectNode out = Canonical.object();
            Parts.put(out, "line_id", Parts.text(item, "line_item_id"));
            Parts.put(out, "sku", Parts.text(item, "line_item", "sku"));
            Parts.put(out, "description", Parts.text(item, "line_item", "name"));
            BigDecimal quantity = Parts.number(Parts.text(item, "quantity"));
            Parts.put(out, "quantity", quantity == null ? null : quantity.negate());
            BigDecimal subtotal = Parts.number(Parts.text(item, "subtotal"));
            Parts.put(out, "amount", subtotal == null ? null : subtotal.negate());
            Parts.add(lines, out);
        }
        Instant created = Parts.time(Parts.text(refund, "created_at"));
        events.add(Canonical.sale(SYSTEM, eventId, "refund-" + id, "REFUND")
                .refundOf(Parts.text(refund, "order_id"))
                .occurred(created)
                .observed(created)
                .say("seller", Parts.text(refund, "user_id"))
                .amount("total", total)
                .list("lines", lines)
                .list("payments", payments)
                .done());
    }
}
