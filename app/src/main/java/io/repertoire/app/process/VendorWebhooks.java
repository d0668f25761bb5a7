package io.repertoire.app.process;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.config.VendorSettings;
import io.repertoire.ingest.http.WebhookConfig;
import io.repertoire.ingest.http.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the configuration says of vendors' webhooks. */
final class VendorWebhooks {

    private VendorWebhooks() {}

    /** @param consumer Kafka consumer settings */
    static WebhookSettings of(Configuration configuration, Map<String, String> consumer) {
        var directories = new HashMap<String, WebhookConfig>();
        for (String name : configuration.directories()) {
            directories.put(
                    name,
                    new WebhookConfig(
                            configuration.get(name, VendorSettings.SQUARE_KEYS),
                            orNull(configuration.get(name, VendorSettings.SQUARE_URL)),
                            configuration.get(name, VendorSettings.SHOPIFY_SECRETS),
                            configuration.get(name, VendorSettings.LIGHTSPEED_SECRETS),
                            configuration.get(name, VendorSettings.CLOVER_CODES),
                            orNull(configuration.get(name, VendorSettings.CLOVER_MERCHANT)),
                            orNull(configuration.get(name, VendorSettings.CLOVER_TOKEN)),
                            URI.create(configuration.get(name, VendorSettings.CLOVER_URL)),
                            Duration.ofHours(configuration.get(name, VendorSettings.MAX_AGE_HOURS))));
        }
        return new WebhookSettings(directories, consumer);
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text;
    }
}
