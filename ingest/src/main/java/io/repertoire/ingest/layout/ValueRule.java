package io.repertoire.ingest.layout;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a layout says of the values of one field. Our own limits are the widest of all systems', so a value that the system
 * itself would not take is taken with a warning, unless {@code strict}: then it is left out.
 *
 * @param longest in characters; null: no limit
 * @param form how it is written; null: anyhow
 * @param strict what is not in that form says nothing
 * @param words what the system's words mean to us, by {@link HeaderName#key}; an empty meaning: the value says nothing
 * @param prefix put before a value of digits alone, such as the plus sign that a system leaves out
 */
record ValueRule(
        @Nullable Integer longest,
        @Nullable ValueForm form,
        boolean strict,
        @Nullable Map<String, String> words,
        @JsonProperty("digits_prefix") @Nullable String prefix) {

    /** What the value means; empty: nothing. */
    String translated(String value) {
        if (words != null) {
            String word = words.get(HeaderName.key(value));
            if (word != null) {
                return word;
            }
        }
        return prefix != null && isDigits(value.strip()) ? prefix + value.strip() : value;
    }

    boolean tooLong(String value) {
        return longest != null
                && value.length() > longest
                && value.strip().codePointCount(0, value.strip().length()) > longest;
    }

    boolean fits(String value) {
        return form == null || form.fits(value.strip());
    }

    private static boolean isDigits(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
