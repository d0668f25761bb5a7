package io.repertoire.ingest.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A header row, ready to be compared.
 *
 * @param names as written, without the white space around them, numbered where one stands there more than once
 * @param keyOf by column: {@link HeaderName#key}, with its number where the name stands there more than once
 * @param keys those of them that are not empty
 * @param own how many of the columns are the file's: the three that a rejects file adds at its end are not
 * @param headerSize all columns
 */
record HeaderColumns(List<String> names, List<String> keyOf, Set<String> keys, int own, int headerSize) {

    static HeaderColumns of(List<String> header) {
        int own = RejectColumns.isRejects(header) ? header.size() - RejectColumns.COUNT : header.size();
        List<String> names = new ArrayList<>();
        List<String> keyOf = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < own; i++) {
            String name = header.get(i).strip();
            String key = HeaderName.key(name);
            if (!key.isEmpty()) {
                int number = seen.merge(key, 1, Integer::sum);
                key = HeaderName.occurrence(key, number);
                keys.add(key);
                name = number == 1 ? name : name + " (" + number + ')';
            }
            names.add(name);
            keyOf.add(key);
        }
        return new HeaderColumns(names, keyOf, keys, own, header.size());
    }

    /** True if a column of this name stands further left. */
    boolean isRepeated(int column) {
        return keyOf.get(column).indexOf('#') >= 0;
    }
}
