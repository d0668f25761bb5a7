package io.repertoire.customers.normalise;

import io.repertoire.customers.ProblemCode;
import io.repertoire.customers.text.CardNumbers;
import io.repertoire.customers.text.CleanText;
import io.repertoire.customers.text.Masking;
import io.repertoire.customers.text.SpreadsheetDamage;
import io.repertoire.schemas.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one row: reads each as its field's kind and collects what is wrong and what is cleared. A value that cannot be
 * used is left out and reported; the row goes on (RULES P57). Not thread-safe.
 */
final class Cells {

    private final List<Problem> problems = new ArrayList<>(2);
    private final List<String> cleared = new ArrayList<>(0);

    List<Problem> problems() {
        return problems;
    }

    List<String> cleared() {
        return cleared;
    }

    void report(ProblemCode code, @Nullable String field, @Nullable String maskedValue) {
        problems.add(code.problem(field, maskedValue));
    }

    /** Notes that the field is to be emptied; once, whatever number of cells say so. */
    void clear(String field) {
        if (!cleared.contains(field)) {
            cleared.add(field);
        }
    }

    /** One line of text of at most so many characters; a longer one is cut. */
    @Nullable
    String text(String field, @Nullable String raw, int limit) {
        String clean = clean(field, raw);
        return clean == null ? null : cut(field, clean, limit);
    }

    /** Text that may have line breaks, without card numbers. */
    @Nullable
    String note(String field, @Nullable String raw, int limit) {
        String clean = CleanText.lines(raw);
        if (clean == null || raw == null) {
            return null;
        }
        if (clean.equals(CleanText.CLEAR)) {
            clear(field);
            return null;
        }
        checkCharacters(field, raw, clean);
        String redacted = CardNumbers.redact(clean);
        if (!redacted.equals(clean)) {
            report(ProblemCode.CARD_NUMBER_REMOVED, field, null);
        }
        return cut(field, redacted, limit);
    }

    /**
     * Something that is looked up: never cut, since half an identifier is another one, and not taken where a spreadsheet has
     * eaten its digits.
     */
    @Nullable
    String identifier(String field, @Nullable String raw, int limit) {
        String clean = clean(field, raw);
        if (clean == null) {
            return null;
        }
        String value = Spreadsheet.repair(clean);
        ProblemCode problem = null;
        if (Spreadsheet.isScientific(value) || SpreadsheetDamage.isRounded(value)) {
            problem = ProblemCode.EXCEL_SCIENTIFIC;
        } else if (SpreadsheetDamage.isDate(value)) {
            problem = ProblemCode.EXCEL_DATE;
        } else if (isFiller(value) || value.contains(CardNumbers.REPLACEMENT)) {
            problem = ProblemCode.IDENTIFIER_PLACEHOLDER;
        } else if (value.codePointCount(0, value.length()) > limit) {
            problem = ProblemCode.TOO_LONG;
        }
        return keep(problem == null ? value : null, problem, field, clean);
    }

    @Nullable
    Boolean flag(String field, @Nullable String raw) {
        String clean = clean(field, raw);
        return clean == null ? null : keep(Flags.parse(clean), ProblemCode.FLAG_INVALID, field, clean);
    }

    /** A yes or no written as the contract writes it. */
    @Nullable
    String flagText(String field, @Nullable String raw) {
        Boolean flag = flag(field, raw);
        return flag == null ? null : flag ? "Y" : "N";
    }

    @Nullable
    String date(String field, @Nullable String raw, boolean yearOptional) {
        String clean = clean(field, raw);
        return clean == null ? null : keep(Dates.parse(clean, yearOptional), ProblemCode.DATE_INVALID, field, clean);
    }

    /** In plain notation, without needless zeros. */
    @Nullable
    String decimal(String field, @Nullable String raw, int integerDigits, int fractionDigits) {
        String clean = clean(field, raw);
        if (clean == null) {
            return null;
        }
        BigDecimal number = Decimals.parse(clean);
        boolean fits = number != null
                && number.scale() <= fractionDigits
                && number.precision() - number.scale() <= integerDigits;
        return keep(fits && number != null ? number.toPlainString() : null, ProblemCode.NUMBER_INVALID, field, clean);
    }

    @Nullable
    String country(String field, @Nullable String raw) {
        String clean = clean(field, raw);
        return clean == null ? null : keep(Countries.alpha2(clean), ProblemCode.COUNTRY_UNKNOWN, field, clean);
    }

    @Nullable
    String language(String field, @Nullable String raw) {
        String clean = clean(field, raw);
        return clean == null ? null : keep(Languages.tag(clean), ProblemCode.LANGUAGE_UNKNOWN, field, clean);
    }

    /** A clean line, or null where the cell says nothing or clears its field. */
    @Nullable
    String clean(String field, @Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String clean = CleanText.line(raw);
        // Where a card number stood, nothing is left to hold.
        if (clean == null || clean.equals(CardNumbers.REPLACEMENT)) {
            return null;
        }
        if (clean.equals(CleanText.CLEAR)) {
            clear(field);
            return null;
        }
        checkCharacters(field, raw, clean);
        return clean;
    }

    /** The value, or a report that it could not be made out. */
    <T> @Nullable T keep(@Nullable T value, @Nullable ProblemCode otherwise, String field, String clean) {
        if (value == null && otherwise != null) {
            report(otherwise, field, Masking.text(clean));
        }
        return value;
    }

    private void checkCharacters(String field, String raw, String clean) {
        // The same length: nothing can have been taken out.
        if (raw.length() != clean.length() && CleanText.losesCharacters(raw)) {
            report(ProblemCode.CONTROL_CHARACTERS, field, Masking.text(clean));
        }
    }

    private String cut(String field, String clean, int limit) {
        String cut = CleanText.cut(clean, limit);
        if (cut.length() != clean.length()) {
            report(ProblemCode.TOO_LONG, field, Masking.text(clean));
        }
        return cut;
    }

    /** All zeros, or one digit six times and more: what a till is fed to be let on. */
    private static boolean isFiller(String value) {
        char first = value.charAt(0);
        if (first < '0' || first > '9') {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            if (value.charAt(i) != first) {
                return false;
            }
        }
        return first == '0' || value.length() >= 6;
    }
}
