package io.repertoire.ingest.http;

import java.util.Locale;

/** Whose webhooks are understood. */
enum Vendor {
    SQUARE("x-square-hmacsha256-signature"),
    SHOPIFY("X-Shopify-Hmac-Sha256"),
    LIGHTSPEED("X-Repertoire-Signature"),
    CLOVER("X-Clover-Auth");

    private final String header;

    Vendor(String header) {
        this.header = header;
    }

    /** Where its messages show that they are its own. */
    String header() {
        return header;
    }

    /** As it stands in the address. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isConfigured(WebhookConfig config) {
        return switch (this) {
            case SQUARE -> !config.squareKeys().isEmpty();
            case SHOPIFY -> !config.shopifySecrets().isEmpty();
            // An API key will do.
            case LIGHTSPEED -> true;
            case CLOVER -> !config.cloverCodes().isEmpty() || config.cloverToken() != null;
        };
    }
}
