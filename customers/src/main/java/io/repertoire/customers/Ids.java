package io.repertoire.customers;

import io.repertoire.customers.keys.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Ids are derived, never drawn: the same inputs give the same ids on every replay. They say nothing about whom they name: only
 * the directory and the first submission's id go into a customer's.
 */
final class Ids {

    private static final char[] BASE32 = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();
    private static final int CUSTOMER_CHARS = 20;
    private static final int REVIEW_CHARS = 16;
    private static final int ORDINAL_CHARS = 12;

    private Ids() {}

    /** @param attempt 0 at first; raised where the id is taken, because a submission's id was used for two records */
    static String customerId(String directoryId, String recordId, int attempt) {
        String seed = attempt == 0 ? recordId : recordId + '\0' + attempt;
        return "cus_" + derive("customer\0" + directoryId + '\0' + seed, CUSTOMER_CHARS);
    }

    /** The same question about the same customers has the same id, whoever asks first. */
    static String reviewId(String directoryId, String question, Collection<String> about) {
        return "rev_"
                + derive(
                        "review\0" + directoryId + '\0' + question + '\0' + String.join("\0", new TreeSet<>(about)),
                        REVIEW_CHARS);
    }

    /** @param decision unique: the command that says so */
    static String decisionId(String directoryId, String decision) {
        return derive("distinct\0" + directoryId + '\0' + decision, REVIEW_CHARS);
    }

    /** Tells one cause from another among the events of one version. */
    static String ordinal(String recordId) {
        return derive("event\0" + recordId, ORDINAL_CHARS);
    }

    /** {@code C-00001}; wider once five digits do not suffice. */
    static String code(long number) {
        String digits = Long.toString(number);
        return digits.length() >= 5 ? "C-" + digits : "C-" + "00000".substring(digits.length()) + digits;
    }

    private static String derive(String seed, int chars) {
        byte[] hash = Sha256.of(seed.getBytes(StandardCharsets.UTF_8));
        var out = new char[chars];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < chars; i++) {
            if (held < 5) {
                bits = (bits << 8) | (hash[at++] & 0xff);
                held += 8;
            }
            out[i] = BASE32[(bits >>> (held - 5)) & 31];
            held -= 5;
        }
        return new String(out);
    }
}
