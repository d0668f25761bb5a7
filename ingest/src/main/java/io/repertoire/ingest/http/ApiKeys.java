package io.repertoire.ingest.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose key is this? Comparing takes the same time whatever the key, so that none can be guessed letter by letter. */
final class ApiKeys {

    private static final int LONGEST = 500;

    private static final class Entry {
        private final byte[] digest;
        private final String directoryId;

        Entry(byte[] digest, String directoryId) {
            this.digest = digest;
            this.directoryId = directoryId;
        }
    }

    private final List<Entry> entries;

    ApiKeys(Map<String, String> directoriesByKey) {
        this.entries = directoriesByKey.entrySet().stream()
                .map(e -> new Entry(digest(e.getKey()), e.getValue()))
                .toList();
    }

    @Nullable
    String directoryOf(String key) {
        if (key.length() > LONGEST) {
            return null;
        }
        byte[] digest = digest(key);
        String found = null;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.digest, digest)) {
                found = entry.directoryId;
            }
        }
        return found;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
