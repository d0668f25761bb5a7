package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.ingest.vendor.CloverMessages;
import io.repertoire.ingest.vendor.VendorEvent;
import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Messages that others made: of each file the records it comes to, or why it is refused. Skipped where they are missing. */
class VendorPayloadsTest {

    private static final String IGNORED = "ignored";
    private static final String REFUSED = "NOT_A_MESSAGE";

    /**
     * What each message comes to. Files of a folder that are not named are refused: answers of an interface are no messages.
     */
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry("square/webhooks/booking.created.json", List.of(IGNORED)),
            Map.entry("square/webhooks/booking.updated.json", List.of(IGNORED)),
            Map.entry(
                    "square/webhooks/card.automatically_updated.json", List.of("customer VDKXEEKPJN48QDG3BGGFAK05P8")),
            Map.entry("square/webhooks/card.updated.json", List.of("customer VDKXEEKPJN48QDG3BGGFAK05P8")),
            Map.entry("square/webhooks/card.disabled.json", List.of("customer VDKXEEKPJN48QDG3BGGFAK05P8")),
            Map.entry("square/webhooks/card.forgotten.json", List.of("customer VDKXEEKPJN48QDG3BGGFAK05P8")),
            Map.entry("square/webhooks/customer.created.json", List.of("customer QPTXM8PQNX3Q726ZYHPMNP46XC")),
            Map.entry("square/webhooks/customer.deleted.json", List.of("ARCHIVE QPTXM8PQNX3Q726ZYHPMNP46XC")),
            Map.entry("square/webhooks/gift_card.created.json", List.of(IGNORED)),
            Map.entry("square/webhooks/invoice.canceled.json", List.of(IGNORED)),
            Map.entry("square/webhooks/invoice.created.json", List.of(IGNORED)),
            Map.entry("square/webhooks/invoice.deleted.json", List.of(IGNORED)),
            Map.entry("square/webhooks/invoice.published.json", List.of(IGNORED)),
            Map.entry("square/webhooks/invoice.refunded.json", List.of(IGNORED)),
            Map.entry("square/webhooks/invoice.scheduled_charge_failed.json", List.of(IGNORED)),
            Map.entry("square/webhooks/invoice.updated.json", List.of(IGNORED)),
            Map.entry("square/webhooks/loyalty.account.deleted.json", List.of(IGNORED)),
            Map.entry("square/webhooks/loyalty.account.updated.json", List.of("customer QPTXM8PQNX3Q726ZYHPMNP46XC")),
            Map.entry("square/webhooks/loyalty.event.created.json", List.of(IGNORED)),
            Map.entry("square/webhooks/order.created.json", List.of("RECORD eA3vssLHKJrv9H0IdJCM3gNqfdcZY")),
            Map.entry("square/webhooks/order.updated.json", List.of("RECORD eA3vssLHKJrv9H0IdJCM3gNqfdcZY")),
            Map.entry("square/webhooks/order.fulfillment.updated.json", List.of(IGNORED)),
            Map.entry("square/webhooks/payment.created.json", List.of("PAYMENT 03O3USaPaAaFnI6kkwB1JxGgBsUZY 1.00")),
            Map.entry(
                    "square/webhooks/refund.updated.json",
                    List.of("REFUND refund-KkAkhdMsgzn59SM8A89WgKwekxLZY_ptNBVqHYxt5gAdfcobBe4u1AZsXhoz06KTtuq9Ls24P"
                            + " -10.00")),
            Map.entry("square/webhooks/terminal.checkout.created.json", List.of(IGNORED)),
            Map.entry("square/webhooks/terminal.checkout.updated.json", List.of(IGNORED)),
            Map.entry("lightspeed-rseries/customer_archived.json", List.of("customer 16", "ARCHIVE 16")),
            Map.entry("lightspeed-rseries/customer_created_empty_contact.json", List.of("customer 11")),
            Map.entry("lightspeed-rseries/customer_get_all.json", List.of("customer 1")),
            Map.entry(
                    "lightspeed-rseries/customer_with_contact_phones_array_email_object.json",
                    List.of("customer 1528")),
            Map.entry("lightspeed-rseries/sale_completed_no_customer.json", List.of("RECORD 44 2001.00")),
            Map.entry(
                    "lightspeed-rseries/sale_completed_with_customer_contact.json",
                    List.of("RECORD 10 26.44 customer 1528")),
            Map.entry("shopify-webhooks/customers_create.json", List.of("customer 706405506930370084")),
            Map.entry("shopify-webhooks/customers_delete.json", List.of("ARCHIVE 706405506930370084")),
            Map.entry("shopify-go/fixtures/order.json", List.of("RECORD 123456 10.00", "VOID 123456")),
            Map.entry("shopify-go/fixtures/order_with_transaction.json", List.of("RECORD 123456 10.00", "VOID 123456")),
            Map.entry("shopify-go/fixtures/orders.json", List.of("RECORD 123456 10.00", "VOID 123456")),
            Map.entry("shopify-go/fixtures/customer.json", List.of("customer 1")),
            Map.entry(
                    "clover/webhook_customers_derived.json",
                    List.of(
                            "fetch XYZVJT2ZRRRSC C GHIVJT2ABCRSC",
                            "ARCHIVE ABCVJTABCRRSC",
                            "fetch XYZVJT2ZRRRSC P ABCVJTABCRRSC",
                            "fetch MNOVJT2ZRRRSC C GHIVJT2ABCRSC")),
            Map.entry(
                    "clover/webhook_orders_docs_sample.json",
                    List.of("fetch XYZVJT2ZRRRSC O GHIVJT2ABCRSC", "fetch XYZVJT2ZRRRSC O ABCVJTABCRRSC")),
            Map.entry("clover/webhook_verification.json", List.of("verification")));

    private static ApiUnderTest api;

    @BeforeAll
    static void open() {
        api = new ApiUnderTest(new WebhookSettings(Map.of("main", Signed.config(Duration.ZERO)), Map.of()));
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @TestFactory
    Stream<DynamicTest> each_file_gives_its_records_with_a_right_signature_and_nothing_with_a_wrong_one()
            throws IOException {
        Path folder = SharedData.require("pos-events");
        try (Stream<Path> files = Files.walk(folder)) {
            var names = new TreeSet<>(files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> folder.relativize(file).toString())
                    .toList());
            assertThat(names).containsAll(EXPECTED.keySet());
            return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(folder, name)));
        }
    }

    private static void check(Path folder, String name) throws IOException {
        String body = body(folder, name);
        api.publisher.published.clear();

        HttpResponse<String> wrong = send(name, body, "wrong");
        boolean verification = name.endsWith("webhook_verification.json");
        assertThat(wrong.statusCode()).isEqualTo(verification ? 200 : 401);
        assertThat(api.publisher.published).isEmpty();

        HttpResponse<String> right = send(name, body, "");
        JsonNode answer = new ObjectMapper().readTree(right.body());
        List<String> expected = EXPECTED.getOrDefault(name, List.of(REFUSED));
        assertThat(found(right, answer)).as(right.body()).isEqualTo(expected);
        assertThat(right.statusCode()).isEqualTo(expected.contains(REFUSED) ? 400 : 200);
    }

    @Test
    void what_clovers_rest_interface_shows_becomes_a_customer_a_sale_and_a_payment() throws IOException {
        assertThat(fetched("C", "CUST1", "customer_rest.json").toString())
                .contains("jane@example.com")
                .contains("tok_secret")
                .contains("4242")
                .doesNotContain("XXXX");
        assertThat(fetched("O", "ORDER_ID", "order_rest.json").toString()).contains("\"total\":\"24.99\"");
        assertThat(fetched("P", "PAYMENT_ID", "payment_rest.json").toString())
                .contains("PAYMENT")
                .contains("\"amount\":\"12.99\"");
        assertThat(CloverMessages.fetched(
                        new VendorEvent.Reference("clover", "M1", "C", "other", null), shown("customer_rest.json")))
                .isEmpty();
    }

    private static VendorEvent fetched(String kind, String id, String file) throws IOException {
        List<VendorEvent> events = CloverMessages.fetched(
                new VendorEvent.Reference("clover", "M1", kind, id, ApiUnderTest.NOW), shown(file));
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static JsonNode shown(String file) throws IOException {
        return new ObjectMapper()
                .readTree(SharedData.require("pos-events/clover/" + file).toFile());
    }

    /** The fixtures of a client library wrap what a webhook sends bare. */
    private static String body(Path folder, String name) throws IOException {
        String text = Files.readString(folder.resolve(name));
        if (name.startsWith("shopify-go/") && EXPECTED.containsKey(name)) {
            JsonNode inner = new ObjectMapper().readTree(text).elements().next();
            return (inner.isArray() ? inner.get(0) : inner).toString();
        }
        return text;
    }

    private static HttpResponse<String> send(String name, String body, String spoil) {
        String vendor = name.substring(0, Math.min(name.indexOf('/'), (name + "-").indexOf('-')));
        Map<String, String> headers =
                switch (vendor) {
                    case "square" -> Signed.square(spoil + "square-key", body);
                    case "shopify" -> Signed.shopify(spoil + "shopify-secret", topic(name), body);
                    case "lightspeed" -> Signed.own(spoil + "lightspeed-secret", body, ApiUnderTest.NOW);
                    default -> new HashMap<>(Map.of("X-Clover-Auth", spoil + "clover-code"));
                };
        HttpRequest.Builder request = api.request("/v1/webhooks/" + vendor).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return api.send(request.POST(BodyPublishers.ofString(body)).build());
    }

    private static String topic(String name) {
        if (name.contains("delete")) {
            return "customers/delete";
        }
        return name.contains("order") ? "orders/updated" : "customers/update";
    }

    private static List<String> found(HttpResponse<String> answer, JsonNode json) {
        if (answer.statusCode() != 200) {
            return List.of(json.path("code").asText());
        }
        String status = json.path("status").asText();
        return status.equals("accepted")
                ? api.publisher.published.stream()
                        .map(VendorPayloadsTest::shortly)
                        .toList()
                : List.of(status);
    }

    private static String shortly(InputEvent event) {
        if (event instanceof InputEvent.Customer customer) {
            return "customer " + customer.value().getSourceCustomerId();
        }
        if (event instanceof InputEvent.Command command) {
            return command.value().getType() + " "
                    + command.value().getArguments().get("source_customer_id");
        }
        if (event instanceof InputEvent.Fetch fetch) {
            var pending = fetch.value().getFetch();
            return "fetch " + pending.getAccount() + ' ' + pending.getKind() + ' ' + pending.getId();
        }
        var sale = ((InputEvent.Sale) event).value();
        var amount = sale.getTotal() != null || sale.getPayments().isEmpty()
                ? sale.getTotal()
                : sale.getPayments().get(0).getAmount();
        return sale.getOperation() + " " + sale.getSaleId() + (amount == null ? "" : " " + amount)
                + (sale.getReference() == null
                        ? ""
                        : " customer " + sale.getReference().getSourceCustomerId());
    }
}
