package io.repertoire.ingest.layout;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A layout as its data file says it.
 *
 * @param includes layouts whose columns this one has too; its own come first
 * @param columns names of columns by what they hold, best first
 */
record LayoutFile(
        String name,
        int version,
        String language,
        @Nullable List<String> includes,
        @JsonProperty("recognised_by") @Nullable List<List<String>> recognisedBy,
        @JsonProperty("strip_apostrophe_before") @Nullable String apostropheBefore,
        @JsonProperty("list_separators") @Nullable String listSeparators,
        Map<String, List<String>> columns) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static LayoutFile read(String name) {
        try (var in = LayoutFile.class.getResourceAsStream("/layouts/" + name + ".json")) {
            return JSON.readValue(in, LayoutFile.class);
        } catch (IOException e) {
            throw new UncheckedIOException("layout " + name, e);
        }
    }

    Layout layout() {
        Map<String, Layout.Column> all = new LinkedHashMap<>();
        addTo(all);
        if (includes != null) {
            includes.forEach(other -> read(other).addTo(all));
        }
        List<Set<String>> signs = new ArrayList<>();
        if (recognisedBy != null) {
            for (List<String> names : recognisedBy) {
                Set<String> keys = new HashSet<>();
                names.forEach(n -> keys.add(HeaderName.key(n)));
                signs.add(keys);
            }
        }
        return new Layout(
                name,
                version,
                language,
                signs,
                apostropheBefore == null ? "" : apostropheBefore,
                listSeparators == null ? ",;|" : listSeparators,
                Map.copyOf(all));
    }

    private void addTo(Map<String, Layout.Column> all) {
        columns.forEach((field, names) -> {
            for (String column : names) {
                all.putIfAbsent(
                        HeaderName.key(column),
                        new Layout.Column(Field.valueOf(field.toUpperCase(Locale.ROOT)), all.size()));
            }
        });
    }
}
