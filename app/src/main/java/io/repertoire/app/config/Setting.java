package io.repertoire.app.config;

import java.util.Locale;

/**
 * One thing that can be set.
 *
 * @param key lower case, parts separated by dots; a duration or size has its unit as the last part, as Kafka does
 * @param defaultValue in the spelling a file would use; empty when there is none
 * @param parser turns the text into the value, or says what is wrong with it
 * @param doc for the reference: one or two sentences
 * @param secret true when its value is never shown
 * @param <T> the value's type
 */
public record Setting<T>(String key, String defaultValue, Parser<T> parser, String doc, boolean secret) {

    /** Text to value. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IllegalArgumentException with what would be right, to be shown after "must be" */
        T parse(String text);
    }

    static <T> Setting<T> setting(String key, String defaultValue, Parser<T> parser, String doc) {
        return new Setting<>(key, defaultValue, parser, doc, false);
    }

    static Setting<String> secret(String key, String doc) {
        return new Setting<>(key, "", Parsers.TEXT, doc, true);
    }

    /** {@code REPERTOIRE_} and the key in upper case, dots and hyphens as underscores. */
    public String environmentName() {
        return environmentName(key);
    }

    static String environmentName(String key) {
        return "REPERTOIRE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
