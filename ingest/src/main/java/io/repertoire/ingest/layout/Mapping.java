package io.repertoire.ingest.layout;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which column of one file holds what. Immutable, thread-safe. */
public final class Mapping implements MappingResult {

    private static final int MOST_NAMED = 50;

    private final Layout layout;
    private final String language;
    private final List<String> names;
    private final Field[] fields;
    private final int[] order;
    private final int own;
    private final int headerSize;

    private Mapping(Layout layout, String language, HeaderColumns columns, Field[] fields, int[] order) {
        this.layout = layout;
        this.language = language;
        this.names = columns.names();
        this.own = columns.own();
        this.headerSize = columns.headerSize();
        this.fields = fields;
        this.order = order;
    }

    static MappingResult of(Layout layout, String language, HeaderColumns columns) {
        Field[] fields = fields(layout, columns);
        boolean usable = false;
        for (Field field : fields) {
            usable |= field.identifies();
        }
        if (!usable) {
            return new Refused("NO_HEADER", noHeader(columns));
        }
        if (columns.repeated() != null) {
            return new Refused(
                    "DUPLICATE_HEADER",
                    "The column \"" + shortened(columns.repeated())
                            + "\" is there more than once. Give each column a name of its own.");
        }
        return new Mapping(layout, language, columns, fields, order(layout, columns, fields));
    }

    private static Field[] fields(Layout layout, HeaderColumns columns) {
        Map<Field, Integer> best = new EnumMap<>(Field.class);
        for (String key : columns.keys()) {
            Layout.Column column = layout.column(key);
            if (column != null) {
                best.merge(column.field(), column.rank(), Math::min);
            }
        }
        Field[] fields = new Field[columns.own()];
        for (int i = 0; i < fields.length; i++) {
            Layout.Column column = layout.column(HeaderName.key(columns.names().get(i)));
            boolean placed = column != null
                    && (column.field().repeats()
                            || Integer.valueOf(column.rank()).equals(best.get(column.field())));
            fields[i] = placed && column != null ? column.field() : Field.ATTRIBUTE;
        }
        return fields;
    }

    /** Column numbers in the order their values are taken: by rank, so that the best phone comes first, then as they stand. */
    private static int[] order(Layout layout, HeaderColumns columns, Field[] fields) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Integer.compare(rank(layout, columns, a), rank(layout, columns, b)));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int rank(Layout layout, HeaderColumns columns, int index) {
        Layout.Column column = layout.column(HeaderName.key(columns.names().get(index)));
        return column == null ? Integer.MAX_VALUE : column.rank();
    }

    /** A file without a header has people's data on its first line: only its shape is shown. */
    private static String noHeader(HeaderColumns columns) {
        boolean data = columns.names().stream().anyMatch(name -> name.contains("@"));
        String seen =
                columns.names().size() == 1 ? "one column" : columns.names().size() + " columns";
        return (data
                        ? "The first line looks like a customer, not like column names (" + seen + "). "
                        : "No column of the header is known as a name, an email or a phone (" + seen + " seen). ")
                + "Add a first line with column names, such as: First name, Last name, Email, Phone.";
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }

    public String layoutName() {
        return layout.name();
    }

    /** Which release of the layout's mapping this is. */
    public String version() {
        return layout.mappingVersion();
    }

    /** {@code en} or {@code fr}: of what is written back to the person. */
    public String language() {
        return language;
    }

    /** What has no field of its own and is kept as an attribute; null if everything found its place. */
    public @Nullable String notes() {
        List<String> kept = new ArrayList<>();
        int more = 0;
        for (int i = 0; i < fields.length; i++) {
            if (fields[i] == Field.ATTRIBUTE && !names.get(i).isEmpty()) {
                if (kept.size() < MOST_NAMED) {
                    kept.add(shortened(names.get(i)));
                } else {
                    more++;
                }
            }
        }
        if (kept.isEmpty()) {
            return null;
        }
        return "Kept as attributes: " + String.join(", ", kept) + (more == 0 ? "." : " and " + more + " more.");
    }

    /** Columns of the file that are not a rejects file's own. */
    public int columns() {
        return own;
    }

    /** All columns of the header, a rejects file's own included. */
    public int headerSize() {
        return headerSize;
    }

    Field field(int column) {
        return fields[column];
    }

    String name(int column) {
        return names.get(column).isEmpty() ? "column " + (column + 1) : names.get(column);
    }

    int[] order() {
        return order;
    }

    Layout layout() {
        return layout;
    }
}
