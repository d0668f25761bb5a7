package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lightspeed Retail R-Series' API objects, {@code {"Customer": …}} or {@code {"Sale": …}}, one or a list. Every scalar is text; a
 * list is empty text, one object or an array; the id {@code 0} is nobody.
 */
public final class LightspeedMessages {

    public static final String SYSTEM = "lightspeed";

    private LightspeedMessages() {}

    public static Translation translate(JsonNode message) {
        List<JsonNode> customers = Parts.list(message.path("Customer"));
        List<JsonNode> sales = Parts.list(message.path("Sale"));
        if (customers.isEmpty() && sales.isEmpty()) {
            return new Translation.Refused("An R-Series message has \"Customer\" or \"Sale\".");
        }
        var events = new ArrayList<VendorEvent>();
        customers.forEach(customer -> customer(customer, events));
        sales.forEach(sale -> sale(sale, events));
        return events.isEmpty()
                ? new Translation.Ignored("No customer with an id, and no sale that is completed or voided.")
                : new Translation.Events(events, null);
    }

    private static void customer(JsonNode customer, List<VendorEvent> events) {
        String id = id(customer, "customerID");
        if (id == null) {
            return;
        }
        String stamp = stamp(customer);
        Canonical canonical = Canonical.customer(SYSTEM, EventIds.of("customer", id, stamp), id)
                .observed(observed(customer));
        describe(customer, canonical.details());
        if (canonical.hasDetails()) {
            events.add(canonical.done());
        }
        if (Parts.isTrue(customer, "archived")) {
            events.add(new VendorEvent.Deleted(EventIds.of(SYSTEM, "archived", id, stamp), SYSTEM, id));
        }
    }

    /** The contact of a customer has a time of its own, and both are what was true then. */
    private static @Nullable Instant observed(JsonNode customer) {
        Instant own = Parts.time(Parts.text(customer, "timeStamp"));
        Instant contact = Parts.time(Parts.text(customer, "Contact", "timeStamp"));
        return own == null || (contact != null && contact.isAfter(own)) ? contact : own;
    }

