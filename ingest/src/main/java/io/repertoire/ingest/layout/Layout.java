package io.repertoire.ingest.layout;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the files of one system are laid out. Read from a data file; immutable.
 *
 * @param name also the source system of its rows unless the user names another
 * @param version raised when its mapping changes
 * @param language of what is written back into its rejects file: {@code en} or {@code fr}
 * @param recognisedBy column names, as {@link HeaderName#key}; a header that has all of one set is of this layout
 * @param apostropheBefore a leading apostrophe goes if one of these follows it
 * @param listSeparators what parts several groups or tags in one cell
 * @param columns by {@link HeaderName#key}
 */
record Layout(
        String name,
        int version,
        String language,
        List<Set<String>> recognisedBy,
        String apostropheBefore,
        String listSeparators,
        Map<String, Column> columns) {

    /**
     * @param field what it holds
     * @param rank lower wins where two columns hold the same single field, and comes first where a field repeats
     */
    record Column(Field field, int rank) {}

    @Nullable
    Column column(String key) {
        return columns.get(key);
    }

    boolean signs(Set<String> keys) {
        return recognisedBy.stream().anyMatch(keys::containsAll);
    }

    String mappingVersion() {
        return name + "/" + version;
    }
}
