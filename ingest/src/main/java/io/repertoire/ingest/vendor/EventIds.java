package io.repertoire.ingest.vendor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Ids of what a message asks for, made of the vendor's own. */
final class EventIds {

    private static final int LONGEST = 100;

    private EventIds() {}

    /** The parts joined; their hash where that would be no id of ours: too long, or with characters that an id may not have. */
    static String of(String... parts) {
        String joined = String.join("-", parts);
        boolean safe = !joined.isEmpty() && joined.length() <= LONGEST;
        for (int i = 0; safe && i < joined.length(); i++) {
            char c = joined.charAt(i);
            safe = c > ' ' && c < 0x7f && c != '@' && c != '/';
        }
        // Lengths keep ("a-b", "c") and ("a", "b-c") apart.
        var exact = new StringBuilder(joined.length() + 16);
        for (String part : parts) {
            exact.append(part.length()).append(':').append(part);
        }
        return safe ? joined : hash(exact.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "x" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
