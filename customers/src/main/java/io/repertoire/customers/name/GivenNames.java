package io.repertoire.customers.name;

/**
 * What is known about given names beyond their spelling. Tokens are folded as {@link FoldedName} folds them. Both questions
 * are symmetric, and no pair answers yes to both.
 */
public interface GivenNames {

    /** Knows no name: only spelling counts. */
    GivenNames NONE = new GivenNames() {
        @Override
        public boolean formsOfOneName(String a, String b) {
            return false;
        }

        @Override
        public boolean differentNames(String a, String b) {
            return false;
        }
    };

    /**
     * The lists in this jar, French and English.
     *
     * @param nicknames whether Bob may be Robert; spellings of one name (Catherine, Katherine) are always forms of it
     */
    static GivenNames shipped(boolean nicknames) {
        return ShippedGivenNames.with(nicknames);
    }

    /** Bob and Robert. */
    boolean formsOfOneName(String a, String b);

    /** Julie and Julien: alike in spelling, and known to be two names. */
    boolean differentNames(String a, String b);
}
