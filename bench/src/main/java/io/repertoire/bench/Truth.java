package io.repertoire.bench;

/**
 * What a generated file holds, and so what its import must say.
 *
 * @param rows records after the header: the import's {@code read}
 * @param people different persons: the import's {@code created}, in an empty directory
 * @param exactRepeats rows that are, character for character, an earlier one: {@code unchanged}
 * @param variants rows of a person seen before, with the email in other case, a misspelt name or another phone
 * @param withoutIdentity rows that name nobody: rejected
 * @param ragged rows with more cells than the header: rejected
 * @param broken rows with text after a closing quote: rejected
 */
public record Truth(
        long rows, long people, long exactRepeats, long variants, long withoutIdentity, long ragged, long broken) {

    /** The import's {@code rejected}. */
    public long bad() {
        return withoutIdentity + ragged + broken;
    }
}
