package io.repertoire.ingest.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How each vendor proves a body: the headers, computed as its own pages say, and the secrets they need. */
final class Signed {

    static final String SQUARE_URL = "https://shop.example/hooks/square";

    private Signed() {}

    /** Every vendor's secrets: those that bodies are signed with here, and a key of Square's from before. */
    static WebhookConfig config(Duration maxAge) {
        return new WebhookConfig(
                List.of("old-key", "square-key"),
                SQUARE_URL,
                List.of("shopify-secret"),
                List.of("lightspeed-secret"),
                List.of("clover-code"),
                null,
                null,
                WebhookConfig.CLOVER,
                maxAge);
    }

    static Map<String, String> square(String key, String body) {
        return Map.of("x-square-hmacsha256-signature", base64(hmac(key, SQUARE_URL + body)));
    }

    static Map<String, String> shopify(String secret, String topic, String body) {
        return Map.of("X-Shopify-Hmac-Sha256", base64(hmac(secret, body)), "X-Shopify-Topic", topic);
    }

    static Map<String, String> own(String secret, String body, Instant at) {
        String time = Long.toString(at.getEpochSecond());
        return Map.of(
                "X-Repertoire-Signature",
                "t=" + time + ",v1=" + HexFormat.of().formatHex(hmac(secret, time + '.' + body)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
