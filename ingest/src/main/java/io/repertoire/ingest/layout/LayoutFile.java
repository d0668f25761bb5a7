package io.repertoire.ingest.layout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A layout as its data file says it; the README of the layouts folder explains every key.
 *
 * @param columns names of columns by what they hold, best first; {@code home.city} is the city of the address {@code home}
 * @param template headers of an empty file to fill in, by language
 * @param sample values of the sample rows that are not those of all layouts, by field
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayoutFile(
        String name,
        int version,
        String language,
        @Nullable String about,
        @Nullable List<String> includes,
        @Nullable List<List<String>> recognisedBy,
        @Nullable String stripApostropheBefore,
        @Nullable String listSeparators,
        @Nullable String valueSeparator,
        @Nullable List<String> dates,
        @Nullable Boolean workbooks,
        @Nullable RequiredFields required,
        @Nullable Map<String, ValueRule> values,
        Map<String, List<String>> columns,
        @Nullable List<String> positions,
        @Nullable Map<String, List<String>> template,
        @Nullable String templateDelimiter,
        @Nullable Map<String, String> sample) {

    static final ObjectMapper JSON = new ObjectMapper();

    /** @param others finds the layouts that this one includes */
    Layout layout(Function<String, LayoutFile> others) {
        Map<String, Layout.Column> all = new LinkedHashMap<>();
        addTo(all);
        if (includes != null) {
            includes.forEach(other -> others.apply(other).addTo(all));
        }
        List<Set<String>> signs = new ArrayList<>();
        if (recognisedBy != null) {
            for (List<String> names : recognisedBy) {
                Set<String> keys = new HashSet<>();
                names.forEach(n -> keys.add(HeaderName.keyInLayout(n)));
                signs.add(keys);
            }
        }
        return new Layout(
                name,
                version,
                language,
                signs,
                Map.copyOf(all),
                placed(),
                cells(),
                required == null ? null : required.check(),
                workbooks == null || workbooks);
    }

    private Layout.Cells cells() {
        Map<Field, ValueRule> rules = new EnumMap<>(Field.class);
        if (values != null) {
            values.forEach((field, rule) -> rules.put(Field.named(field), withKeys(rule)));
        }
        return new Layout.Cells(
                stripApostropheBefore == null ? "" : stripApostropheBefore,
                listSeparators == null ? ",;|" : listSeparators,
                valueSeparator == null ? "" : valueSeparator,
                dates == null ? DateNotation.NONE : new DateNotation(List.copyOf(dates)),
                rules);
    }

    private static ValueRule withKeys(ValueRule rule) {
        if (rule.words() == null) {
            return rule;
        }
        Map<String, String> words = new HashMap<>();
        rule.words().forEach((word, meaning) -> words.put(HeaderName.key(word), meaning));
        return new ValueRule(rule.longest(), rule.form(), rule.strict(), words, rule.prefix());
    }

    private List<Layout.Column> placed() {
        List<Layout.Column> placed = new ArrayList<>();
        if (positions != null) {
            positions.forEach(field -> placed.add(column(field, placed.size())));
        }
        return placed;
    }

    private void addTo(Map<String, Layout.Column> all) {
        columns.forEach((field, names) -> {
            for (String name : names) {
                all.putIfAbsent(HeaderName.keyInLayout(name), column(field, all.size()));
            }
        });
    }

    private static Layout.Column column(String field, int rank) {
        int dot = field.indexOf('.');
        return new Layout.Column(Field.named(field.substring(dot + 1)), dot < 0 ? "" : field.substring(0, dot), rank);
    }
}
