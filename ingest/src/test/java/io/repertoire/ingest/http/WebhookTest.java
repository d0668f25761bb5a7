package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private static final String CREATED = """
            {"merchant_id": "M1", "type": "customer.created", "event_id": "ev-1", "created_at": "2026-11-20T10:00:00Z",
             "data": {"type": "customer", "id": "N1", "object": {
               "customer": {"id": "N1", "given_name": "Hélène", "family_name": "Lévesque", "email_address": "h@laval.example",
                 "phone_number": "+15145550142", "birthday": "0000-07-23", "note": "card 4111 1111 1111 1111",
                 "preferences": {"email_unsubscribed": true}, "updated_at": "2026-11-20T09:59:59Z",
                 "address": {"address_line_1": "12 rue des Érables", "locality": "Laval", "country": "CA"}},
               "event_context": {"merge": {"from_customer_ids": ["O1", "O2"], "to_customer_id": "N1"}}}}}""";

    private final ApiUnderTest api = new ApiUnderTest(new WebhookSettings(
            Map.of("main", Signed.config(Duration.ZERO), "strict", Signed.config(Duration.ofHours(24))), Map.of()));

    @AfterEach
    void close() {
        api.close();
    }

    private HttpResponse<String> send(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = api.request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return api.send(request.POST(BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> square(String body) {
        return send("/v1/webhooks/square", body, Signed.square("square-key", body));
    }

    private HttpResponse<String> shopify(String topic, String body) {
        return send("/v1/webhooks/shopify", body, Signed.shopify("shopify-secret", topic, body));
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).path("code").asText()).isEqualTo(code);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private <T extends InputEvent> List<T> published(Class<T> type) {
        return api.publisher.published.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Test
    void a_number_too_large_for_any_computer_is_the_senders_fault() {
        refused(square("1e99999999999"), 400, "MALFORMED_JSON");
        refused(square("{\"event_id\":1e99999999999}"), 400, "MALFORMED_JSON");
    }

    @Test
    void a_customer_of_square_is_taken_with_the_right_signature_only_and_no_card_number_goes_on() {
        HttpResponse<String> answer = square(CREATED);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        CustomerSubmission sent = published(InputEvent.Customer.class).get(0).value();
        assertThat(sent.getDirectoryId()).isEqualTo("main");
        assertThat(sent.getSourceSystem()).isEqualTo("square");
        assertThat(sent.getSourceCustomerId()).isEqualTo("N1");
        assertThat(sent.getRecordId()).isEqualTo("square/ev-1");
        assertThat(sent.getObservedAt()).isEqualTo("2026-11-20T09:59:59Z");
        assertThat(sent.getCustomer().getBirthDate()).isEqualTo("--07-23");
        assertThat(sent.getCustomer().getEmails()).extracting("value").containsExactly("h@laval.example");
        assertThat(sent.getCustomer().getConsents().get(0).getStatus()).hasToString("DENIED");
        assertThat(sent.toString()).doesNotContain("4111");
        assertThat(json(answer)
                        .path("events")
                        .get(0)
                        .path("warnings")
                        .get(0)
                        .path("code")
                        .asText())
                .isEqualTo("CARD_NUMBER_REMOVED");

        refused(send("/v1/webhooks/square", CREATED, Signed.square("other-key", CREATED)), 401, "SIGNATURE_WRONG");
        refused(
                send("/v1/webhooks/square", CREATED + " ", Signed.square("square-key", CREATED)),
                401,
                "SIGNATURE_WRONG");
        refused(
                send("/v1/webhooks/square", CREATED, Map.of("x-square-hmacsha256-signature", "not base64!")),
                401,
                "SIGNATURE_WRONG");
        refused(send("/v1/webhooks/square", CREATED, Map.of()), 401, "SIGNATURE_MISSING");
        assertThat(published(InputEvent.Customer.class)).hasSize(1);
    }

    @Test
    void a_secret_that_is_being_replaced_still_counts_and_another_directory_has_none() {
        assertThat(send("/v1/webhooks/square/main", CREATED, Signed.square("old-key", CREATED))
                        .statusCode())
                .isEqualTo(200);
        refused(send("/v1/webhooks/square/quebec", CREATED, Signed.square("square-key", CREATED)), 404, "NOT_FOUND");
        refused(send("/v1/webhooks/square/No%20Such", CREATED, Signed.square("square-key", CREATED)), 404, "NOT_FOUND");
    }

    @Test
    void a_merge_at_square_becomes_a_customer_and_merge_commands() {
        square(CREATED);
        assertThat(api.publisher.published)
                .hasExactlyElementsOfTypes(
                        InputEvent.Customer.class, InputEvent.Command.class, InputEvent.Command.class);
        List<CustomerCommand> commands = published(InputEvent.Command.class).stream()
                .map(InputEvent.Command::value)
                .toList();
        assertThat(commands).allSatisfy(command -> {
            assertThat(command.getType()).isEqualTo(CommandType.MERGE);
            assertThat(command.getActor()).isEqualTo("square");
            assertThat(command.getArguments())
                    .containsEntry("source_system", "square")
                    .containsEntry("source_customer_id", "N1");
        });
        assertThat(commands)
                .extracting(command -> command.getArguments().get("other_source_customer_id"))
                .containsExactly("O1", "O2");
    }

    @Test
    void a_customer_deleted_at_square_is_archived_and_one_deleted_by_a_merge_is_merged() {
        square("""
                {"type": "customer.deleted", "event_id": "ev-2", "created_at": "2026-11-20T10:00:00Z",
                 "data": {"deleted": true, "id": "N1", "object": {"customer": {"id": "N1"}}}}""");
        square("""
                {"type": "customer.deleted", "event_id": "ev-3", "created_at": "2026-11-20T10:00:00Z",
                 "data": {"deleted": true, "id": "O1", "object": {"customer": {"id": "O1"},
                  "event_context": {"merge": {"from_customer_ids": ["O1"], "to_customer_id": "N1"}}}}}""");
        assertThat(published(InputEvent.Command.class))
                .extracting(command -> command.value().getType())
                .containsExactly(CommandType.ARCHIVE, CommandType.MERGE);
        assertThat(published(InputEvent.Command.class).get(0).value().getArguments())
                .containsEntry("unless_shared", "true");
    }

    @Test
    void the_same_message_again_is_the_same_event_and_the_same_command() {
        square(CREATED);
        List<String> first = ids();
        api.publisher.published.clear();
        square(CREATED);
        assertThat(ids()).isEqualTo(first);
        api.publisher.published.clear();

        String body = "{\"id\": 706405506930370084, \"email\": \"bob@biller.example\", \"first_name\": \"Bob\"}";
        shopify("customers/update", body);
        List<String> once = ids();
        api.publisher.published.clear();
        Map<String, String> again = new java.util.HashMap<>(Signed.shopify("shopify-secret", "customers/update", body));
        again.put("X-Shopify-Event-Id", "another");
        send("/v1/webhooks/shopify", body, again);
        assertThat(ids()).isEqualTo(once);
    }

    private List<String> ids() {
        return api.publisher.published.stream().map(InputEvent::recordId).toList();
    }

    @Test
    void a_message_older_than_is_allowed_is_refused() {
        String old = CREATED.replace("2026-11-20T10:00:00Z", "2026-11-01T10:00:00Z");
        refused(send("/v1/webhooks/square/strict", old, Signed.square("square-key", old)), 400, "MESSAGE_TOO_OLD");
        assertThat(api.publisher.published).isEmpty();
        assertThat(square(old).statusCode()).isEqualTo(200);
    }

    @Test
    void a_payment_of_square_is_a_payment_of_its_order_and_a_refund_a_sale_of_its_own() {
        square("""
                {"type": "payment.updated", "event_id": "ev-4", "created_at": "2026-11-20T10:00:00Z", "data": {"object": {"payment":
                 {"id": "p1", "order_id": "o1", "status": "COMPLETED", "total_money": {"amount": 1050, "currency": "CAD"},
                  "amount_money": {"amount": 1000, "currency": "CAD"}, "customer_id": "N1", "location_id": "L1",
                  "receipt_number": "r1", "source_type": "CARD", "card_details": {"card": {"card_brand": "VISA", "bin": "411111",
                  "last_4": "1111"}}, "created_at": "2026-11-20T09:00:00Z", "updated_at": "2026-11-20T09:30:00Z"}}}}""");
        square("""
                {"type": "refund.updated", "event_id": "ev-5", "created_at": "2026-11-20T10:00:00Z", "data": {"object": {"refund":
                 {"id": "r1", "order_id": "o1", "payment_id": "p1", "status": "COMPLETED",
                  "amount_money": {"amount": 500, "currency": "JPY"}, "created_at": "2026-11-20T09:00:00Z"}}}}""");
        SaleEvent payment = published(InputEvent.Sale.class).get(0).value();
        assertThat(payment.getOperation()).isEqualTo(SaleOperation.PAYMENT);
        assertThat(payment.getSaleId()).isEqualTo("o1");
        assertThat(payment.getReference().getSourceCustomerId()).isEqualTo("N1");
        assertThat(payment.getPayments().get(0).getAmount()).isEqualByComparingTo("10.50");
        assertThat(payment.getPayments().get(0).getReference()).isEqualTo("p1");
        assertThat(payment.toString()).doesNotContain("411111");
        SaleEvent refund = published(InputEvent.Sale.class).get(1).value();
        assertThat(refund.getOperation()).isEqualTo(SaleOperation.REFUND);
        assertThat(refund.getRefundOf()).isEqualTo("o1");
        assertThat(refund.getTotal()).isEqualByComparingTo("-500");
    }

    @Test
    void what_square_says_of_other_things_is_answered_and_ignored() {
        HttpResponse<String> answer = square("{\"type\": \"booking.created\", \"event_id\": \"b\", \"data\": {}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("status").asText()).isEqualTo("ignored");
        refused(square("{\"customer\": {}}"), 400, "NOT_A_MESSAGE");
        refused(square("[]"), 400, "MALFORMED_JSON");
        assertThat(api.publisher.published).isEmpty();
    }

    @Test
    void shopifys_ids_stay_exact_and_its_orders_are_sales() {
        shopify("orders/create", """
                {"id": 820982911946154508, "name": "#9999", "created_at": "2026-11-20T10:00:00-05:00",
                 "updated_at": "2026-11-20T10:00:01-05:00", "currency": "CAD", "total_price": "26.44", "taxes_included": false,
                 "cancelled_at": "2026-11-20T10:05:00-05:00",
                 "customer": {"id": 706405506930370084, "email": "bob@biller.example", "first_name": "Bob", "last_name": "Biller",
                   "email_marketing_consent": {"state": "subscribed", "opt_in_level": "single_opt_in",
                    "consent_updated_at": "2026-11-01T00:00:00Z"}},
                 "line_items": [{"id": 1, "sku": "WOOL", "name": "Wool", "quantity": 2, "price": "11.50", "total_discount": "0.00",
                   "tax_lines": [{"price": "1.15"}, {"price": "2.29"}]}]}""");
        List<InputEvent.Sale> sales = published(InputEvent.Sale.class);
        SaleEvent sale = sales.get(0).value();
        assertThat(sale.getSaleId()).isEqualTo("820982911946154508");
        assertThat(sale.getReference().getSourceCustomerId()).isEqualTo("706405506930370084");
        assertThat(sale.getTicketNumber()).isEqualTo("#9999");
        assertThat(sale.getLines().get(0).getAmount()).isEqualByComparingTo("26.44");
        assertThat(sale.getCustomer().getConsents().get(0).getStatus()).hasToString("GRANTED");
        assertThat(sales.get(1).value().getOperation()).isEqualTo(SaleOperation.VOID);
    }

    @Test
    void a_body_of_shopify_under_a_topic_that_is_not_its_own_is_refused() {
        String customer = "{\"id\": 7, \"email\": \"bob@biller.example\", \"first_name\": \"Bob\"}";
        refused(shopify("customers/delete", customer), 400, "NOT_A_MESSAGE");
        refused(shopify("orders/create", customer), 400, "NOT_A_MESSAGE");
        assertThat(shopify("customers/delete", "{\"id\": 7}").statusCode()).isEqualTo(200);
        assertThat(published(InputEvent.Command.class).get(0).value().getType()).isEqualTo(CommandType.ARCHIVE);
        assertThat(json(shopify("shop/redact", "{\"shop_id\": 7, \"shop_domain\": \"x.example\"}"))
                        .path("status")
                        .asText())
                .isEqualTo("noticed");
        refused(
                send("/v1/webhooks/shopify", customer, Signed.shopify("wrong", "customers/create", customer)),
                401,
                "SIGNATURE_WRONG");
    }

    @Test
    void p44_what_a_person_asks_of_shopify_becomes_a_command_of_theirs_and_one_is_not_taken_for_the_other() {
        String redact = "{\"shop_id\": 1, \"shop_domain\": \"x.example\", \"customer\": {\"id\": 191167, \"email\":"
                + " \"john@x.example\", \"phone\": \"5145550142\"}, \"orders_to_redact\": [299938]}";
        String data =
                "{\"shop_id\": 1, \"shop_domain\": \"x.example\", \"customer\": {\"id\": 191167}, \"data_request\":"
                        + " {\"id\": 9999}, \"orders_requested\": []}";
        refused(shopify("customers/redact", data), 400, "NOT_A_MESSAGE");
        refused(shopify("customers/data_request", redact), 400, "NOT_A_MESSAGE");
        refused(shopify("customers/redact", "{\"id\": 7}"), 400, "NOT_A_MESSAGE");
        assertThat(api.publisher.published).isEmpty();
        assertThat(shopify("customers/redact", redact).statusCode()).isEqualTo(200);
        assertThat(shopify("customers/data_request", data).statusCode()).isEqualTo(200);
        List<CustomerCommand> commands = published(InputEvent.Command.class).stream()
                .map(InputEvent.Command::value)
                .toList();
        assertThat(commands)
                .extracting(CustomerCommand::getType)
                .containsExactly(CommandType.ERASE, CommandType.DATA_REQUEST);
        assertThat(commands.get(0).getArguments())
                .containsEntry("source_customer_id", "191167")
                .containsEntry("unless_shared", "true");
        assertThat(commands.toString()).doesNotContain("john").doesNotContain("5145550142");
    }

    @Test
    void lightspeeds_lists_are_nothing_one_or_many_and_an_archived_customer_is_archived() {
        String body = """
                {"Customer": [{"customerID": "11", "firstName": "Junior", "lastName": "Doe", "archived": "false",
                   "timeStamp": "2026-11-20T10:00:00+00:00", "Contact": {"Phones": "", "Emails": {"ContactEmail":
                    {"address": "j@doe.example", "useType": "Primary"}}, "noEmail": "true"}},
                  {"customerID": "12", "firstName": "Zoé", "archived": "true", "timeStamp": "2026-11-20T10:00:00+00:00",
                   "Contact": {"Phones": {"ContactPhone": [{"number": "514 555 0142", "useType": "Mobile"},
                    {"number": "514 555 0143", "useType": "Work"}]}}}]}""";
        HttpResponse<String> answer =
                send("/v1/webhooks/lightspeed", body, Signed.own("lightspeed-secret", body, ApiUnderTest.NOW));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<InputEvent.Customer> sent = published(InputEvent.Customer.class);
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).value().getCustomer().getConsents()).hasSize(1);
        assertThat(sent.get(1).value().getCustomer().getPhones())
                .extracting("label")
                .containsExactly("Mobile", "Work");
        assertThat(published(InputEvent.Command.class)).hasSize(1);
    }

    @Test
    void a_signature_of_ours_is_good_for_five_minutes_and_for_its_time_only() {
        String body = "{\"Customer\": {\"customerID\": \"1\", \"firstName\": \"Zoé\"}}";
        var now = ApiUnderTest.NOW;
        refused(
                send("/v1/webhooks/lightspeed", body, Signed.own("lightspeed-secret", body, now.minusSeconds(301))),
                401,
                "SIGNATURE_EXPIRED");
        refused(
                send("/v1/webhooks/lightspeed", body, Signed.own("lightspeed-secret", body, now.plusSeconds(301))),
                401,
                "SIGNATURE_EXPIRED");
        String old =
                Signed.own("lightspeed-secret", body, now.minusSeconds(301)).get("X-Repertoire-Signature");
        String moved = "t=" + now.getEpochSecond() + old.substring(old.indexOf(','));
        refused(send("/v1/webhooks/lightspeed", body, Map.of("X-Repertoire-Signature", moved)), 401, "SIGNATURE_WRONG");
        refused(
                send("/v1/webhooks/lightspeed", body, Map.of("Authorization", "Bearer " + ApiUnderTest.KEY)),
                401,
                "SIGNATURE_MISSING");
    }

    @Test
    void without_a_secret_for_lightspeed_the_directorys_own_api_key_is_asked_for() {
        String body = "{\"Customer\": {\"customerID\": \"1\", \"firstName\": \"Zoé\"}}";
        Map<String, String> quebec = Map.of("X-Api-Key", "key-of-quebec");
        assertThat(send("/v1/webhooks/lightspeed/quebec", body, quebec).statusCode())
                .isEqualTo(200);
        refused(send("/v1/webhooks/lightspeed/quebec", body, Map.of()), 401, "API_KEY_MISSING");
        refused(
                send("/v1/webhooks/lightspeed/quebec", body, Map.of("X-Api-Key", ApiUnderTest.KEY)),
                401,
                "API_KEY_WRONG");
    }

    @Test
    void what_clover_names_is_recorded_as_to_fetch_once_and_what_it_deletes_is_archived() {
        String body = """
                {"appId": "A", "merchants": {"M1": [
                  {"objectId": "C:C1", "type": "CREATE", "ts": 1537970958000}, {"objectId": "C:C1", "type": "UPDATE", "ts": 1537970959000},
                  {"objectId": "C:C2", "type": "DELETE", "ts": 1537970960000}, {"objectId": "I:X", "type": "UPDATE", "ts": 1}]}}""";
        HttpResponse<String> answer = send("/v1/webhooks/clover", body, Map.of("X-Clover-Auth", "clover-code"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<InputEvent.Fetch> fetches = published(InputEvent.Fetch.class);
        assertThat(fetches).hasSize(1);
        assertThat(fetches.get(0).value().getFetch().getId()).isEqualTo("C1");
        assertThat(fetches.get(0).value().getFetch().getAccount()).isEqualTo("M1");
        assertThat(published(InputEvent.Command.class).get(0).value().getArguments())
                .containsEntry("source_customer_id", "C2");
        refused(send("/v1/webhooks/clover", body, Map.of("X-Clover-Auth", "guess")), 401, "SIGNATURE_WRONG");
        refused(send("/v1/webhooks/clover", body, Map.of()), 401, "SIGNATURE_MISSING");
        assertThat(json(send("/v1/webhooks/clover", "{\"verificationCode\": \"ce7643c1-83ea\"}", Map.of()))
                        .path("status")
                        .asText())
                .isEqualTo("verification");
    }

    @Test
    void while_kafka_is_away_the_vendor_is_asked_to_send_it_again() {
        api.publisher.fate = event -> CompletableFuture.completedFuture(new Published.NotTaken(
                Problem.retryable(ProblemCode.KAFKA_UNAVAILABLE, "Not taken.", Duration.ofSeconds(2))));
        HttpResponse<String> answer = square(CREATED);
        refused(answer, 503, "KAFKA_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    }

    @Test
    void no_secret_shows_in_the_settings_text() {
        assertThat(new WebhookSettings(Map.of("main", Signed.config(Duration.ZERO)), Map.of("x", "pw")).toString())
                .doesNotContain("square-key")
                .doesNotContain("shopify-secret")
                .doesNotContain("clover-code")
                .doesNotContain("pw");
    }
}
