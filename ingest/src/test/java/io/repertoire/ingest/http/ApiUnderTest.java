package io.repertoire.ingest.http;

import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** The routes on a real server on a free port, in front of a {@link FakePublisher}. */
final class ApiUnderTest implements AutoCloseable {

    static final String KEY = "key-of-main";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final FakePublisher publisher = new FakePublisher();
    final CountedMetrics metrics = new CountedMetrics();
    private final HttpApi api;
    private final Javalin server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ApiUnderTest() {
        this(shipped());
    }

    private static HttpApiConfig shipped() {
        return answeringWithin(Duration.ofSeconds(2));
    }

    /** For thousands of requests, of which one may come upon a machine that does something else for seconds. */
    static HttpApiConfig patient() {
        return answeringWithin(Duration.ofMinutes(1));
    }

    static HttpApiConfig withBodyMemory(int bytes) {
        return config(Duration.ofSeconds(2), bytes);
    }

    private static HttpApiConfig answeringWithin(Duration timeLimit) {
        return config(timeLimit, 64 << 20);
    }

    private static HttpApiConfig config(Duration timeLimit, int bytes) {
        return new HttpApiConfig(
                Map.of(KEY, "main", "key-of-quebec", "quebec"),
                Map.of(),
                timeLimit,
                100,
                1 << 20,
                16 << 20,
                1_000,
                bytes);
    }

    ApiUnderTest(HttpApiConfig config) {
        this(config, WebhookSettings.NONE);
    }

    ApiUnderTest(WebhookSettings webhooks) {
        this(shipped(), webhooks);
    }

    ApiUnderTest(HttpApiConfig config, WebhookSettings webhooks) {
        api = new HttpApi(config, webhooks, publisher, Clock.fixed(NOW, ZoneOffset.UTC), metrics);
        server = Javalin.create(javalin -> {
                    javalin.startup.showJavalinBanner = false;
                    api.addTo(javalin);
                })
                .start("127.0.0.1", 0);
        api.start();
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, "application/json", BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    }

    HttpResponse<String> batch(String path, String body) {
        return post(path, "application/x-ndjson", BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, String contentType, BodyPublisher body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", contentType)
                .POST(body)
                .build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        server.stop();
        api.close();
    }
}
