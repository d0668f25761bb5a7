package io.repertoire.customers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What erased people's contact points are hashed with (P42). Phones are few enough to try all of them, so a plain hash would hide
 * nothing; the secret is kept outside the database and the topics.
 */
public final class SuppressionSecret {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 4;

    private final SecretKeySpec key;
    private final String id;

    private SuppressionSecret(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        byte[] hash = Sha256.of(
                ("suppression-secret\0" + HexFormat.of().formatHex(secret)).getBytes(StandardCharsets.US_ASCII));
        this.id = HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    /** @param secret not blank */
    public static SuppressionSecret of(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("a blank secret hides nothing");
        }
        return new SuppressionSecret(secret.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** Says which secret it is, and nothing about it. */
    public String id() {
        return id;
    }

    /** Different directories and different kinds of values give different hashes of one value. */
    String hash(String directoryId, String kind, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal((directoryId + '\0' + kind + '\0' + value).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SuppressionSecret[" + id + "]";
    }
}
