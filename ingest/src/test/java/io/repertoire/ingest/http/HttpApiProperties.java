package io.repertoire.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

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
        api = new ApiUnderTest();
    }

    @AfterContainer
    static void close() {
        api.close();
    }

    @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
    void no_body_makes_the_server_fail(
            @ForAll("bodies") byte[] body, @ForAll("paths") String path, @ForAll("types") String type) {
        HttpResponse<String> answer = api.post(path, type, BodyPublishers.ofByteArray(body));
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        if (answer.statusCode() >= 400) {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Provide
    Arbitrary<byte[]> bodies() {
        return new EventReaderProperties().bodies();
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
