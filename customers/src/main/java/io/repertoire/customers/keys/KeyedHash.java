package io.repertoire.customers.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** HMAC-SHA-256 (RFC 2104) under one secret, both of its inner states made ready once: rows are hashed with it by the million. */
final class KeyedHash {

    private static final int BLOCK = 64;
    private static final int ID_BYTES = 4;

    private final Sha256.Begun inner;
    private final Sha256.Begun outer;
    private final String id;

    private KeyedHash(byte[] secret, String purpose) {
        byte[] key = Arrays.copyOf(secret.length > BLOCK ? Sha256.of(secret) : secret, BLOCK);
        this.inner = Sha256.begin(xor(key, 0x36));
        this.outer = Sha256.begin(xor(key, 0x5c));
        byte[] hash =
                Sha256.of((purpose + '\0' + HexFormat.of().formatHex(secret)).getBytes(StandardCharsets.US_ASCII));
        this.id = HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    /**
     * @param secret not blank; white space around it does not count
     * @param purpose what for: one secret has another id for another purpose
     */
    static KeyedHash of(String secret, String purpose) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("a blank secret hides nothing");
        }
        return new KeyedHash(secret.strip().getBytes(StandardCharsets.UTF_8), purpose);
    }

    /** Says which secret it is, and nothing about it. */
    String id() {
        return id;
    }

    byte[] of(byte[] message) {
        return outer.end(inner.end(message));
    }

    private static byte[] xor(byte[] key, int pad) {
        var block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) (key[i] ^ pad);
        }
        return block;
    }
}
