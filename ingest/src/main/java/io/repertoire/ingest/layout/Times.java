package io.repertoire.ingest.layout;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads the times that exports write: ISO, with a space for the T, with or without seconds, zone or time. No zone is UTC. */
final class Times {

    private Times() {}

    /** Null if it is none of these. */
    static @Nullable Instant parse(String text) {
        String iso = text.strip().replace(" UTC", "Z");
        if (iso.length() < 10) {
            return null;
        }
        if (iso.length() > 10 && iso.charAt(10) == ' ') {
            iso = iso.substring(0, 10) + 'T' + iso.substring(11);
        }
        try {
            if (iso.length() == 10) {
                return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean zoned = iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
            return zoned
                    ? OffsetDateTime.parse(iso.replace(" ", "")).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
