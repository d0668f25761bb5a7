package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.testing.InMemoryWire;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventReaderProperties {

    private static final List<String> SEEDS = List.of("""
            {"type":"customer","event_id":"e-1","source_system":"clover","source_customer_id":"C9","observed_at":"2026-11-20T08:00:00-05:00",
             "customer":{"given_name":"Hélène","email":"h@laval.example","phones":["514 555 0142",{"value":"438 555 0143","kind":"MOBILE"}],
             "addresses":[{"line1":"12 rue","city":"Laval"}],"consents":[{"channel":"EMAIL","status":"GRANTED"}],"attributes":{"a":1}}}""", """
            {"type":"sale","event_id":"s-1","source_system":"clover","sale_id":"T1","total":12.5,"currency":"CAD",
             "lines":[{"sku":"A","quantity":"1.250","amount":10}],"payments":[{"method":"card","amount":12.5}],
             "reference":{"source_customer_id":"C9"},"customer":{"phone":"5145550142"}}""");

    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "null",
            "true",
            "-",
            "1e999999999",
            "9".repeat(60),
            "1e-400",
            "\\u0000",
            "\\ud800",
            "\"type\":\"sale\",",
            "\"customer\":",
            "{\"value\":",
            "\"event_id\":[],",
            "\n",
            "\r",
            "\u0000",
            "\\",
            "\ufeff",
            "\"4111111111111111\"",
            "[[[[[[[[[[[[[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":",
            "0x1",
            "NaN",
            "/*",
            "\ud83d");

    private final EventReader reader = new EventReader();
    private final InMemoryWire wire = new InMemoryWire();

    @Property(tries = 3_000)
    void whatever_the_bytes_they_are_an_event_that_can_be_encoded_or_refused_as_the_callers_fault(
            @ForAll("bodies") byte[] body) {
        for (EventKind expected : new EventKind[] {null, EventKind.CUSTOMER, EventKind.SALE}) {
            Reading reading = reader.read(
                    body, 0, body.length, 1, new EventReader.Context(expected, "main", null, ApiUnderTest.NOW));
            if (reading instanceof Reading.Refused refused) {
                assertThat(refused.problem().status()).isEqualTo(400);
                assertThat(refused.problem().faults()).isNotEmpty().allSatisfy(fault -> {
                    assertThat(fault.line()).isNotNegative();
                    assertThat(fault.detail()).isNotBlank();
                });
            } else if (((Reading.Event) reading).event() instanceof InputEvent.Customer customer) {
                wire.encode(Topics.SUBMISSIONS, customer.value());
            } else if (((Reading.Event) reading).event() instanceof InputEvent.Sale sale) {
                wire.encode(Topics.SALE_EVENTS, sale.value());
            }
        }
    }

    @Property(tries = 300)
    void any_text_of_a_customer_arrives_as_it_was_sent(@ForAll("names") String name) throws Exception {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("event_id", "1");
            json.writeStringField("source_system", "t");
            json.writeObjectFieldStart("customer");
            json.writeStringField("given_name", name);
            json.writeEndObject();
            json.writeEndObject();
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Reading reading = reader.read(
                bytes, 0, bytes.length, 1, new EventReader.Context(EventKind.CUSTOMER, "main", null, ApiUnderTest.NOW));
        var event = (InputEvent.Customer) ((Reading.Event) reading).event();
        assertThat(event.value().getCustomer().getGivenName()).isEqualTo(name);
        var decoded = wire.decode(Topics.SUBMISSIONS, wire.encode(Topics.SUBMISSIONS, event.value()));
        assertThat(decoded).isEqualTo(event.value());
    }

    @Provide
    Arbitrary<String> names() {
        // No run of 13 digits, which could be a card number, and no half character, which is removed.
        return Arbitraries.strings()
                .withCharRange('\u0001', '/')
                .withCharRange(':', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(40);
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> tokens = Arbitraries.of(TOKENS).list().ofMaxSize(12).map(parts -> String.join("", parts)
                .getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> mutated = Combinators.combine(
                        Arbitraries.of(SEEDS),
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.of(TOKENS))
                .as(EventReaderProperties::mutate);
        Arbitrary<byte[]> flipped = Combinators.combine(
                        Arbitraries.of(SEEDS), Arbitraries.integers().between(0, 10_000), Arbitraries.bytes())
                .as((seed, at, value) -> {
                    byte[] bytes = seed.getBytes(StandardCharsets.UTF_8);
                    bytes[at % bytes.length] = value;
                    return bytes;
                });
        return Arbitraries.oneOf(random, tokens, mutated, mutated, flipped);
    }

    private static byte[] mutate(String seed, int at, int cut, String token) {
        int start = at % seed.length();
        int end = Math.min(seed.length(), start + cut);
        return (seed.substring(0, start) + token + seed.substring(end)).getBytes(StandardCharsets.UTF_8);
    }
}
