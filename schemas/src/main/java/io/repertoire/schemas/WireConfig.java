package io.repertoire.schemas;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the schema registry, and with which implementation.
 *
 * @param registryUrl base address of the Confluent Schema Registry API, a path included where the server has one
 *     ({@code http://host:port/apis/ccompat/v7})
 * @param provider who writes and reads the bytes; both write the same
 * @param autoRegister whether this process may register schemas and set compatibility rules; if not it only looks them up
 * @param user for basic authentication; {@code null} for none
 * @param password for basic authentication
 * @param timeout of one request
 * @param passThrough settings handed to the Confluent serializers as they are; the built-in ones use none
 */
public record WireConfig(
        String registryUrl,
        Provider provider,
        boolean autoRegister,
        @Nullable String user,
        @Nullable String password,
        Duration timeout,
        Map<String, String> passThrough) {

    /** Who writes and reads the bytes. */
    public enum Provider {
        /** Ours. */
        BUILTIN,
        /** Confluent's {@code kafka-avro-serializer}, which has to be on the class path. */
        CONFLUENT;

        /**
         * As spelled in {@code serde.provider}.
         *
         * @throws IllegalArgumentException for any other word
         */
        public static Provider of(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "builtin" -> BUILTIN;
                case "confluent" -> CONFLUENT;
                default ->
                    throw new IllegalArgumentException("serde.provider must be builtin or confluent, not " + name);
            };
        }
    }

    public WireConfig {
        Objects.requireNonNull(registryUrl);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(timeout);
        passThrough = Map.copyOf(passThrough);
    }

    /** The defaults: built in, may register, no authentication, ten seconds. */
    public static WireConfig of(String registryUrl) {
        return new WireConfig(registryUrl, Provider.BUILTIN, true, null, null, Duration.ofSeconds(10), Map.of());
    }

    public WireConfig withProvider(Provider other) {
        return new WireConfig(registryUrl, other, autoRegister, user, password, timeout, passThrough);
    }

    public WireConfig withAutoRegister(boolean may) {
        return new WireConfig(registryUrl, provider, may, user, password, timeout, passThrough);
    }

    public WireConfig withBasicAuth(String name, String secret) {
        return new WireConfig(registryUrl, provider, autoRegister, name, secret, timeout, passThrough);
    }

    public WireConfig withTimeout(Duration limit) {
        return new WireConfig(registryUrl, provider, autoRegister, user, password, limit, passThrough);
    }

    public WireConfig withPassThrough(Map<String, String> settings) {
        return new WireConfig(registryUrl, provider, autoRegister, user, password, timeout, settings);
    }

    /** Without the password, and without the settings passed through, which may hold one. */
    @Override
    public String toString() {
        return "WireConfig[" + registryUrl + ", " + provider + (autoRegister ? ", registers" : ", looks up")
                + (user == null ? "]" : ", as " + user + "]");
    }
}
