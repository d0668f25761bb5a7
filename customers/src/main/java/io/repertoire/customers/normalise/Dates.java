package io.repertoire.customers.normalise;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import org.jspecify.annotations.Nullable;

/**
 * Dates in ISO notation. {@code 03/04/2025} is two different days, so no other notation is guessed at; a time after the date is
 * dropped.
 */
final class Dates {

    private static final int FIRST_YEAR = 1850;
    private static final int LAST_YEAR = 2199;

    private Dates() {}

    static @Nullable String parse(String clean, boolean yearOptional) {
        String s = clean;
        if (s.length() > 10 && (s.charAt(10) == 'T' || s.charAt(10) == ' ')) {
            s = s.substring(0, 10);
        }
        try {
            if (yearOptional && s.length() == 7 && s.startsWith("--")) {
                return MonthDay.parse(s).toString();
            }
            if (s.length() != 10) {
                return null;
            }
            LocalDate date = LocalDate.parse(s);
            return date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR ? null : date.toString();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
