package io.repertoire.ingest.layout;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ways a system writes dates, such as {@code dd/MM/yyyy HH:mm} and {@code MM/dd}: two or four digits for each of
 * {@code yyyy MM dd HH mm ss}, anything else as it stands. A day or month may be written with one digit. No zone is UTC.
 */
record DateNotation(List<String> patterns) {

    static final DateNotation NONE = new DateNotation(List.of());

    /** As ISO: {@code 2020-05-06}, with {@code T07:08:09Z} where a time is given, {@code --05-06} without a year; null if it is none. */
    @Nullable
    String iso(String text) {
        String value = text.strip();
        for (String pattern : patterns) {
            String iso = iso(pattern, value);
            if (iso != null) {
                return iso;
            }
        }
        return null;
    }

    private static @Nullable String iso(String pattern, String value) {
        int[] parts = {-1, -1, -1, -1, -1, -1};
        int at = 0;
        int i = 0;
        while (i < pattern.length()) {
            int part = "yMdHms".indexOf(pattern.charAt(i));
            if (part < 0) {
                if (at >= value.length() || value.charAt(at) != pattern.charAt(i)) {
                    return null;
                }
                at++;
                i++;
                continue;
            }
            int width = part == 0 ? 4 : 2;
            int from = at;
            while (at < value.length() && at - from < width && value.charAt(at) >= '0' && value.charAt(at) <= '9') {
                at++;
            }
            if (at == from || (part == 0 && at - from != width)) {
                return null;
            }
            parts[part] = Integer.parseInt(value, from, at, 10);
            i += width;
        }
        return at == value.length() ? iso(parts) : null;
    }

    private static @Nullable String iso(int[] parts) {
        try {
            if (parts[0] < 0) {
                return MonthDay.of(parts[1], parts[2]).toString();
            }
            LocalDate date = LocalDate.of(parts[0], parts[1], parts[2]);
            if (parts[3] < 0) {
                return date.toString();
            }
            LocalDateTime time = date.atTime(parts[3], parts[4], Math.max(0, parts[5]));
            return time.toInstant(ZoneOffset.UTC).toString();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
