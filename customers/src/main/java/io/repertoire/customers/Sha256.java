package io.repertoire.customers;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 without asking the security providers for it every time. */
final class Sha256 {

    /** Never fed, only cloned, so that threads may share it. */
    private static final MessageDigest EMPTY = empty();

    private Sha256() {}

    static byte[] of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** Of the first {@code length} bytes. */
    static byte[] of(byte[] bytes, int length) {
        try {
            var digest = (MessageDigest) EMPTY.clone();
            digest.update(bytes, 0, length);
            return digest.digest();
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
