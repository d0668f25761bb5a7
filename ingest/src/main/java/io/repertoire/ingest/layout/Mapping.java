package io.repertoire.ingest.layout;

import io.repertoire.customers.text.CardNumbers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which column of one file holds what. Immutable, thread-safe. */
public final class Mapping implements MappingResult {

    private static final int MOST_NAMED = 50;

    private final Layout layout;
    private final String language;
    private final List<String> names;
    private final Layout.Column[] columns;
    private final @Nullable Spare[] spares;
    private final int[] order;
    private final int headerSize;
    private final Guesses guesses;

    /**
     * A column that another one keeps out of its field. In a row where that one is blank it holds the field after all: a
     * province by its name where the column of its code is empty.
     *
     * @param as what it holds then
     * @param better the columns that have to be blank
     */
    record Spare(Layout.Column as, List<Integer> better) {}

    private Mapping(
            Layout layout,
            String language,
            HeaderColumns header,
            Layout.Column[] columns,
            @Nullable Spare[] spares,
            Guesses guesses) {
        this.spares = spares;
        this.layout = layout;
        this.language = language;
        // A column's name goes along with its values as an attribute, and in problems.
        this.names = header.names().stream().map(CardNumbers::redact).toList();
        this.headerSize = header.headerSize();
        this.columns = columns;
        this.order = order(columns);
        this.guesses = guesses;
    }

    /**
     * @param asked the user named the layout: then columns may be told by where they stand
     * @param anybodys where names are looked up that the layout does not know
     */
    static MappingResult of(Layout layout, String language, HeaderColumns header, boolean asked, Layout anybodys) {
        var guesses = new Guesses(anybodys);
        Layout.@Nullable Column[] found = found(layout, header, asked, guesses);
        for (int i = 0; i < found.length; i++) {
            if (header.isRepeated(i) && found[i] == null) {
                return new Refused(
                        "DUPLICATE_HEADER",
                        "The column \"" + shortened(header.names().get(i).replaceFirst(" \\([0-9]+\\)$", ""))
                                + "\" is there more than once. Give each column a name of its own.");
            }
        }
        Layout.Column[] columns = placed(found);
        boolean usable = false;
        for (Layout.Column column : columns) {
            usable |= column.field().identifies();
        }
        return usable
                ? new Mapping(layout, language, header, columns, spares(found, columns), guesses)
                : new Refused("NO_HEADER", noHeader(header));
    }

    private static Layout.@Nullable Column[] found(
            Layout layout, HeaderColumns header, boolean asked, Guesses guesses) {
        boolean byPosition = asked && layout.positions().size() == header.own();
        Layout.@Nullable Column[] found = new Layout.Column[header.own()];
        for (int i = 0; i < found.length; i++) {
            found[i] = layout.column(header.keyOf().get(i));
            if (found[i] == null && byPosition) {
                found[i] = layout.positions().get(i);
                guesses.add(header.names().get(i), found[i]);
            }
        }
        for (int i = 0; i < found.length; i++) {
            if (found[i] == null && !byPosition && !header.isRepeated(i)) {
                Layout.Column guess = guesses.of(header.names().get(i), layout);
                if (guess != null && !isHeld(found, guess)) {
                    found[i] = guess;
                    guesses.add(header.names().get(i), guess);
                }
            }
        }
        return found;
    }

    /** A guess never takes a single field from a column that says so itself. */
    private static boolean isHeld(Layout.@Nullable Column[] found, Layout.Column guess) {
        for (Layout.Column column : found) {
            if (column != null
                    && !guess.field().repeats()
                    && column.field() == guess.field()
                    && column.group().equals(guess.group())) {
                return true;
            }
        }
        return false;
    }

