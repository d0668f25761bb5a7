package io.repertoire.ingest.xlsx;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/** Cells of a workbook as the text that a person would have typed. */
final class WorkbookText {

    /** A number of Excel has fifteen digits; those behind are made up. */
    private static final BigDecimal EXACT = new BigDecimal("1E15");

    private WorkbookText() {}

    static String of(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR) {
            return "";
        }
        Object value = cell.getValue();
        if (value instanceof BigDecimal number) {
            return isDate(cell) ? date(cell, number) : number(number);
        }
        if (value instanceof Boolean) {
            return value.toString().toUpperCase(Locale.ROOT);
        }
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return text.indexOf('_') < 0 ? text : text.replace("_x000D_", "").replace("_x000A_", "\n");
    }

    /** Plain; one whose last digits are lost is written so that it is seen to be. */
    private static String number(BigDecimal number) {
        if (number.abs().compareTo(EXACT) >= 0) {
            return String.format(Locale.ROOT, "%.5E", number);
        }
        BigDecimal plain = number.stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
    }

    private static String date(Cell cell, BigDecimal number) {
        try {
            LocalDateTime date = cell.asDate();
            boolean day = date.toLocalTime().equals(LocalTime.MIDNIGHT);
            return day ? date.toLocalDate().toString() : date.toString().replace('T', ' ');
        } catch (RuntimeException e) {
            return number(number);
        }
    }

    private static boolean isDate(Cell cell) {
        Integer id = cell.getDataFormatId();
        if (id == null) {
            return false;
        }
        if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) {
            return true;
        }
        String format = cell.getDataFormatString();
        return format != null && isDate(format);
    }

    /** Has a day, month or year outside of what it quotes. */
    private static boolean isDate(String format) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '\\' || c == '_' || c == '*') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '[' || c == ']') {
                bracketed = c == '[';
            } else if (!quoted && !bracketed && "dDyYaj".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }
}
