package io.repertoire.ingest.layout;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.text.CleanText;
import io.repertoire.customers.text.SpreadsheetDamage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id a system gives its customer. Rows with one id are one record, so an id that is not quite one would make one person of
 * many: a filler, or a long number whose last digits a spreadsheet has eaten (RULES P19). Such a row goes on without an id.
 */
final class SourceIds {

    private static final int LONGEST = 100;
    private static final Pattern SCIENTIFIC =
            Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?[eE]\\+[0-9]+|[0-9]+[.,][0-9]+[eE][0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+[.,]0");
    private static final Pattern FILLER = Pattern.compile("0+|x+|-+|\\?+|\\.+", Pattern.CASE_INSENSITIVE);

    private SourceIds() {}

    /** Without what a spreadsheet puts around a number; null if the cell says nothing. */
    static @Nullable String clean(String cell) {
        String id = CleanText.line(cell);
        if (id == null || id.equals(CleanText.CLEAR)) {
            return null;
        }
        if (id.length() > 3 && id.startsWith("=\"") && id.endsWith("\"")) {
            id = id.substring(2, id.length() - 1).strip();
        }
        if (id.length() > 1 && id.charAt(0) == '\'') {
            id = id.substring(1).strip();
        }
        return DECIMAL.matcher(id).matches() ? id.substring(0, id.length() - 2) : id;
    }

    /** Why it is not an id; null if it is one. */
    static @Nullable ProblemCode problem(String id) {
        if (SCIENTIFIC.matcher(id).matches() || SpreadsheetDamage.isRounded(id)) {
            return ProblemCode.EXCEL_SCIENTIFIC;
        }
        if (SpreadsheetDamage.isDate(id)) {
            return ProblemCode.EXCEL_DATE;
        }
        if (id.isEmpty() || FILLER.matcher(id).matches()) {
            return ProblemCode.IDENTIFIER_PLACEHOLDER;
        }
        return id.length() > LONGEST ? ProblemCode.TOO_LONG : null;
    }
}
