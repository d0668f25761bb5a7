package io.repertoire.customers.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without asking the security providers for it every time. */
public final class Sha256 {

    /** Never fed, only cloned, so that threads may share it. */
    private static final MessageDigest EMPTY = empty();

    private Sha256() {}

    public static byte[] of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** Of the first {@code length} bytes. */
    static byte[] of(byte[] bytes, int length) {
        MessageDigest digest = copy(EMPTY);
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    /** A hash whose first bytes are always the same. */
    static Begun begin(byte[] first) {
        MessageDigest digest = copy(EMPTY);
        digest.update(first);
        return new Begun(digest);
    }

    /** Threads may share it. */
    static final class Begun {

        private final MessageDigest begun;

        private Begun(MessageDigest begun) {
            this.begun = begun;
        }

        byte[] end(byte[] rest) {
            return copy(begun).digest(rest);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the SHA-256 of this Java cannot be cloned", e);
        }
    }

    private static MessageDigest empty() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
