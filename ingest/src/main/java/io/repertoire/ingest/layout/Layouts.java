package io.repertoire.ingest.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.repertoire.schemas.ExportColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The layouts there are, and which of them a header row is. Immutable, thread-safe. */
public final class Layouts {

    private static final String GENERIC = "generic";
    private static final String ENGLISH = "plain-en";
    private static final String FRENCH = "plain-fr";

    private final Map<String, LayoutFile> files;
    private final List<LayoutFile> own;
    private final List<String> complaints;
    private final Map<String, Layout> byName = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private final Layout english;
    private final Layout french;
    private final Layout generic;

    /** Those that are shipped. */
    public Layouts() {
        this(LayoutFolder.read(), List.of(), List.of());
    }

    private Layouts(Map<String, LayoutFile> shipped, Collection<LayoutFile> own, List<String> complaints) {
        this.files = new TreeMap<>(shipped);
        own.forEach(file -> files.put(file.name(), file));
        this.own = List.copyOf(own);
        this.complaints = List.copyOf(complaints);
        for (LayoutFile file : files.values()) {
            byName.put(file.name(), file.layout(this::file));
        }
        Layout export = export();
        byName.put(export.name(), export);
        byName.values().forEach(layout -> known.addAll(layout.columns().keySet()));
        english = named(ENGLISH);
        french = named(FRENCH);
        generic = named(GENERIC);
    }

    /** Those that are shipped and those of a folder. */
    static Layouts with(Path folder) {
        Map<String, LayoutFile> shipped = LayoutFolder.read();
        OwnLayouts own = OwnLayouts.read(folder, shipped);
        List<String> complaints = new ArrayList<>(own.complaints());
        Map<String, LayoutFile> files = new TreeMap<>(own.files());
        while (true) {
            var layouts = new Layouts(shipped, files.values(), complaints);
            String mistaken = files.keySet().stream()
                    .filter(name -> !layouts.knowsItsTemplates(name))
                    .findFirst()
                    .orElse(null);
            if (mistaken == null) {
                return layouts;
            }
            files.remove(mistaken);
            // What includes it cannot stand without it.
            files.values().removeIf(file -> {
                boolean stranded = file.includes() != null && file.includes().contains(mistaken);
                if (stranded) {
                    complaints.add(
                            OwnLayouts.complaint(file.name(), "it includes \"" + mistaken + "\", which is not used"));
                }
                return stranded;
            });
            complaints.add(OwnLayouts.complaint(
                    mistaken, "the header of its own template is not recognised as this layout (\"recognised_by\")"));
        }
    }

    /**
     * Those that are shipped, and others as {@link #ownAsText} once gave them.
     *
     * @throws IOException the text is none of that
     */
    public static Layouts ofText(String text) throws IOException {
        try {
            return new Layouts(
                    LayoutFolder.read(), List.of(LayoutFile.JSON.readValue(text, LayoutFile[].class)), List.of());
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IOException("layouts that were kept cannot be read", e);
        }
    }

    /** What there is beside those that are shipped. */
    public String ownAsText() {
        try {
            return LayoutFile.JSON.writeValueAsString(own);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written", e);
        }
    }

    /** A layout that is only used when it is named need not be recognised. */
    private boolean knowsItsTemplates(String name) {
        LayoutFile file = file(name);
        if (file.template() == null) {
            return true;
        }
        boolean named = file.recognisedBy() == null || file.recognisedBy().isEmpty();
        for (List<String> header : file.template().values()) {
            boolean known = header != null
                    && !header.contains(null)
                    && map(header, named ? name : null) instanceof Mapping mapping
                    && mapping.layoutName().equals(name);
            if (!known) {
                return false;
            }
        }
        return true;
    }

    /** A sentence for each layout file of the user's that cannot be used. */
    public List<String> complaints() {
        return complaints;
    }

    private LayoutFile file(String name) {
        return Objects.requireNonNull(files.get(name), () -> "no layout file " + name);
    }

