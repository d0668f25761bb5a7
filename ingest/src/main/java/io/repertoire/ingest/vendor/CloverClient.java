package io.repertoire.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.repertoire.ingest.vendor.VendorEvent.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clover's REST interface, version 3: one customer, order or payment of a merchant with what hangs on it. Thread-safe. */
public final class CloverClient implements RecordFetcher {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int LARGEST = 4 << 20;

    private final URI base;
    private final String token;
    private final HttpClient http;

    /**
     * @param base such as {@code https://api.clover.com}
     * @param token the merchant's API token
     */
    public CloverClient(URI base, String token) {
        this.base = base;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                // A redirect would carry the token elsewhere.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public Fetched fetch(Reference reference) throws InterruptedException {
        String path = path(reference);
        if (path == null) {
            return new Fetched.Gone();
        }
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return read(answer, body);
            }
        } catch (IOException e) {
            return new Fetched.Later(
                    Duration.ZERO, "cannot be reached (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** The ids were checked when the message was read; they hold letters, digits and underscores. */
    private static @Nullable String path(Reference reference) {
        String merchant = "/v3/merchants/" + reference.account();
        return switch (reference.kind()) {
            case CloverMessages.CUSTOMER ->
                merchant + "/customers/" + reference.id()
                        + "?expand=emailAddresses,phoneNumbers,addresses,cards,metadata";
            case CloverMessages.ORDER ->
                merchant + "/orders/" + reference.id() + "?expand=lineItems,payments,customers";
            case CloverMessages.PAYMENT -> merchant + "/payments/" + reference.id() + "?expand=tender,order";
            default -> null;
        };
    }

    private static Fetched read(HttpResponse<InputStream> answer, InputStream body) throws IOException {
        int status = answer.statusCode();
        if (status == 200) {
            byte[] bytes = body.readNBytes(LARGEST);
            JsonNode shown = VendorJson.object(bytes, bytes.length);
            return shown == null ? new Fetched.Later(LONG, "answers what is no JSON object") : new Fetched.Found(shown);
        }
        if (status == 404 || status == 410) {
            return new Fetched.Gone();
        }
        if (status == 401 || status == 403) {
            return new Fetched.Later(LONG, "does not accept the token (" + status + ")");
        }
        return new Fetched.Later(retryAfter(answer), "answers " + status);
    }

    private static Duration retryAfter(HttpResponse<?> answer) {
        try {
            long seconds = answer.headers()
                    .firstValue("Retry-After")
                    .map(Long::parseLong)
                    .orElse(0L);
            return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONG.toSeconds())));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public List<VendorEvent> read(Reference reference, JsonNode shown) {
        return CloverMessages.fetched(reference, shown);
    }
}
