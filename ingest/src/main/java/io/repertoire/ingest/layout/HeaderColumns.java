package io.repertoire.ingest.layout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A header row, ready to be compared.
 *
 * @param names as written, without the white space around them
 * @param keys {@link HeaderName#key} of those that have one
 * @param repeated the first name that stands there twice; null if none does
 * @param own how many of the columns are the file's: the three that a rejects file adds at its end are not
 * @param headerSize all columns
 */
record HeaderColumns(
        List<String> names, Set<String> keys, @Nullable String repeated, int own, int headerSize) {

    static HeaderColumns of(List<String> header) {
        int own = RejectColumns.isRejects(header) ? header.size() - RejectColumns.COUNT : header.size();
        List<String> names = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        String repeated = null;
        for (int i = 0; i < own; i++) {
            String name = header.get(i).strip();
            names.add(name);
            String key = HeaderName.key(name);
            if (!key.isEmpty() && !keys.add(key) && repeated == null) {
                repeated = name;
            }
        }
        return new HeaderColumns(names, keys, repeated, own, header.size());
    }
}
