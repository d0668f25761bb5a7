package io.repertoire.customers.keys;

import java.util.Set;

/**
 * What keys of source records are hashed with (P42). A record that is a phone number and nothing else would be found again from a
 * plain hash by trying all numbers. Never rotated: the same record must get the same key for as long as the directory is there.
 */
public final class SourceKeySecret {

    private final KeyedHash hash;
    private final Set<String> replaced;

    private SourceKeySecret(KeyedHash hash, Set<String> replaced) {
        this.hash = hash;
        this.replaced = replaced;
    }

    /** @param secret not blank */
    public static SourceKeySecret of(String secret) {
        return of(secret, Set.of());
    }

    /**
     * @param lost ids of secrets that nobody has any more: directories that were begun with one go on with this one, and take records
     *     without an id that arrive again for new ones
     */
    public static SourceKeySecret of(String secret, Set<String> lost) {
        return new SourceKeySecret(KeyedHash.of(secret, "source-key-secret"), Set.copyOf(lost));
    }

    /** Says which secret it is, and nothing about it. */
    public String id() {
        return hash.id();
    }

    /** Whether {@code lostId} is a secret that this one goes on for. */
    public boolean replaces(String lostId) {
        return replaced.contains(lostId);
    }

    byte[] hash(byte[] message) {
        return hash.of(message);
    }

    @Override
    public String toString() {
        return "SourceKeySecret[" + id() + "]";
    }
}
