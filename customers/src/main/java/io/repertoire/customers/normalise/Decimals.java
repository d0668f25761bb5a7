package io.repertoire.customers.normalise;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as English and French speakers write them: {@code 1,234.50}, {@code 1 234,50}, {@code (12.50)}, with a currency or a
 * percent sign. Where a single comma could be either, {@code 1,234} is a thousand: no field here has three decimals.
 */
final class Decimals {

    private static final int LONGEST = 40;

    private Decimals() {}

    static @Nullable BigDecimal parse(String clean) {
        if (clean.length() > LONGEST) {
            return null;
        }
        StringBuilder s = new StringBuilder(clean.length());
        boolean negative = false;
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if ((c >= '0' && c <= '9') || c == '.' || c == ',') {
                s.append(c);
            } else if ((c == '-' || c == '−' || c == '(') && s.isEmpty()) {
                negative = true;
            } else if (!isIgnored(c)) {
                return null;
            }
        }
        String plain = withPoint(s.toString());
        if (plain == null) {
            return null;
        }
        BigDecimal number = new BigDecimal(plain).stripTrailingZeros();
        number = number.scale() < 0 ? number.setScale(0) : number;
        return negative ? number.negate() : number;
    }

    private static boolean isIgnored(char c) {
        return c == ' '
                || c == '+'
                || c == ')'
                || c == '\''
                || c == '$'
                || c == '€'
                || c == '£'
                || c == '%'
                || Character.isSpaceChar(c);
    }

    /** Digits with a point before the decimals; null if the separators make no sense. */
    private static @Nullable String withPoint(String s) {
        int comma = s.lastIndexOf(',');
        int point = s.lastIndexOf('.');
        char decimal = comma > point ? ',' : '.';
        int at = Math.max(comma, point);
        boolean several = at >= 0 && s.indexOf(decimal) != at;
        boolean onlyOneKind = comma < 0 || point < 0;
        if (at >= 0 && onlyOneKind && (several || (decimal == ',' && s.length() - at == 4))) {
            // Nothing but thousands.
            return grouped(s, s.length(), decimal);
        }
        if (at < 0) {
            return s.isEmpty() ? null : s;
        }
        if (several) {
            return null;
        }
        String whole = grouped(s, at, decimal == ',' ? '.' : ',');
        String fraction = s.substring(at + 1);
        return whole == null || (whole.isEmpty() && fraction.isEmpty())
                ? null
                : (whole.isEmpty() ? "0" : whole) + (fraction.isEmpty() ? "" : "." + fraction);
    }

    /** The digits before {@code end}; null unless every separator has three digits behind it and some before. */
    private static @Nullable String grouped(String s, int end, char separator) {
        StringBuilder digits = new StringBuilder(end);
        int group = -1;
        for (int i = 0; i < end; i++) {
            if (s.charAt(i) == separator) {
                if (i == 0 || (group >= 0 && i - group != 4) || (group < 0 && i > 3)) {
                    return null;
                }
                group = i;
            } else if (s.charAt(i) < '0' || s.charAt(i) > '9') {
                return null;
            } else {
                digits.append(s.charAt(i));
            }
        }
        return group >= 0 && end - group != 4 ? null : digits.toString();
    }
}
