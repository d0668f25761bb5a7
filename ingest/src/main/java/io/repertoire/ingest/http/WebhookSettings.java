package io.repertoire.ingest.http;

import java.util.Map;

/**
 * The webhooks of all directories.
 *
 * @param directories by name
 * @param consumer Kafka consumer settings, {@code bootstrap.servers} among them, to read what is still to be fetched
 */
public record WebhookSettings(Map<String, WebhookConfig> directories, Map<String, String> consumer) {

    public static final WebhookSettings NONE = new WebhookSettings(Map.of(), Map.of());

    public WebhookSettings {
        directories = Map.copyOf(directories);
        consumer = Map.copyOf(consumer);
    }

    WebhookConfig of(String directoryId) {
        return directories.getOrDefault(directoryId, WebhookConfig.NONE);
    }

    boolean fetches() {
        return directories.values().stream().anyMatch(webhooks -> webhooks.cloverToken() != null);
    }

    /** Without the consumer's settings, which may hold a password. */
    @Override
    public String toString() {
        return "WebhookSettings[" + directories + "]";
    }
}
