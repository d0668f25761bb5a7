package io.repertoire.customers.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a directory's source records: {@code system:i:id} with the system's own id, {@code system:c:hash} without one (DESIGN §8).
 * They stand in store keys, topics and tables, and on sales after everything else about a person is gone, so they hold nothing that
 * could be read as a contact detail: an id with an {@code @}, one with seven digits or more in a row, or one with characters other than
 * letters, digits, {@code .}, {@code _} and {@code -} is replaced by its hash, {@code system:x:hash}. The same goes for the system's name.
 * Hashes are keyed, and different in each directory (P42). Different (system, id) give different keys.
 */
public final class SourceKeys {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int LONGEST = 40;
    private static final int HASH_BYTES = 12;
    private static final int FEWEST_DIALLED = 7;

    private static final byte OF_TEXT = 1;
    private static final byte OF_CONTENT = 2;

    private final @Nullable SourceKeySecret secret;
    private final byte[] directory;

    /** @param secret none: plain hashes, which a record of few possible contents can be found from */
    public SourceKeys(String directoryId, @Nullable SourceKeySecret secret) {
        this.secret = secret;
        this.directory = secret == null ? new byte[0] : directoryId.getBytes(StandardCharsets.UTF_8);
    }

    /** @param sourceCustomerId that system's id, not blank; white space around it does not count */
    public String ofId(String system, String sourceCustomerId) {
        String id = sourceCustomerId.strip();
        return system(system) + (isSafe(id) ? ":i:" + id : ":x:" + hash(id));
    }

    /** @param contentHash {@link ContentHash#of} */
    public String ofContent(String system, byte[] contentHash) {
        byte[] hash = secret == null
                ? contentHash
                : Arrays.copyOf(keyed(secret, OF_CONTENT, contentHash), ContentHash.LENGTH);
        return system(system) + ":c:" + BASE64.encodeToString(hash);
    }

    private String system(String system) {
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

    private String hash(String s) {
        byte[] text = s.getBytes(StandardCharsets.UTF_8);
        byte[] digest = secret == null ? Sha256.of(text) : keyed(secret, OF_TEXT, text);
        return BASE64.encodeToString(Arrays.copyOf(digest, HASH_BYTES));
    }

    /** The directory's name ends with a zero, which is in no name. */
    private byte[] keyed(SourceKeySecret key, byte what, byte[] message) {
        byte[] all = Arrays.copyOf(directory, directory.length + 2 + message.length);
        all[directory.length + 1] = what;
        System.arraycopy(message, 0, all, directory.length + 2, message.length);
        return key.hash(all);
    }
}
