package io.repertoire.customers.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What erased people's contact points are hashed with (P42). Phones are few enough to try all of them, so a plain hash would hide
 * nothing; the secret is kept outside the database and the topics.
 */
public final class SuppressionSecret {

    private final KeyedHash hash;

    private SuppressionSecret(KeyedHash hash) {
        this.hash = hash;
    }

    /** @param secret not blank */
    public static SuppressionSecret of(String secret) {
        return new SuppressionSecret(KeyedHash.of(secret, "suppression-secret"));
    }

    /** Says which secret it is, and nothing about it. */
    public String id() {
        return hash.id();
    }

    /** Different directories and different kinds of values give different hashes of one value. */
    public String hash(String directoryId, String kind, String value) {
        byte[] hmac = hash.of((directoryId + '\0' + kind + '\0' + value).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac);
    }

    @Override
    public String toString() {
        return "SuppressionSecret[" + id() + "]";
    }
}
