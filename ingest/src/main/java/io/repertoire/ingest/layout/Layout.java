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
 * @param columns by {@link HeaderName#keyInLayout}
 * @param positions what the columns hold by where they stand, for files whose names are not known; empty if that says nothing
 * @param cells how the values are written
 * @param required what a row must have; null: what every row must
 * @param workbooks whether its files may be Excel workbooks
 */
record Layout(
        String name,
        int version,
        String language,
        List<Set<String>> recognisedBy,
        Map<String, Column> columns,
        List<Column> positions,
        Cells cells,
        RequiredFields.@Nullable Check required,
        boolean workbooks) {

    /**
     * @param field what it holds
     * @param group which of several addresses or phones it belongs to, such as {@code home}; empty: the only one
     * @param rank lower wins where two columns hold the same single field, and comes first where a field repeats
     */
    record Column(Field field, String group, int rank) {}

    /**
     * @param apostropheBefore a leading apostrophe goes if one of these follows it
     * @param listSeparators what parts several groups or tags in one cell
     * @param valueSeparator what parts several emails or phones in one cell, beside what always does; empty: nothing more
     * @param dates how dates are written, beside ISO
     * @param rules what is said of single fields
     */
    record Cells(
            String apostropheBefore,
            String listSeparators,
            String valueSeparator,
            DateNotation dates,
            Map<Field, ValueRule> rules) {}

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