    private static String stamp(JsonNode object) {
        Instant at = observed(object);
        // Without a time the content is what tells two messages apart.
        return at == null
                ? EventIds.hash(object.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                : at.toString();
    }

    private static @Nullable String id(JsonNode node, String name) {
        String id = Parts.text(node, name);
        return id == null || id.equals("0") ? null : id;
    }

    private static void describe(JsonNode customer, ObjectNode out) {
        Parts.put(out, "given_name", Parts.text(customer, "firstName"));
        Parts.put(out, "family_name", Parts.text(customer, "lastName"));
        Parts.put(out, "title", Parts.text(customer, "title"));
        Parts.put(out, "company_name", Parts.text(customer, "company"));
        Parts.put(out, "vat", Parts.text(customer, "vatNumber"));
        String born = Parts.text(customer, "dob");
        Parts.put(out, "birth_date", born != null && born.length() > 10 ? born.substring(0, 10) : born);
        JsonNode contact = customer.path("Contact");
        ArrayNode emails = Canonical.array();
        for (JsonNode email : Parts.list(Parts.at(contact, "Emails", "ContactEmail"))) {
            ObjectNode value = Canonical.object();
            Parts.put(value, "value", Parts.text(email, "address"));
            if (!value.isEmpty()) {
                Parts.put(value, "label", Parts.text(email, "useType"));
                emails.add(value);
            }
        }
        Parts.put(out, "emails", emails);
        ArrayNode phones = Canonical.array();
        for (JsonNode phone : Parts.list(Parts.at(contact, "Phones", "ContactPhone"))) {
            Parts.add(phones, Canonical.phone(Parts.text(phone, "number"), Parts.text(phone, "useType")));
        }
        Parts.put(out, "phones", phones);
        ArrayNode addresses = Canonical.array();
        for (JsonNode address : Parts.list(Parts.at(contact, "Addresses", "ContactAddress"))) {
            Parts.add(addresses, address(address));
        }
        Parts.put(out, "addresses", addresses);
        Parts.put(out, "consents", refusals(contact));
        Parts.put(out, "notes", Parts.text(customer, "Note", "note"));
        ObjectNode attributes = Canonical.object();
        Parts.put(attributes, "custom", Parts.text(contact, "custom"));
        Parts.put(attributes, "companyRegistrationNumber", Parts.text(customer, "companyRegistrationNumber"));
        for (String name : List.of("creditAccountID", "customerTypeID", "discountID", "taxCategoryID")) {
            Parts.put(attributes, name, id(customer, name));
        }
        Parts.put(out, "attributes", attributes);
    }

    private static ObjectNode address(JsonNode address) {
        ObjectNode out = Canonical.object();
        Parts.put(out, "line1", Parts.text(address, "address1"));
        Parts.put(out, "line2", Parts.text(address, "address2"));
        Parts.put(out, "city", Parts.text(address, "city"));
        Parts.put(out, "region", Parts.first(Parts.text(address, "stateCode"), Parts.text(address, "state")));
        Parts.put(out, "postal_code", Parts.text(address, "zip"));
        Parts.put(out, "country", Parts.first(Parts.text(address, "countryCode"), Parts.text(address, "country")));
        return out;
    }

    /** {@code noEmail} is a refusal; its absence is no consent (P36). */
    private static ArrayNode refusals(JsonNode contact) {
        ArrayNode consents = Canonical.array();
        Instant at = Parts.time(Parts.text(contact, "timeStamp"));
        Canonical.consent(consents, "EMAIL", Parts.isTrue(contact, "noEmail") ? "DENIED" : null, at, "noEmail");
        Canonical.consent(consents, "PHONE", Parts.isTrue(contact, "noPhone") ? "DENIED" : null, at, "noPhone");
        Canonical.consent(consents, "POST", Parts.isTrue(contact, "noMail") ? "DENIED" : null, at, "noMail");
        return consents;
    }

    private static void sale(JsonNode sale, List<VendorEvent> events) {
        String id = id(sale, "saleID");
        boolean voided = Parts.isTrue(sale, "voided");
        if (id == null || !(Parts.isTrue(sale, "completed") || voided)) {
            return;
        }
        BigDecimal total = Parts.number(Parts.first(Parts.text(sale, "total"), Parts.text(sale, "calcTotal")));
        String operation = voided ? "VOID" : total != null && total.signum() < 0 ? "REFUND" : "RECORD";
        String completed = Parts.first(
                Parts.text(sale, "completeTime"), Parts.text(sale, "createTime"), Parts.text(sale, "timeStamp"));
        Canonical canonical = Canonical.sale(SYSTEM, EventIds.of("sale", id, operation, stamp(sale)), id, operation)
                .occurred(Parts.time(completed))
                .observed(Parts.time(Parts.text(sale, "timeStamp")))
                .ownedBy(id(sale, "customerID"))
                .say("store", id(sale, "shopID"))
                .say("till", id(sale, "registerID"))
                .say("seller", id(sale, "employeeID"))
                .say("ticket_number", Parts.text(sale, "ticketNumber"))
                .amount("total", total)
                .list("lines", lines(sale))
                .list("payments", payments(sale));
        if (sale.path("Customer").isObject()) {
            describe(sale.path("Customer"), canonical.details());
        }
        events.add(canonical.done());
    }

    private static ArrayNode lines(JsonNode sale) {
        ArrayNode lines = Canonical.array();
        for (JsonNode line : Parts.list(Parts.at(sale, "SaleLines", "SaleLine"))) {
            ObjectNode out = Canonical.object();
            Parts.put(out, "line_id", Parts.text(line, "saleLineID"));
            Parts.put(out, "sku", Parts.first(Parts.text(line, "Item", "systemSku"), id(line, "itemID")));
            Parts.put(
                    out,
                    "description",
                    Parts.first(Parts.text(line, "Item", "description"), Parts.text(line, "Note", "note")));
            Parts.put(out, "quantity", Parts.number(Parts.text(line, "unitQuantity")));
            Parts.put(out, "amount", Parts.number(Parts.text(line, "calcTotal")));
            Parts.add(lines, out);
        }
        return lines;
    }

    private static ArrayNode payments(JsonNode sale) {
        ArrayNode payments = Canonical.array();
        for (JsonNode payment : Parts.list(Parts.at(sale, "SalePayments", "SalePayment"))) {
            BigDecimal amount = Parts.number(Parts.text(payment, "amount"));
            if (amount != null) {
                payments.add(Canonical.payment(
                        Parts.text(payment, "PaymentType", "name"), amount, Parts.text(payment, "salePaymentID")));
            }
        }
        return payments;
    }
}
