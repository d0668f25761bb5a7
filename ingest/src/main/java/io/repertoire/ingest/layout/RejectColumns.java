package io.repertoire.ingest.layout;

import java.util.List;

/**
 * The three columns that a rejects file has after the original ones. A file that ends in them was made by us: they are neither
 * mapped nor kept, so that it can be mended and dropped back as it is.
 */
public final class RejectColumns {

    static final int COUNT = 3;

    private static final List<String> ENGLISH = List.of("line", "field", "problem");
    private static final List<String> FRENCH = List.of("ligne", "champ", "problème");

    private RejectColumns() {}

    /** In the order they are written. */
    public static List<String> names(String language) {
        return language.equals("fr") ? FRENCH : ENGLISH;
    }

    static boolean isRejects(List<String> header) {
        int size = header.size();
        if (size <= COUNT) {
            return false;
        }
        List<String> last =
                header.subList(size - COUNT, size).stream().map(HeaderName::key).toList();
        return last.equals(keys(ENGLISH)) || last.equals(keys(FRENCH));
    }

    private static List<String> keys(List<String> names) {
        return names.stream().map(HeaderName::key).toList();
    }
}
