package io.repertoire.ingest.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the webhooks of one directory are believed by. Of several secrets any will do, so that they can be changed without losing a
 * message. A vendor without one is not listened to.
 *
 * @param squareKeys signature keys of Square's webhook subscriptions
 * @param squareUrl the notification URL as Square knows it, which it signs along with the body; {@code null}: that of the request
 * @param shopifySecrets the app's client secrets
 * @param lightspeedSecrets of the sender that forwards R-Series objects; without one it shows an API key instead
 * @param cloverCodes what Clover calls its auth code
 * @param cloverMerchant the only merchant to listen to; {@code null}: any
 * @param cloverToken for Clover's REST interface; without it what is to be fetched waits
 * @param cloverUrl where that is
 * @param maxAge messages written longer ago are refused; zero: none is too old
 */
public record WebhookConfig(
        List<String> squareKeys,
        @Nullable String squareUrl,
        List<String> shopifySecrets,
        List<String> lightspeedSecrets,
        List<String> cloverCodes,
        @Nullable String cloverMerchant,
        @Nullable String cloverToken,
        URI cloverUrl,
        Duration maxAge) {

    public static final URI CLOVER = URI.create("https://api.clover.com");

    /** Listens to nobody. */
    public static final WebhookConfig NONE =
            new WebhookConfig(List.of(), null, List.of(), List.of(), List.of(), null, null, CLOVER, Duration.ZERO);

    public WebhookConfig {
        squareKeys = List.copyOf(squareKeys);
        shopifySecrets = List.copyOf(shopifySecrets);
        lightspeedSecrets = List.copyOf(lightspeedSecrets);
        cloverCodes = List.copyOf(cloverCodes);
    }

    /** Without the secrets: this ends in logs. */
    @Override
    public String toString() {
        return "WebhookConfig[square=" + !squareKeys.isEmpty() + ", shopify=" + !shopifySecrets.isEmpty()
                + ", lightspeed=" + !lightspeedSecrets.isEmpty() + ", clover=" + !cloverCodes.isEmpty() + "]";
    }
}
