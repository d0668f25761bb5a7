package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.repertoire.ingest.http.EventKind;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds the canonical JSON of one event. */
final class Canonical {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_ID = 100;

    private final EventKind kind;
    private final ObjectNode event = JSON.objectNode();
    private final ObjectNode customer = JSON.objectNode();

    private Canonical(EventKind kind, String system, String eventId) {
        this.kind = kind;
        event.put("event_id", eventId);
        event.put("source_system", system);
    }

    static Canonical customer(String system, String eventId, @Nullable String sourceCustomerId) {
        var canonical = new Canonical(EventKind.CUSTOMER, system, eventId);
        canonical.event.put("channel", "API");
        canonical.ownedBy(sourceCustomerId);
        return canonical;
    }

    static Canonical sale(String system, String eventId, String saleId, String operation) {
        var canonical = new Canonical(EventKind.SALE, system, eventId);
        canonical.event.put("sale_id", EventIds.of(saleId));
        canonical.event.put("operation", operation);
        return canonical;
    }

    static ObjectNode object() {
        return JSON.objectNode();
    }

    static ArrayNode array() {
        return JSON.arrayNode();
    }

    Canonical ownedBy(@Nullable String sourceCustomerId) {
        if (sourceCustomerId != null && sourceCustomerId.length() <= LONGEST_ID) {
            event.put("source_customer_id", sourceCustomerId);
        }
        return this;
    }

    Canonical observed(@Nullable Instant at) {
        Parts.put(event, "observed_at", at);
        return this;
    }

    Canonical occurred(@Nullable Instant at) {
        Parts.put(event, "occurred_at", at);
        return this;
    }

    /** A field of the event itself. */
    Canonical say(String name, @Nullable String text) {
        Parts.putName(event, name, text);
        return this;
    }

    Canonical refundOf(@Nullable String saleId) {
        if (saleId != null) {
            event.put("refund_of", EventIds.of(saleId));
        }
        return this;
    }

    Canonical amount(String name, @Nullable BigDecimal amount) {
        Parts.put(event, name, amount);
        return this;
    }

    Canonical list(String name, JsonNode values) {
        Parts.put(event, name, values);
        return this;
    }

    /** The customer, to be filled. */
    ObjectNode details() {
        return customer;
    }

    boolean hasDetails() {
        return !customer.isEmpty();
    }

    VendorEvent done() {
        Parts.put(event, "customer", customer);
        return new VendorEvent.Canonical(kind, event);
    }

    static ObjectNode payment(@Nullable String method, @Nullable BigDecimal amount, @Nullable String reference) {
        ObjectNode payment = object();
        payment.put("method", method == null ? "unknown" : method);
        Parts.put(payment, "amount", amount);
        Parts.put(payment, "reference", reference);
        return payment;
    }

    /** What a person said of one channel; nothing at all where {@code status} is {@code null}. */
    static void consent(
            ArrayNode consents,
            String channel,
            @Nullable String status,
            @Nullable Instant decidedAt,
            @Nullable String evidence) {
        if (status != null) {
            ObjectNode consent = consents.addObject();
            consent.put("channel", channel);
            consent.put("status", status);
            Parts.put(consent, "decided_at", decidedAt);
            Parts.put(consent, "evidence", evidence);
        }
    }

    static ObjectNode phone(@Nullable String value, @Nullable String label) {
        ObjectNode phone = object();
        if (value != null) {
            phone.put("value", value);
            Parts.put(phone, "label", label);
            if (label != null && label.equalsIgnoreCase("mobile")) {
                phone.put("kind", "MOBILE");
            }
        }
        return phone;
    }
}