    /** The best column of each single field; what is not wanted or not known is an attribute. */
    private static Layout.Column[] placed(Layout.@Nullable Column[] found) {
        Map<String, Layout.Column> best = new HashMap<>();
        for (Layout.Column column : found) {
            if (column != null) {
                best.merge(single(column), column, (a, b) -> a.rank() <= b.rank() ? a : b);
            }
        }
        Layout.Column[] columns = new Layout.Column[found.length];
        for (int i = 0; i < columns.length; i++) {
            Layout.Column column = found[i];
            boolean placed = column != null && (column.field().repeats() || column.equals(best.get(single(column))));
            columns[i] = placed && column != null ? column : new Layout.Column(Field.ATTRIBUTE, "", Integer.MAX_VALUE);
        }
        return columns;
    }

    private static @Nullable Spare[] spares(Layout.@Nullable Column[] found, Layout.Column[] columns) {
        @Nullable Spare[] spares = new Spare[found.length];
        for (int i = 0; i < found.length; i++) {
            Layout.Column as = found[i];
            if (as != null && !as.equals(columns[i])) {
                List<Integer> better = new ArrayList<>();
                for (int j = 0; j < found.length; j++) {
                    Layout.Column other = found[j];
                    if (other != null && single(other).equals(single(as)) && other.rank() < as.rank()) {
                        better.add(j);
                    }
                }
                spares[i] = new Spare(as, List.copyOf(better));
            }
        }
        return spares;
    }

    private static String single(Layout.Column column) {
        return column.group() + '.' + column.field();
    }

    /** Column numbers in the order their values are taken: by rank, so that the best phone comes first, then as they stand. */
    private static int[] order(Layout.Column[] columns) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Integer.compare(columns[a].rank(), columns[b].rank()));
        return order.stream().mapToInt(Integer::intValue).toArray();
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

    static String shortened(String name) {
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

    /** What was guessed, and what has no field of its own and is kept as an attribute; null if everything found its place. */
    public @Nullable String notes() {
        List<String> kept = new ArrayList<>();
        int more = 0;
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].field() == Field.ATTRIBUTE && !names.get(i).isEmpty()) {
                if (kept.size() < MOST_NAMED) {
                    kept.add(shortened(names.get(i)));
                } else {
                    more++;
                }
            }
        }
        String guessed = guesses.text();
        if (kept.isEmpty()) {
            return guessed;
        }
        return (guessed == null ? "" : guessed + " ") + "Kept as attributes: " + String.join(", ", kept)
                + (more == 0 ? "." : " and " + more + " more.");
    }

    /** How many columns have a field of their own. */
    public int placedColumns() {
        int placed = 0;
        for (Layout.Column column : columns) {
            placed += column.field() == Field.ATTRIBUTE ? 0 : 1;
        }
        return placed;
    }

    /** Whether a workbook may be of this layout. */
    public boolean acceptsWorkbooks() {
        return layout.workbooks();
    }

    /** Columns of the file that are not a rejects file's own. */
    public int columns() {
        return columns.length;
    }

    /** All columns of the header, a rejects file's own included. */
    public int headerSize() {
        return headerSize;
    }

    Field field(int column) {
        return columns[column].field();
    }

    Layout.Column column(int column) {
        return columns[column];
    }

    /** The column that holds a field, as the file calls it; null if none does. */
    @Nullable
    String nameOf(Field field) {
        for (int i = 0; i < columns.length; i++) {
            if (columns[i].field() == field) {
                return name(i);
            }
        }
        return null;
    }

    String name(int column) {
        return names.get(column).isEmpty() ? "column " + (column + 1) : names.get(column);
    }

    /** Null: what every row must have. */
    RequiredFields.@Nullable Check required() {
        RequiredFields.Check all = layout.required();
        if (all == null) {
            return null;
        }
        Set<Field> held = EnumSet.noneOf(Field.class);
        for (Layout.Column column : columns) {
            held.add(column.field());
        }
        return all.of(held);
    }

    /** Null if no other column keeps this one out of a field. */
    @Nullable
    Spare spare(int column) {
        return spares[column];
    }

    int[] order() {
        return order;
    }

    Layout layout() {
        return layout;
    }
}
