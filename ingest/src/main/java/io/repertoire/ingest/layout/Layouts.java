package io.repertoire.ingest.layout;

import io.repertoire.schemas.ExportColumns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layouts there are, and which of them a header row is. Immutable, thread-safe. */
public final class Layouts {

    private static final String GENERIC = "generic";

    private final Layout export = export();
    private final List<Layout> systems = List.of(read("square"), read("shopify"));
    private final Layout english = read("plain-en");
    private final Layout french = read("plain-fr");
    private final Layout generic = read(GENERIC);
    private final Map<String, Layout> byName = new HashMap<>();

    public Layouts() {
        byName.put(export.name(), export);
        systems.forEach(layout -> byName.put(layout.name(), layout));
        List.of(english, french, generic).forEach(layout -> byName.put(layout.name(), layout));
    }

    /** Sorted. */
    public List<String> names() {
        return byName.keySet().stream().sorted().toList();
    }

    /** How many of these cells are column names of some layout: what tells the right delimiter. */
    public int known(List<String> cells) {
        int known = 0;
        for (String cell : cells) {
            String key = HeaderName.key(cell);
            boolean found = false;
            for (Layout layout : byName.values()) {
                found |= layout.column(key) != null;
            }
            known += found ? 1 : 0;
        }
        return known;
    }

    /** What a column of this name holds in a file of nobody's in particular; null if nobody calls a column so. */
    @Nullable
    Field field(String column) {
        Layout.Column found = generic.column(HeaderName.key(column));
        return found == null ? null : found.field();
    }

    String listSeparators() {
        return generic.listSeparators();
    }

    /**
     * Maps a header row.
     *
     * @param layoutName the layout the user asked for; null to recognise it
     */
    public MappingResult map(List<String> header, @Nullable String layoutName) {
        if (layoutName != null && !byName.containsKey(layoutName)) {
            return new MappingResult.Refused(
                    "UNKNOWN_LAYOUT",
                    "There is no layout \"" + layoutName + "\". There are: " + String.join(", ", names()) + ".");
        }
        var columns = HeaderColumns.of(header);
        Layout layout = layoutName == null ? recognise(columns.keys()) : byName.get(layoutName);
        if (layout == null) {
            throw new IllegalStateException("a layout was just found by this name");
        }
        return Mapping.of(layout, language(layout, columns.keys()), columns);
    }

    private Layout recognise(Set<String> keys) {
        if (export.signs(keys)) {
            return export;
        }
        for (Layout layout : systems) {
            if (layout.signs(keys)) {
                return layout;
            }
        }
        int all = placed(generic, keys);
        if (placed(english, keys) == all) {
            return english;
        }
        return placed(french, keys) == all ? french : generic;
    }

    private String language(Layout layout, Set<String> keys) {
        return layout.name().equals(GENERIC) && placed(french, keys) > placed(english, keys)
                ? french.language()
                : layout.language();
    }

    private static int placed(Layout layout, Set<String> keys) {
        int placed = 0;
        for (String key : keys) {
            placed += layout.column(key) == null ? 0 : 1;
        }
        return placed;
    }

    private static Layout read(String name) {
        return LayoutFile.read(name).layout();
    }

    /** Our own export: what it writes is what this reads, for both are {@link ExportColumns}. */
    private static Layout export() {
        Map<String, Layout.Column> columns = new HashMap<>();
        for (String name : ExportColumns.ALL) {
            columns.put(HeaderName.key(name), new Layout.Column(exported(name), columns.size()));
        }
        var signature = new HashSet<>(Set.of(HeaderName.key("customer_id"), HeaderName.key("code")));
        signature.add(HeaderName.key("given_name"));
        return new Layout(
                ExportColumns.SOURCE_SYSTEM, 1, "en", List.of(signature), "=@+-\t\r", ";", Map.copyOf(columns));
    }

    private static Field exported(String column) {
        boolean numbered = column.matches(".*_[2-5]");
        String name = numbered ? column.substring(0, column.length() - 2) : column;
        return switch (name) {
            // The life cycle is not edited by a file, and our own times are not the customer's.
            case "status", "created_at" -> Field.IGNORED;
            default -> Field.valueOf(name.toUpperCase(Locale.ROOT));
        };
    }
}
