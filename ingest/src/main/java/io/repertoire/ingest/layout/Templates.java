package io.repertoire.ingest.layout;

import com.fasterxml.jackson.core.type.TypeReference;
import io.repertoire.schemas.ExportColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Files to fill in: a header that is recognised as its layout and two sample rows that are refused as such when somebody forgets to
 * delete them. Immutable, thread-safe.
 */
public final class Templates {

    private final Layouts layouts;
    private final Map<String, List<Map<String, String>>> samples;

    public Templates(Layouts layouts) {
        this.layouts = layouts;
        try (var in = Templates.class.getResourceAsStream("/templates/samples.json")) {
            samples = LayoutFile.JSON.readValue(in, new TypeReference<Map<String, List<Map<String, String>>>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("samples of templates", e);
        }
    }

    /** Layouts that have a template, sorted. */
    public List<String> layouts() {
        return layouts.names().stream()
                .filter(name -> !languages(name).isEmpty())
                .toList();
    }

    /** Languages of a layout's template, its own first; none if there is no such layout or it has no template. */
    public List<String> languages(String layout) {
        if (layout.equals(ExportColumns.SOURCE_SYSTEM)) {
            return List.of("en");
        }
        LayoutFile file = layouts.source(layout);
        if (file == null || file.template() == null) {
            return List.of();
        }
        Set<String> all = new TreeSet<>(file.template().keySet());
        List<String> languages = new ArrayList<>();
        if (all.remove(file.language())) {
            languages.add(file.language());
        }
        languages.addAll(all);
        return languages;
    }

    /** Null if the system has none to tell. */
    public @Nullable String about(String layout) {
        LayoutFile file = layouts.source(layout);
        return file == null ? null : file.about();
    }

    /**
     * The file, without a byte order mark, lines ended by CR LF.
     *
     * @param language one of {@link #languages}
     */
    public String text(String layout, String language) {
        return text(layout, language, language);
    }

    /** @param spoken {@code en} or {@code fr}: of the sample rows; a system's headers may be in one language only */
    public String text(String layout, String language, String spoken) {
        LayoutFile file = layouts.source(layout);
        List<String> header = header(file, language);
        String delimiter = file == null || file.templateDelimiter() == null ? "," : file.templateDelimiter();
        var text = new StringBuilder(line(header, delimiter));
        for (Map<String, String> sample : samples.getOrDefault(spoken, List.of())) {
            text.append(line(row(layout, file, header, sample), delimiter));
        }
        return text.toString();
    }

    List<String> header(String layout, String language) {
        return header(layouts.source(layout), language);
    }

    private static List<String> header(@Nullable LayoutFile file, String language) {
        if (file == null || file.template() == null) {
            return ExportColumns.ALL;
        }
        List<String> header = file.template().get(language);
        if (header == null) {
            throw new IllegalArgumentException(file.name() + " has no template in " + language);
        }
        return header;
    }

    private List<String> row(
            String layout, @Nullable LayoutFile file, List<String> header, Map<String, String> sample) {
        if (!(layouts.map(header, layout) instanceof Mapping mapping)) {
            throw new IllegalStateException("the template of " + layout + " cannot be read");
        }
        Map<String, String> own = file == null || file.sample() == null ? Map.of() : file.sample();
        Map<Field, String> groups = new EnumMap<>(Field.class);
        Set<Field> written = new HashSet<>();
        List<String> row = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            Field field = mapping.field(i);
            String group = mapping.column(i).group();
            groups.putIfAbsent(field, group);
            boolean ofFirst = group.equals(groups.get(field)) && written.add(field);
            row.add(ofFirst ? value(field, own, sample) : "");
        }
        return row;
    }

    /** What the system's own sample says goes with a full row only. */
    private static String value(Field field, Map<String, String> own, Map<String, String> sample) {
        String name = field.name().toLowerCase(Locale.ROOT);
        boolean full = sample.containsKey("phone");
        return full && own.containsKey(name) ? own.get(name) : sample.getOrDefault(name, "");
    }

    private static String line(List<String> cells, String delimiter) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quote = cell.contains(delimiter) || cell.indexOf('"') >= 0;
            line.append(i == 0 ? "" : delimiter).append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        return line.append("\r\n").toString();
    }
}