    private Layout named(String name) {
        return Objects.requireNonNull(byName.get(name), () -> "no layout " + name);
    }

    /** Sorted. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** How many of these cells are column names of some layout: what tells the right delimiter. */
    public int known(List<String> cells) {
        int count = 0;
        for (String cell : cells) {
            count += known.contains(HeaderName.key(cell)) ? 1 : 0;
        }
        return count;
    }

    /** What a column of this name holds in a file of nobody's in particular; null if nobody calls a column so. */
    @Nullable
    Field field(String column) {
        Layout.Column found = generic.column(HeaderName.key(column));
        return found == null ? null : found.field();
    }

    Layout.Cells cells() {
        return generic.cells();
    }

    /** Null for our own export, whose template is an export. */
    @Nullable
    LayoutFile source(String layout) {
        return files.get(layout);
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
                    "There is no layout \"" + layoutName + "\". There are: " + String.join(", ", names()) + "."
                            + unusable(layoutName));
        }
        var columns = HeaderColumns.of(header);
        Layout layout = layoutName == null ? recognise(columns.keys()) : named(layoutName);
        return Mapping.of(layout, language(layout, columns.keys()), columns, layoutName != null, generic);
    }

    private String unusable(String layoutName) {
        return complaints.stream()
                .filter(complaint -> complaint.startsWith(OwnLayouts.about(layoutName)))
                .findFirst()
                .map(complaint -> " " + complaint)
                .orElse("");
    }

    /** The system whose signature it carries, that which knows most of its columns where there are several; else a plain file. */
    private Layout recognise(Set<String> keys) {
        Layout best = null;
        for (Layout layout : byName.values()) {
            if (layout.signs(keys) && (best == null || placed(layout, keys) > placed(best, keys))) {
                best = layout;
            }
        }
        if (best != null) {
            return best;
        }
        int all = placed(generic, keys);
        if (placed(english, keys) == all) {
            return english;
        }
        return placed(french, keys) == all ? french : generic;
    }

    /** Some systems' files come in both languages: what is written back is in the file's own. */
    private String language(Layout layout, Set<String> keys) {
        int inFrench = placed(french, keys);
        int inEnglish = placed(english, keys);
        String likely = inFrench > inEnglish ? french.language() : english.language();
        LayoutFile file = files.get(layout.name());
        boolean comesInIt = layout.name().equals(GENERIC)
                || (file != null && file.template() != null && file.template().containsKey(likely));
        return inFrench != inEnglish && comesInIt ? likely : layout.language();
    }

    private static int placed(Layout layout, Set<String> keys) {
        int placed = 0;
        for (String key : keys) {
            placed += layout.column(key) == null ? 0 : 1;
        }
        return placed;
    }

    /** Our own export: what it writes is what this reads, for both are {@link ExportColumns}. */
    private static Layout export() {
        Map<String, Layout.Column> columns = new HashMap<>();
        for (String name : ExportColumns.ALL) {
            columns.put(HeaderName.key(name), new Layout.Column(exported(name), "", columns.size()));
        }
        var signature = new HashSet<>(Set.of(HeaderName.key("customer_id"), HeaderName.key("code")));
        signature.add(HeaderName.key("given_name"));
        return new Layout(
                ExportColumns.SOURCE_SYSTEM,
                1,
                "en",
                List.of(signature),
                Map.copyOf(columns),
                List.of(),
                new Layout.Cells("=@+-\t\r", ";", "", DateNotation.NONE, Map.of()),
                null,
                true);
    }

    private static Field exported(String column) {
        boolean numbered = column.matches(".*_[2-5]");
        String name = numbered ? column.substring(0, column.length() - 2) : column;
        return switch (name) {
            // The life cycle is not edited by a file, and our own times are not the customer's.
            case "status", "created_at" -> Field.IGNORED;
            default -> Field.named(name);
        };
    }
}
