package io.repertoire.app.config;

import static io.repertoire.app.config.Setting.secret;
import static io.repertoire.app.config.Setting.setting;

import java.util.List;

/** Settings of one directory that say which vendors' webhooks are believed, and how what they only name is fetched. */
public final class VendorSettings {

    public static final Setting<List<String>> SQUARE_KEYS = secrets(
            "square.signature.keys",
            "Signature keys of Square's webhook subscription to /v1/webhooks/square/NAME, separated by commas; any will do. Empty: Square is not listened to.");

    public static final Setting<String> SQUARE_URL = setting(
            "square.notification.url",
            "",
            Parsers::httpUrls,
            "The address as it is typed in at Square, which signs it along. Empty: the one the request came to.");

    public static final Setting<List<String>> SHOPIFY_SECRETS = secrets(
            "shopify.secrets",
            "Client secrets of the Shopify app whose webhooks go to /v1/webhooks/shopify/NAME, separated by commas. Empty: Shopify is not listened to.");

    public static final Setting<List<String>> LIGHTSPEED_SECRETS = secrets(
            "lightspeed.secrets",
            "Secrets that R-Series objects posted to /v1/webhooks/lightspeed/NAME are signed with (docs/http.md), separated by commas. Empty: an API key is asked for instead.");

    public static final Setting<List<String>> CLOVER_CODES = secrets(
            "clover.auth.codes",
            "What Clover sends as X-Clover-Auth to /v1/webhooks/clover/NAME, separated by commas. Empty: Clover is not listened to, its verification code aside.");

    public static final Setting<String> CLOVER_MERCHANT = setting(
            "clover.merchant",
            "",
            Parsers.TEXT,
            "The only merchant to listen to of those in Clover's messages. Empty: any.");

    public static final Setting<String> CLOVER_TOKEN = secret(
            "clover.token",
            "API token with which customers, orders and payments that Clover only names are fetched. Empty: they wait until there is one.");

    public static final Setting<String> CLOVER_URL = setting(
            "clover.url",
            "https://api.clover.com",
            Parsers::httpUrls,
            "Clover's REST interface: https://api.clover.com, https://api.eu.clover.com, https://apisandbox.dev.clover.com …");

    public static final Setting<Integer> MAX_AGE_HOURS = setting(
            "webhook.max.age.hours",
            "0",
            Parsers.integer(0, 87_600),
            "Messages of Square and Clover written longer ago are refused. 0: none is; an old one changes nothing that was told since.");

    static final List<Setting<?>> ALL = List.of(
            SQUARE_KEYS,
            SQUARE_URL,
            SHOPIFY_SECRETS,
            LIGHTSPEED_SECRETS,
            CLOVER_CODES,
            CLOVER_MERCHANT,
            CLOVER_TOKEN,
            CLOVER_URL,
            MAX_AGE_HOURS);

    private VendorSettings() {}

    private static Setting<List<String>> secrets(String key, String doc) {
        return new Setting<>(key, "", Parsers::list, doc, true);
    }
}
