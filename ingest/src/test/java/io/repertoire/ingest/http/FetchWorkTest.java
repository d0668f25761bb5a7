package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.repertoire.ingest.vendor.CloverClient;
import io.repertoire.schemas.PendingFetch;
import io.repertoire.schemas.SaleEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server of our own that answers as Clover's pages say. */
class FetchWorkTest {

    private static final String CUSTOMER = """
            {"id": "C1", "firstName": "Zoé", "lastName": "Roy", "marketingAllowed": true,
             "emailAddresses": {"elements": [{"id": "E1", "emailAddress": "zoe@laval.example"}]},
             "phoneNumbers": {"elements": [{"id": "P1", "phoneNumber": "514 555 0142"}]},
             "cards": {"elements": [{"token": "tok_1", "last4": "4242", "pan": "4242424242424242", "expirationDate": "1128"}]}}""";

    private final Map<String, String> shown = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final FakePublisher publisher = new FakePublisher();
    private final MovingClock clock = new MovingClock();
    private volatile int status = 200;
    private HttpServer server;
    private FetchWork work;

    private static final class MovingClock extends Clock {
        private Instant now = ApiUnderTest.NOW;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            String body = shown.get(exchange.getRequestURI().getPath());
            byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    body == null && status == 200 ? 404 : status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
        var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        var sender = new VendorSender(new EventReader(), publisher, HttpMetrics.NOOP, Duration.ofSeconds(5));
        work = new FetchWork(Map.of("main", new CloverClient(base, "the-token")), sender, publisher, clock);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static PendingFetch pending(String kind, String id) {
        return new PendingFetch("clover", "M1", kind, id, ApiUnderTest.NOW.minusSeconds(60));
    }

    private List<InputEvent> sent() {
        return new ArrayList<>(publisher.published);
    }

    @Test
    void what_was_named_is_fetched_sent_and_crossed_off_and_of_a_card_only_its_token_is_taken() throws Exception {
        shown.put("/v3/merchants/M1/customers/C1", CUSTOMER);
        work.add("main", "k1", pending("C", "C1"));
        assertThat(work.step()).isTrue();
        assertThat(asked)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("/v3/merchants/M1/customers/C1?expand=")
                .endsWith("Bearer the-token");
        assertThat(sent()).hasExactlyElementsOfTypes(InputEvent.Customer.class, InputEvent.Fetch.class);
        var customer = ((InputEvent.Customer) sent().get(0)).value();
        assertThat(customer.getSourceCustomerId()).isEqualTo("C1");
        assertThat(customer.getObservedAt()).isEqualTo(ApiUnderTest.NOW.minusSeconds(60));
        assertThat(customer.getCustomer().getEmails()).extracting("value").containsExactly("zoe@laval.example");
        assertThat(customer.getCustomer().getCards().get(0).getToken()).isEqualTo("tok_1");
        assertThat(customer.getCustomer().getCards().get(0).getExpiry()).isEqualTo("11/28");
        assertThat(customer.toString()).doesNotContain("4242424242424242");
        assertThat(((InputEvent.Fetch) sent().get(1)).value()).isNull();
        assertThat(work.step()).isFalse();
    }

    @Test
    void the_same_shown_twice_is_the_same_event() throws Exception {
        shown.put("/v3/merchants/M1/customers/C1", CUSTOMER);
        work.add("main", "k1", pending("C", "C1"));
        work.step();
        work.add("main", "k2", pending("C", "C1"));
        work.step();
        assertThat(sent().get(2).recordId()).isEqualTo(sent().get(0).recordId());
    }

    @Test
    void orders_and_payments_become_sales() throws Exception {
        shown.put("/v3/merchants/M1/orders/O1", """
                {"id": "O1", "state": "locked", "currency": "CAD", "total": 2644, "createdTime": 1774800000000, "title": "T-7",
                 "lineItems": {"elements": [{"id": "L1", "name": "Wool", "price": 2644}]}, "customers": {"elements": [{"id": "C1"}]},
                 "payments": {"elements": [{"id": "P1", "amount": 2644, "tipAmount": 100, "result": "SUCCESS",
                  "tender": {"label": "Credit Card"}}]}}""");
        shown.put("/v3/merchants/M1/payments/P2", """
                {"id": "P2", "amount": 1299, "result": "FAIL", "createdTime": 1774800000000, "order": {"id": "O1"}}""");
        work.add("main", "k1", pending("O", "O1"));
        work.add("main", "k2", pending("P", "P2"));
        work.step();
        work.step();
        SaleEvent order = ((InputEvent.Sale) sent().get(0)).value();
        assertThat(order.getTotal()).isEqualByComparingTo("26.44");
        assertThat(order.getReference().getSourceCustomerId()).isEqualTo("C1");
        assertThat(order.getLines().get(0).getAmount()).isEqualByComparingTo("26.44");
        assertThat(order.getPayments().get(0).getAmount()).isEqualByComparingTo("27.44");
        SaleEvent payment = ((InputEvent.Sale) sent().get(2)).value();
        assertThat(payment.getSaleId()).isEqualTo("O1");
        assertThat(payment.getPayments().get(0).getAmount()).isZero();
    }

    @Test
    void what_the_vendor_has_no_more_is_crossed_off_and_what_it_cannot_show_now_waits_longer_each_time()
            throws Exception {
        work.add("main", "gone", pending("C", "C9"));
        work.step();
        assertThat(sent()).hasExactlyElementsOfTypes(InputEvent.Fetch.class);
        publisher.published.clear();

        status = 503;
        shown.put("/v3/merchants/M1/customers/C1", CUSTOMER);
        work.add("main", "k1", pending("C", "C1"));
        work.step();
        assertThat(work.step()).isFalse();
        clock.now = clock.now.plusSeconds(1);
        work.step();
        clock.now = clock.now.plusSeconds(1);
        assertThat(work.step()).isFalse();
        clock.now = clock.now.plusSeconds(1);
        status = 200;
        assertThat(work.step()).isTrue();
        assertThat(sent()).hasExactlyElementsOfTypes(InputEvent.Customer.class, InputEvent.Fetch.class);
        assertThat(work.size()).isZero();
    }

    @Test
    void what_another_process_fetched_is_left_alone_and_a_directory_without_a_token_waits() throws Exception {
        work.add("main", "k1", pending("C", "C1"));
        work.remove("main", "k1");
        work.add("quebec", "k2", pending("C", "C1"));
        assertThat(work.step()).isFalse();
        assertThat(asked).isEmpty();
    }
}
