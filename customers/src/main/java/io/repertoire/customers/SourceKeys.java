package io.repertoire.customers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Keys of source records: {@code system:i:id} with the system's own id, {@code system:c:hash} without one (DESIGN §8). They stand
 * in store keys, topics and tables, so they hold nothing that could be read as a contact detail: an id with an {@code @}, one
 * with seven digits or more in a row, or one with characters other than letters, digits, {@code .}, {@code _} and {@code -} is replaced by its
 * hash, {@code system:x:hash}. The same goes for the system's name. Different (system, id) give different keys.
 */
public final class SourceKeys {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int LONGEST = 40;
    private static final int HASH_BYTES = 12;
    private static final int FEWEST_DIALLED = 7;

    private SourceKeys() {}

    /** @param sourceCustomerId that system's id, not blank; white space around it does not count */
    public static String ofId(String system, String sourceCustomerId) {
        String id = sourceCustomerId.strip();
        return system(system) + (isSafe(id) ? ":i:" + id : ":x:" + hash(id));
    }

    /** @param contentHash {@link ContentHash#of} */
    public static String ofContent(String system, byte[] contentHash) {
        return system(system) + ":c:" + BASE64.encodeToString(contentHash);
    }

    private static String system(String system) {
        String name = system.strip();
        // No safe name begins with a tilde.
        return isSafe(name) ? name : "~" + hash(name);
    }

    private static boolean isSafe(String s) {
        int dialled = 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c >= '0' && c <= '9') {
                if (++dialled == FEWEST_DIALLED) {
                    return false;
                }
            } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                dialled = 0;
            } else if (c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return !s.isEmpty() && s.length() <= LONGEST;
    }

    private static String hash(String s) {
        byte[] digest = Sha256.of(s.getBytes(StandardCharsets.UTF_8));
        return BASE64.encodeToString(Arrays.copyOf(digest, HASH_BYTES));
    }
}
