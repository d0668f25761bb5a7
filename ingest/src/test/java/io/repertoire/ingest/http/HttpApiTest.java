package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.repertoire.schemas.Channel;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.SaleEvent;
import io.repertoire.schemas.SaleOperation;
import io.repertoire.schemas.SubmissionKind;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {

    private static final String CUSTOMER = """
            {"event_id": "e-1", "source_system": "clover", "source_customer_id": "C9", "store": "Laval", "till": "2",
             "region": "ca", "observed_at": "2026-11-20T08:00:00-05:00",
             "customer": {"given_name": "Hélène", "family_name": "Lévesque", "email": "helene@laval.example",
               "phones": ["514 555 0142", {"value": "438 555 0143", "kind": "mobile"}],
               "address": {"line1": "12 rue des Érables", "city": "Laval", "country": "CA"},
               "loyalty_card": "L-77", "groups": ["VIP"], "receipt_by_email": true,
               "consents": [{"channel": "EMAIL", "status": "GRANTED", "decided_at": "2026-01-02T03:04:05Z"}],
               "attributes": {"shoe size": 38, "newsletter": false}}}""";

    private static final String SALE = """
            {"event_id": "s-1", "source_system": "clover", "sale_id": "T100", "occurred_at": "2026-11-21T11:59:00Z",
             "currency": "cad", "total": 12.5, "source_customer_id": "C9",
             "lines": [{"sku": "A1", "quantity": "1.250", "amount": 10}, {"sku": "B2", "amount": 2.50}],
             "payments": [{"method": "card", "amount": "12.50", "reference": "auth 123"}]}""";

    private final ApiUnderTest api = new ApiUnderTest();
    private final ObjectMapper mapper = new ObjectMapper();

    @AfterEach
    void close() {
        api.close();
    }

    @BeforeEach
    void nothingIsSentYet() {
        assertThat(api.publisher.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"back-office", "Back-Office", "repertoire", "command"})
    void a_source_that_calls_itself_by_one_of_our_names_is_answered_422_and_nothing_is_sent(String ours) {
        for (String[] post : new String[][] {{"/v1/customers", CUSTOMER}, {"/v1/sales", SALE}}) {
            HttpResponse<String> answer = api.post(post[0], post[1].replace("\"clover\"", '"' + ours + '"'));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("SOURCE_RESERVED").contains("/source_system");
        }
        assertThat(api.publisher.published).isEmpty();
    }

    @Test
    void a_customer_is_answered_202_and_reaches_the_submissions_topic_whole() {
        HttpResponse<String> answer = api.post("/v1/customers", CUSTOMER);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(json(answer).get("status").asText()).isEqualTo("accepted");
        assertThat(json(answer).get("record_id").asText()).isEqualTo("clover/e-1");
        CustomerSubmission sent = onlySubmission();
        assertThat(sent.getKind()).isEqualTo(SubmissionKind.RECORD);
        assertThat(sent.getDirectoryId()).isEqualTo("main");
        assertThat(sent.getRecordId()).isEqualTo("clover/e-1");
        assertThat(sent.getSourceCustomerId()).isEqualTo("C9");
        assertThat(sent.getRegion()).isEqualTo("CA");
        assertThat(sent.getChannel()).isEqualTo(Channel.POS);
        assertThat(sent.getObservedAt()).isEqualTo(Instant.parse("2026-11-20T13:00:00Z"));
        assertThat(sent.getReceivedAt()).isEqualTo(ApiUnderTest.NOW);
        var customer = sent.getCustomer();
        assertThat(customer.getGivenName()).isEqualTo("Hélène");
        assertThat(customer.getEmails()).extracting("value").containsExactly("helene@laval.example");
        assertThat(customer.getPhones()).extracting("value").containsExactly("514 555 0142", "438 555 0143");
        assertThat(customer.getPhones().get(1).getKind()).hasToString("MOBILE");
        assertThat(customer.getAddresses()).extracting("city").containsExactly("Laval");
        assertThat(customer.getLoyalty().getCard()).isEqualTo("L-77");
        assertThat(customer.getReceiptByEmail()).isEqualTo("Y");
        assertThat(customer.getAttributes()).containsEntry("shoe size", "38").containsEntry("newsletter", "false");
        assertThat(customer.getConsents().get(0).getDecidedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void a_sale_is_answered_202_and_reaches_the_sales_topic_whole() {
        HttpResponse<String> answer = api.post("/v1/sales", SALE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        SaleEvent sent = ((InputEvent.Sale) api.publisher.published.get(0)).value();
        assertThat(sent.getOperation()).isEqualTo(SaleOperation.RECORD);
        assertThat(sent.getTotal()).isEqualTo(new BigDecimal("12.50"));
        assertThat(sent.getCurrency()).isEqualTo("CAD");
        assertThat(sent.getReference().getSourceCustomerId()).isEqualTo("C9");
        assertThat(sent.getLines().get(0).getQuantity()).isEqualTo(new BigDecimal("1.250"));
        assertThat(sent.getLines().get(1).getAmount()).isEqualTo(new BigDecimal("2.50"));
        assertThat(sent.getPayments().get(0).getReference()).isEqualTo("auth 123");
    }

    @Test
    void events_takes_either_kind_by_its_type_wherever_that_stands() {
        assertThat(api.post("/v1/events", CUSTOMER.replaceFirst("\\{", "{\"type\": \"customer\","))
                        .statusCode())
                .isEqualTo(202);
        assertThat(api.post("/v1/events", SALE.replaceFirst("}]}$", "}], \"type\": \"sale\"}"))
                        .statusCode())
                .isEqualTo(202);
        assertThat(api.publisher.published).hasExactlyElementsOfTypes(InputEvent.Customer.class, InputEvent.Sale.class);
        problem(api.post("/v1/events", CUSTOMER), 400, "MISSING_FIELD");
        problem(api.post("/v1/sales", SALE.replaceFirst("\\{", "{\"type\": \"customer\",")), 400, "CONFLICTING_VALUES");
    }

    @Test
    void the_key_says_the_directory_and_without_a_right_one_nothing_is_taken() {
        HttpResponse<String> answer = api.send(json(api.request("/v1/customers"))
                .header("X-Api-Key", "key-of-quebec")
                .POST(BodyPublishers.ofString(CUSTOMER))
                .build());
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(onlySubmission().getDirectoryId()).isEqualTo("quebec");
        api.publisher.published.clear();

        HttpResponse<String> missing = api.send(json(api.request("/v1/customers"))
                .POST(BodyPublishers.ofString(CUSTOMER))
                .build());
        problem(missing, 401, "API_KEY_MISSING");
        assertThat(missing.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(v -> assertThat(v).startsWith("Bearer"));
        for (String wrong : new String[] {"key-of-mai", "key-of-main ", "", "Key-Of-Main"}) {
            HttpResponse<String> refused = api.send(json(api.request("/v1/customers"))
                    .header("Authorization", "Bearer x" + wrong)
                    .POST(BodyPublishers.ofString(CUSTOMER))
                    .build());
            problem(refused, 401, "API_KEY_WRONG");
            assertThat(refused.body()).doesNotContain("x" + wrong + "\"");
        }
        assertThat(api.publisher.published).isEmpty();
    }

    @Test
    void an_unknown_field_is_named_with_its_place() {
        JsonNode problem = problem(api.post("/v1/customers", """
                {"event_id": "1", "source_system": "t",
                 "customer": {"given_name": "É", "fist_name": "Jean"}}"""), 400, "UNKNOWN_FIELD");
        assertThat(problem.get("detail").asText()).contains("fist_name").contains("given_name");
        assertThat(problem.get("pointer").asText()).isEqualTo("/customer/fist_name");
        assertThat(problem.get("line").asInt()).isEqualTo(2);
        assertThat(problem.get("column").asInt()).isEqualTo(34);
        assertThat(problem.get("type").asText()).isEqualTo("urn:repertoire:problem:UNKNOWN_FIELD");
    }

    @Test
    void every_fault_is_told_at_once() {
        JsonNode problem = problem(api.post("/v1/sales", """
                {"event_id": "1", "source_system": "t", "sale_id": "2", "total": "1,50", "currency": "dollars",
                 "occurred_at": "yesterday", "till_no": 3}"""), 400, "INVALID_VALUE");
        assertThat(problem.get("errors"))
                .extracting(e -> e.get("pointer").asText())
                .containsExactly("/total", "/occurred_at", "/till_no", "/currency");
    }

    @Test
    void broken_json_is_told_with_line_and_column_and_never_quoted() {
        JsonNode problem = problem(
                api.post("/v1/customers", "{\"event_id\": \"1\",\n \"source_system\": Jean}"), 400, "MALFORMED_JSON");
        assertThat(problem.get("line").asInt()).isEqualTo(2);
        assertThat(problem.get("column").asInt()).isBetween(19, 24);
        assertThat(problem.toString()).doesNotContain("Jean");
        problem(api.post("/v1/customers", ""), 400, "EMPTY_BODY");
        problem(api.post("/v1/customers", "[1]"), 400, "WRONG_TYPE");
        problem(api.post("/v1/customers", "{\"event_id\":\"1\""), 400, "MALFORMED_JSON");
        problem(api.post("/v1/customers", CUSTOMER + CUSTOMER), 400, "MALFORMED_JSON");
        problem(
                api.post("/v1/customers", "application/json", BodyPublishers.ofByteArray(new byte[] {
                    '{', '"', (byte) 0xff
                })),
                400,
                "MALFORMED_JSON");
    }

    @Test
    void too_deep_or_too_long_is_refused() {
        problem(
                api.post("/v1/customers", "{\"customer\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}"),
                400,
                "TOO_DEEP");
        String longText = CUSTOMER.replace("Hélène", "é".repeat(10_001));
        assertThat(problem(api.post("/v1/customers", longText), 400, "TOO_LONG")
                        .get("pointer")
                        .asText())
                .isEqualTo("/customer/given_name");
        problem(
                api.post("/v1/customers", CUSTOMER.replace("\"e-1\"", "\"" + "e".repeat(129) + "\"")),
                400,
                "INVALID_VALUE");
    }

    @Test
    void a_body_beyond_the_limit_is_refused_whether_or_not_its_length_is_declared() {
        byte[] large = new byte[(1 << 20) + 1];
        Arrays.fill(large, (byte) ' ');
        problem(
                api.post("/v1/customers", "application/json", BodyPublishers.ofByteArray(large)),
                413,
                "BODY_TOO_LARGE");
        problem(
                api.post("/v1/customers", "application/json", BodyPublishers.ofInputStream(() -> new Endless(3 << 20))),
                413,
                "BODY_TOO_LARGE");
        problem(
                api.post(
                        "/v1/customers",
                        "application/x-ndjson",
                        BodyPublishers.ofInputStream(() -> new Endless(18 << 20))),
                413,
                "BODY_TOO_LARGE");
        assertThat(api.post("/v1/customers", CUSTOMER).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=latin1",
                "application/json; charset=latin-1",
                "application/x-ndjson; charset=no such charset",
                "a;;=,"
            })
    void another_content_type_is_refused(String type) {
        problem(api.post("/v1/customers", type, BodyPublishers.ofString(CUSTOMER)), 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void another_method_is_refused(String method) {
        HttpResponse<String> answer = api.send(
                api.request("/v1/sales").method(method, BodyPublishers.noBody()).build());
        problem(answer, 405, "METHOD_NOT_ALLOWED");
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        problem(api.post("/v1/clients", CUSTOMER), 404, "NOT_FOUND");
    }

    @Test
    void the_event_id_may_come_in_the_header_and_must_come_somewhere() {
        String without = CUSTOMER.replace("\"event_id\": \"e-1\", ", "");
        problem(api.post("/v1/customers", without), 400, "MISSING_FIELD");
        HttpRequest.Builder request = json(api.request("/v1/customers"))
                .header("X-Api-Key", ApiUnderTest.KEY)
                .header("Idempotency-Key", "\"8e03978e\"");
        assertThat(api.send(request.copy()
                                .POST(BodyPublishers.ofString(without))
                                .build())
                        .statusCode())
                .isEqualTo(202);
        assertThat(onlySubmission().getRecordId()).isEqualTo("clover/8e03978e");
        problem(api.send(request.copy().POST(BodyPublishers.ofString(CUSTOMER)).build()), 400, "CONFLICTING_VALUES");
    }

    @Test
    void a_time_after_receipt_becomes_that_of_receipt_and_an_absent_one_too() {
        HttpResponse<String> answer = api.post("/v1/customers", CUSTOMER.replace("2026-11-20T", "2026-12-20T"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(json(answer).at("/warnings/0/code").asText()).isEqualTo("TIME_IN_FUTURE");
        api.post("/v1/customers", CUSTOMER.replace("\"observed_at\": \"2026-11-20T08:00:00-05:00\",", ""));
        assertThat(api.publisher.published).allSatisfy(event -> assertThat(
                        ((InputEvent.Customer) event).value().getObservedAt())
                .isEqualTo(ApiUnderTest.NOW));
    }

    @Test
    void card_numbers_never_leave_and_the_caller_is_warned() {
        HttpResponse<String> answer = api.post("/v1/customers", """
                {"event_id": "1", "source_system": "t", "customer": {"given_name": "A",
                 "notes": "pays with 4111 1111 1111 1111", "attributes": {"4111111111111111": "5555555555554444"},
                 "loyalty_card": "4111111111111111", "phones": ["4111111111111111", "514 555 0142"]}}""");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(json(answer).get("warnings"))
                .extracting(w -> w.get("pointer").asText())
                .contains("/customer/notes", "/customer/loyalty_card", "/customer/phones/0", "/customer/attributes/?");
        assertThat(json(answer).get("warnings").toString()).contains("The name of an attribute held");
        assertThat(onlySubmission().toString()).doesNotContain("4111", "5555555555554444");
        assertThat(onlySubmission().getCustomer().getPhones()).hasSize(1);
        assertThat(onlySubmission().getCustomer().getLoyalty()).isNull();
        assertThat(onlySubmission().getProblems()).extracting("field").contains("notes", "phones.0");
        problem(api.post("/v1/sales", SALE.replace("T100", "4111111111111111")), 400, "CARD_NUMBER");
    }

    @Test
    void what_could_not_be_sent_is_answered_503_with_word_of_its_fate() {
        api.publisher.fate = event -> CompletableFuture.completedFuture(new Published.NotTaken(
                Problem.retryable(ProblemCode.KAFKA_UNAVAILABLE, "Not taken.", Duration.ofSeconds(2))));
        HttpResponse<String> unavailable = api.post("/v1/customers", CUSTOMER);
        problem(unavailable, 503, "KAFKA_UNAVAILABLE");
        assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("2");

        api.publisher.fate = event -> new CompletableFuture<>();
        long start = System.nanoTime();
        JsonNode problem = problem(api.post("/v1/customers", CUSTOMER), 503, "UNKNOWN_FATE");
        assertThat(problem.get("detail").asText()).contains("same event_id");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("Kafka had its time")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_batch_answers_each_line_in_order_and_a_bad_one_does_not_stop_the_others() {
        String good = CUSTOMER.replace("\n", " ");
        HttpResponse<String> answer = api.batch(
                "/v1/customers",
                good + "\r\n\n" + "{\"event_id\": \"e-2\", \"oops\": 1}\n" + good.replace("e-1", "e-3") + "\n{\n");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        var lines = answer.body().lines().map(this::parse).toList();
        assertThat(lines).extracting(l -> l.get("line").asInt()).containsExactly(1, 3, 4, 5);
        assertThat(lines)
                .extracting(l -> l.get("status").asText())
                .containsExactly("accepted", "refused", "accepted", "refused");
        assertThat(lines.get(1).at("/problem/line").asInt()).isEqualTo(3);
        assertThat(api.publisher.published)
                .extracting(InputEvent::recordId)
                .containsExactly("clover/e-1", "clover/e-3");
    }

    @Test
    void after_a_line_that_could_not_be_sent_the_rest_of_a_batch_is_not_tried() {
        api.publisher.fate = event -> CompletableFuture.completedFuture(
                event.recordId().endsWith("e-2")
                        ? new Published.NotTaken(Problem.retryable(ProblemCode.BUSY, "Busy.", Duration.ofSeconds(1)))
                        : Published.Acknowledged.INSTANCE);
        String good = CUSTOMER.replace("\n", " ");
        HttpResponse<String> answer = api.batch(
                "/v1/customers", good + "\n" + good.replace("e-1", "e-2") + "\n" + good.replace("e-1", "e-3"));
        assertThat(answer.body().lines().map(this::parse))
                .extracting(l -> l.at("/problem/code").asText())
                .containsExactly("", "BUSY", "NOT_SENT");
        assertThat(api.publisher.published).hasSize(2);

        problem(api.batch("/v1/customers", good.replace("e-1", "e-2")), 503, "BUSY");
    }

    @Test
    void a_batch_of_too_many_events_is_refused_before_the_first_is_sent() {
        problem(api.batch("/v1/customers", "{}\n".repeat(1_001)), 413, "TOO_MANY_EVENTS");
        problem(api.batch("/v1/customers", "\n \r\n"), 400, "EMPTY_BODY");
    }

    @Test
    void every_event_received_is_counted_once_as_accepted_refused_or_unavailable() {
        api.publisher.fate = event -> CompletableFuture.completedFuture(
                event.recordId().endsWith("e-2")
                        ? new Published.NotTaken(KafkaEventPublisher.unknownFate())
                        : Published.Acknowledged.INSTANCE);
        String good = CUSTOMER.replace("\n", " ");
        api.post("/v1/customers", CUSTOMER);
        api.post("/v1/customers", CUSTOMER.replace("e-1", "e-2"));
        api.post("/v1/customers", "{");
        api.batch("/v1/customers", good + "\n{\n" + good.replace("e-1", "e-2") + "\n" + good);
        api.batch("/v1/customers", "\n");
        api.post("/v1/customers", "text/plain", BodyPublishers.ofString(CUSTOMER));

        assertThat(api.metrics.received).hasValue(7);
        assertThat(api.metrics.accepted).hasValue(2);
        assertThat(api.metrics.refused).hasValue(2);
        assertThat(api.metrics.unavailable).hasValue(3);
        assertThat(api.metrics.requestsRefused).hasValue(2);
    }

    private JsonNode problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("code").asText()).as(answer.body()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("detail").asText()).isNotBlank();
        assertThat(problem.get("title").asText()).isNotBlank();
        return problem;
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private CustomerSubmission onlySubmission() {
        assertThat(api.publisher.published).hasSize(1);
        return ((InputEvent.Customer) api.publisher.published.get(0)).value();
    }

    private JsonNode json(HttpResponse<String> answer) {
        return parse(answer.body());
    }

    private JsonNode parse(String text) {
        try {
            return mapper.readTree(text);
        } catch (java.io.IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Blanks without a declared length. */
    private static final class Endless extends InputStream {
        private int left;

        Endless(int bytes) {
            left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = Math.min(left, length);
            Arrays.fill(into, offset, offset + count, (byte) ' ');
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
