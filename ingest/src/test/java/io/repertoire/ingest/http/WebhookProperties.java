package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a vendor with the right secret sends, the server does not fail, and what it takes can be encoded. */
class WebhookProperties {

    private static final List<String> VENDORS = List.of("square", "shopify", "lightspeed", "clover");

    private static final List<String> SEEDS = List.of("""
            {"type":"customer.created","event_id":"e","created_at":"2026-01-01T00:00:00Z","data":{"id":"N","object":{"customer":{"id":"N",
             "given_name":"A","email_address":"a@b.example","birthday":"0000-01-02","updated_at":"2026-01-01T00:00:00Z"},
             "event_context":{"merge":{"from_customer_ids":["O"],"to_customer_id":"N"}}}}}""", """
            {"type":"payment.updated","event_id":"e","data":{"object":{"payment":{"id":"p","order_id":"o","status":"COMPLETED",
             "amount_money":{"amount":100,"currency":"CAD"},"customer_id":"N","receipt_number":"r"}}}}""", """
            {"id":820982911946154508,"email":"a@b.example","first_name":"A","name":"#1","total_price":"10.00","updated_at":
             "2026-01-01T00:00:00Z","customer":{"id":7,"email":"a@b.example"},"line_items":[{"id":1,"price":"1.10","quantity":2}],
             "tags":"a, b","addresses":[{"address1":"x","country_code":"CA"}]}""", """
            {"Customer":{"customerID":"1","firstName":"A","Contact":{"Phones":"","Emails":{"ContactEmail":{"address":"a@b.example"}}}},
             "Sale":{"saleID":"1","completed":"true","total":"10.5","SaleLines":{"SaleLine":[{"saleLineID":"1","unitQuantity":"1"}]}}}""", """
            {"merchants":{"M":[{"objectId":"C:1","type":"UPDATE","ts":1},{"objectId":"O:2","type":"DELETE","ts":2}]}}""");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "1e-400",
            "99999999999999999999999999",
            "253402300799999999",
            "\"\"",
            "\" \"",
            "\"\\\\N\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"4111111111111111\"",
            "\"9999-99-99T99:99:99Z\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "[]",
            "{}",
            "[[[[[{}]]]]]",
            "[null,1,\"x\",{\"id\":[]}]",
            "{\"elements\":[{}]}",
            "\"" + "x".repeat(20_000) + "\"",
            "\"a@b.example/\\u00e9\"");

    private static ApiUnderTest api;
    private final InMemoryWire wire = new InMemoryWire();

    @BeforeContainer
    static void open() {
        api = new ApiUnderTest(
                ApiUnderTest.patient(),
                new WebhookSettings(
                        Map.of(
                                "main",
                                new WebhookConfig(
                                        List.of("k"),
                                        Signed.SQUARE_URL,
                                        List.of("k"),
                                        List.of("k"),
                                        List.of("k"),
                                        null,
                                        null,
                                        WebhookConfig.CLOVER,
                                        Duration.ZERO)),
                        Map.of()));
    }

    @AfterContainer
    static void close() {
        api.close();
    }

    @Property(tries = 600, shrinking = ShrinkingMode.BOUNDED)
    void no_message_makes_the_server_fail(
            @ForAll("vendors") String vendor, @ForAll("topics") String topic, @ForAll("messages") String body) {
        api.publisher.published.clear();
        Map<String, String> headers = new HashMap<>(Signed.shopify("k", topic, body));
        headers.putAll(Signed.square("k", body));
        headers.putAll(Signed.own("k", body, ApiUnderTest.NOW));
        headers.put("X-Clover-Auth", "k");
        HttpRequest.Builder request = api.request("/v1/webhooks/" + vendor);
        headers.forEach(request::header);
        HttpResponse<String> answer =
                api.send(request.POST(BodyPublishers.ofString(body)).build());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
        if (answer.statusCode() == 400) {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        api.publisher.published.forEach(this::encode);
    }

    private void encode(InputEvent event) {
        if (event instanceof InputEvent.Customer customer) {
            wire.encode(Topics.SUBMISSIONS, customer.value());
            assertThat(customer.value().toString()).doesNotContain("4111111111111111");
        } else if (event instanceof InputEvent.Sale sale) {
            wire.encode(Topics.SALE_EVENTS, sale.value());
            assertThat(sale.value().toString()).doesNotContain("4111111111111111");
        } else if (event instanceof InputEvent.Command command) {
            wire.encode(Topics.COMMANDS, command.value());
        } else if (event instanceof InputEvent.Fetch fetch && fetch.value() != null) {
            wire.encode(Topics.INGEST_PROGRESS, fetch.value());
        }
    }

    @Provide
    Arbitrary<String> vendors() {
        return Arbitraries.of(VENDORS);
    }

    @Provide
    Arbitrary<String> topics() {
        return Arbitraries.of(
                "customers/create",
                "customers/delete",
                "customers/redact",
                "customers/data_request",
                "shop/redact",
                "orders/updated",
                "refunds/create",
                "carts/create",
                "");
    }

    /** A message with one of its values replaced by another, or its bytes disturbed. */
    @Provide
    Arbitrary<String> messages() {
        Arbitrary<String> replaced = Combinators.combine(
                        Arbitraries.of(SEEDS), Arbitraries.integers().between(0, 200), Arbitraries.of(VALUES))
                .as(WebhookProperties::replace);
        Arbitrary<String> disturbed =
                new EventReaderProperties().bodies().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, replaced),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(SEEDS)),
                net.jqwik.api.Tuple.of(1, disturbed));
    }

    private static String replace(String seed, int which, String value) {
        var matcher = java.util.regex.Pattern.compile(":\\s*(\"[^\"]*\"|[0-9.]+|\\{|\\[)")
                .matcher(seed);
        var starts = new java.util.ArrayList<int[]>();
        while (matcher.find()) {
            starts.add(new int[] {matcher.start(1), end(seed, matcher.start(1), matcher.end(1))});
        }
        int[] at = starts.get(which % starts.size());
        return seed.substring(0, at[0]) + value + seed.substring(at[1]);
    }

    /** Of the whole object or list, where one begins. */
    private static int end(String seed, int start, int end) {
        char first = seed.charAt(start);
        if (first != '{' && first != '[') {
            return end;
        }
        int depth = 0;
        for (int i = start; i < seed.length(); i++) {
            char c = seed.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return seed.length();
    }
}
