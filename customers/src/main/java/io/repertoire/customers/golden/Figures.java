package io.repertoire.customers.golden;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Figures as the contract holds them; what does not fit was reported when it was normalised, and is absent here. */
final class Figures {

    private static final int MAX_PRECISION = 13;

    private Figures() {}

    static @Nullable BigDecimal money(@Nullable String text) {
        BigDecimal value = decimal(text);
        if (value == null) {
            return null;
        }
        BigDecimal scaled = value.setScale(2, RoundingMode.HALF_UP);
        return scaled.precision() > MAX_PRECISION ? null : scaled;
    }

    static @Nullable Long whole(@Nullable String text) {
        BigDecimal value = decimal(text);
        return value == null || value.precision() - value.scale() > 18 ? null : (Long) value.longValue();
    }

    static @Nullable Integer days(@Nullable String text) {
        Long value = whole(text);
        return value == null || value < 0 || value > 999 ? null : (Integer) value.intValue();
    }

    static @Nullable LocalDate date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    static @Nullable Boolean flag(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "Y" -> Boolean.TRUE;
            case "N" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable BigDecimal decimal(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 40) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            return Math.abs(value.scale()) > 40 ? null : value;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
