package io.repertoire.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.repertoire.ingest.vendor.CloverMessages;
import io.repertoire.ingest.vendor.LightspeedMessages;
import io.repertoire.ingest.vendor.ShopifyMessages;
import io.repertoire.ingest.vendor.SquareMessages;
import io.repertoire.ingest.vendor.Translation;
import io.repertoire.ingest.vendor.VendorJson;
import io.repertoire.schemas.Keys;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/webhooks/VENDOR/DIRECTORY}: the messages of Square, Shopify, Lightspeed R-Series and Clover, believed only with
 * their signature, and answered 200 only once Kafka has what follows from them.
 */
final class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final String PATH = "/v1/webhooks/";
    private static final String MAIN = "main";
    private static final long BETWEEN_CODES_MILLIS = 1_000;

    private final WebhookSettings settings;
    private final ApiKeys keys;
    private final BodyReader bodies;
    private final VendorSender sender;
    private final HttpApiConfig limits;
    private final HttpMetrics metrics;
    private final Clock clock;
    private final AtomicLong codeShown = new AtomicLong(Long.MIN_VALUE / 2);

    Webhooks(
            WebhookSettings settings,
            HttpApiConfig limits,
            ApiKeys keys,
            BodyReader bodies,
            VendorSender sender,
            HttpMetrics metrics,
            Clock clock) {
        this.settings = settings;
        this.limits = limits;
        this.keys = keys;
        this.bodies = bodies;
        this.sender = sender;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Every address, for {@code add} to put behind it what all addresses have in common. */
    static List<String> paths() {
        return Arrays.stream(Vendor.values())
                .flatMap(vendor -> List.of(PATH + vendor.word(), PATH + vendor.word() + "/{directory}").stream())
                .toList();
    }

    void addTo(JavalinConfig server, HttpApi api) {
        for (Vendor vendor : Vendor.values()) {
            api.post(server, PATH + vendor.word(), http -> receive(http, vendor, MAIN));
            api.post(
                    server,
                    PATH + vendor.word() + "/{directory}",
                    http -> receive(http, vendor, http.pathParam("directory")));
        }
    }

    private void receive(Context http, Vendor vendor, String directoryId) {
        WebhookConfig config = settings.of(directoryId);
        if (!Keys.isDirectoryId(directoryId) || !vendor.isConfigured(config)) {
            refuse(
                    http,
                    vendor,
                    Problem.of(
                            ProblemCode.NOT_FOUND,
                            "No secret is configured for messages of this vendor to this directory; see"
                                    + " directory.NAME." + vendor.word() + ".* in the configuration."));
            return;
        }
        Body read = bodies.read(http, limits.maxEventBytes());
        if (read instanceof Body.Refused refused) {
            refuse(http, vendor, refused.problem());
            return;
        }
        try (var body = (Body.Bytes) read) {
            receive(http, vendor, directoryId, config, body);
        }
    }

    private void receive(Context http, Vendor vendor, String directoryId, WebhookConfig config, Body.Bytes body) {
        Problem unproved = proof(http, vendor, directoryId, config, body);
        if (unproved != null && vendor != Vendor.CLOVER) {
            refuse(http, vendor, unproved);
            return;
        }
        boolean text = Utf8.firstFault(body.bytes(), 0, body.length()) < 0;
        JsonNode message = text ? VendorJson.object(body.bytes(), body.length()) : null;
        if (message == null) {
            refuse(
                    http,
                    vendor,
                    unproved != null
                            ? unproved
                            : Problem.of(ProblemCode.MALFORMED_JSON, "The body is not a JSON object in UTF-8."));
            return;
        }
        Translation translation = translate(http, vendor, config, message, body);
        if (translation instanceof Translation.Verification verification) {
            // Sent before Clover gives out the code that would prove it, and does no more than show itself.
            show(verification.code());
            metrics.webhook(vendor.word(), "verification");
            Answers.webhook(http, "verification", "The code is in the log; type it in at Clover.");
        } else if (unproved != null) {
            refuse(http, vendor, unproved);
        } else if (translation instanceof Translation.Refused refused) {
            refuse(http, vendor, Problem.of(ProblemCode.NOT_A_MESSAGE, refused.detail()));
        } else if (translation instanceof Translation.Ignored ignored) {
            metrics.webhook(vendor.word(), "ignored");
            Answers.webhook(http, "ignored", ignored.reason());
        } else if (translation instanceof Translation.Noticed noticed) {
            LOG.warn("directory {}: {}", directoryId, noticed.words());
            metrics.webhook(vendor.word(), "noticed");
            Answers.webhook(http, "noticed", noticed.words());
        } else if (translation instanceof Translation.Events events) {
            send(http, vendor, directoryId, config, events);
        }
    }

    private void send(
            Context http, Vendor vendor, String directoryId, WebhookConfig config, Translation.Events events) {
        Instant now = clock.instant();
        boolean tooOld =
                !config.maxAge().isZero() && events.at() != null && events.at().isBefore(now.minus(config.maxAge()));
        if (tooOld) {
            refuse(
                    http,
                    vendor,
                    Problem.of(
                            ProblemCode.MESSAGE_TOO_OLD,
                            "The message was written longer ago than webhook.max.age.hours allows."));
            return;
        }
        VendorSender.Outcome outcome = sender.send(directoryId, events.events(), now);
        if (outcome.problem() != null) {
            refuse(http, vendor, outcome.problem());
        } else {
            metrics.webhook(vendor.word(), "accepted");
            Answers.webhook(http, outcome);
        }
    }

    /** What is wrong with the proof that it comes from the vendor; {@code null} if nothing is. */
    private @Nullable Problem proof(
            Context http, Vendor vendor, String directoryId, WebhookConfig config, Body.Bytes body) {
        if (vendor == Vendor.LIGHTSPEED && config.lightspeedSecrets().isEmpty()) {
            String key = RequestHeaders.apiKey(http);
            if (key == null) {
                return RequestHeaders.keyMissing();
            }
            return directoryId.equals(keys.directoryOf(key)) ? null : RequestHeaders.keyWrong();
        }
        String given = http.header(vendor.header());
        if (given == null || given.isBlank()) {
            return Problem.of(
                    ProblemCode.SIGNATURE_MISSING, "The header " + vendor.header() + " must prove who sends this.");
        }
        Signatures.Verdict verdict =
                switch (vendor) {
                    case SQUARE -> verdict(Signatures.square(config.squareKeys(), urls(http, config), body, given));
                    case SHOPIFY -> verdict(Signatures.shopify(config.shopifySecrets(), body, given));
                    case CLOVER -> verdict(Signatures.shared(config.cloverCodes(), given));
                    case LIGHTSPEED -> Signatures.own(config.lightspeedSecrets(), body, given, clock.instant());
                };
        return switch (verdict) {
            case RIGHT -> null;
            case WRONG ->
                Problem.of(
                        ProblemCode.SIGNATURE_WRONG,
                        "The header " + vendor.header() + " does not fit this body and the configured secret.");
            case EXPIRED ->
                Problem.of(
                        ProblemCode.SIGNATURE_EXPIRED,
                        "The signature's time is more than " + Signatures.TOLERANCE.toMinutes()
                                + " minutes off; sign again.");
        };
    }

    private static Signatures.Verdict verdict(boolean right) {
        return right ? Signatures.Verdict.RIGHT : Signatures.Verdict.WRONG;
    }

    /** Behind a proxy that ends TLS the request looks like plain HTTP. */
    private static List<String> urls(Context http, WebhookConfig config) {
        String configured = config.squareUrl();
        if (configured != null) {
            return List.of(configured);
        }
        String host = http.header("Host");
        String address = "://" + (host == null ? "" : host) + http.req().getRequestURI();
        return List.of("https" + address, "http" + address);
    }

    private static Translation translate(
            Context http, Vendor vendor, WebhookConfig config, JsonNode message, Body.Bytes body) {
        return switch (vendor) {
            case SQUARE -> SquareMessages.translate(message);
            case LIGHTSPEED -> LightspeedMessages.translate(message);
            case CLOVER -> CloverMessages.translate(message, config.cloverMerchant());
            case SHOPIFY -> {
                String topic = http.header("X-Shopify-Topic");
                yield topic == null
                        ? new Translation.Refused("The header X-Shopify-Topic says what the message is about.")
                        : ShopifyMessages.translate(topic.trim(), message, Arrays.copyOf(body.bytes(), body.length()));
            }
        };
    }

    /** Not as often as a stranger may like. */
    private void show(String code) {
        long now = clock.millis();
        long before = codeShown.get();
        if (now - before >= BETWEEN_CODES_MILLIS && codeShown.compareAndSet(before, now)) {
            LOG.info("Clover shows its verification code: {}", code);
        }
    }

    private void refuse(Context http, Vendor vendor, Problem problem) {
        metrics.webhook(vendor.word(), problem.retryAfter() == null ? "refused" : "unavailable");
        metrics.requestRefused(problem.code());
        Answers.problem(http, problem);
    }
}
