package io.repertoire.customers.normalise;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.text.SpreadsheetDamage;
import io.repertoire.schemas.SubmittedAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of one row. An address is one block: cells that clear are blanks in it, and one of nothing else clears all. */
final class AddressCells {

    private static final int LONGEST_LABEL = 255;
    private static final int LONGEST_LINE = 100;
    private static final int LONGEST_POSTAL_CODE = 20;

    private final Cells cells;
    private @Nullable String country;

    AddressCells(Cells cells) {
        this.cells = cells;
    }

    /** Alpha-2, of the first address that names one. */
    @Nullable
    String country() {
        return country;
    }

    List<SubmittedAddress> addresses(List<SubmittedAddress> submitted) {
        List<SubmittedAddress> held = new ArrayList<>(submitted.size());
        for (int i = 0; i < submitted.size(); i++) {
            SubmittedAddress clean = clean(submitted.get(i), "addresses[" + i + "].");
            if (clean != null && !held.contains(clean)) {
                held.add(clean);
            }
        }
        return held;
    }

    private @Nullable SubmittedAddress clean(SubmittedAddress a, String prefix) {
        int clears = cells.cleared().size();
        String land = cells.country(prefix + "country", a.getCountry());
        String postalCode = postalCode(prefix + "postal_code", a.getPostalCode());
        SubmittedAddress clean = new SubmittedAddress(
                cells.text(prefix + "label", a.getLabel(), LONGEST_LABEL),
                a.getType(),
                cells.text(prefix + "line1", a.getLine1(), LONGEST_LINE),
                cells.text(prefix + "line2", a.getLine2(), LONGEST_LINE),
                cells.text(prefix + "line3", a.getLine3(), LONGEST_LINE),
                cells.text(prefix + "city", a.getCity(), LONGEST_LINE),
                cells.text(prefix + "region", a.getRegion(), LONGEST_LINE),
                postalCode == null ? null : PostalCodes.format(postalCode, land),
                land);
        List<String> cleared = cells.cleared();
        boolean said = cleared.size() > clears;
        cleared.subList(clears, cleared.size()).clear();
        if (country == null) {
            country = land;
        }
        if (isEmpty(clean)) {
            if (said) {
                cells.clear("addresses");
            }
            return null;
        }
        return clean;
    }

    private @Nullable String postalCode(String field, @Nullable String raw) {
        String code = cells.text(field, raw, LONGEST_POSTAL_CODE);
        return code != null && SpreadsheetDamage.isDate(code)
                ? cells.keep(null, ProblemCode.EXCEL_DATE, field, code)
                : code;
    }

    /** A label or a kind alone is not an address. */
    private static boolean isEmpty(SubmittedAddress a) {
        return a.getLine1() == null
                && a.getLine2() == null
                && a.getLine3() == null
                && a.getCity() == null
                && a.getRegion() == null
                && a.getPostalCode() == null
                && a.getCountry() == null;
    }
}
