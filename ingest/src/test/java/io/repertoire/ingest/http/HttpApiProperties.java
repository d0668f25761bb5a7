package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class HttpApiProperties {

    private static ApiUnderTest api;

    @BeforeContainer
    static void open() {
        api = new ApiUnderTest(ApiUnderTest.patient());
    }

    @AfterContainer
    static void close() {
        api.close();
    }

    @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
    void no_body_makes_the_server_fail(
            @ForAll("bodies") byte[] body, @ForAll("paths") String path, @ForAll("types") String type) {
        CountedMetrics sums = api.metrics;
        long before = sums.received.get();
        HttpResponse<String> answer = api.post(path, type, BodyPublishers.ofByteArray(body));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        // Each event is accepted or refused, and each line of a batch has its answer.
        assertThat(sums.received.get()).isEqualTo(sums.accepted.get() + sums.refused.get() + sums.unavailable.get());
        if (answer.statusCode() == 200) {
            assertThat(answer.body().lines()).hasSize((int) (sums.received.get() - before));
        }
        if (answer.statusCode() >= 400) {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<byte[]> bodies = new EventReaderProperties().bodies();
        Arbitrary<byte[]> batches = bodies.list().ofMaxSize(4).map(lines -> {
            var all = new ByteArrayOutputStream();
            for (byte[] line : lines) {
                all.writeBytes(line);
                all.write('\n');
            }
            return all.toByteArray();
        });
        return Arbitraries.oneOf(bodies, batches);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("/v1/customers", "/v1/sales", "/v1/events", "/v1/other");
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("application/json", "application/x-ndjson", "application/json", "text/csv");
    }
}
