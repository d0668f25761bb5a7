package io.repertoire.sink;

import java.io.IOException;
import java.util.List;

/** RFC 4180 with CRLF, for people who open it in a spreadsheet (RULES P60). */
final class CsvWriter {

    private final Appendable out;

    CsvWriter(Appendable out) {
        this.out = out;
    }

    /** Without it Excel reads UTF-8 as something else. */
    void byteOrderMark() throws IOException {
        out.append('\ufeff');
    }

    /** @param columns names of the cells, for what a phone number may begin with; may be shorter */
    void row(List<String> cells, List<String> columns) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            boolean phone = i < columns.size() && columns.get(i).startsWith("phone");
            cell(cells.get(i), phone);
        }
        out.append("\r\n");
    }

    private void cell(String value, boolean phone) throws IOException {
        if (value.isEmpty()) {
            return;
        }
        boolean formula = isFormula(value, phone);
        if (!formula && !mustQuote(value)) {
            out.append(value);
            return;
        }
        out.append('"');
        if (formula) {
            out.append('\'');
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                out.append('"');
            }
            out.append(c);
        }
        out.append('"');
    }

    /** What a spreadsheet would compute instead of show. A phone number may begin with a plus sign if nothing but a number follows. */
    private static boolean isFormula(String value, boolean phone) {
        return switch (value.charAt(0)) {
            case '=', '@', '\t', '\r' -> true;
            case '+', '-' -> !(phone && isNumber(value));
            default -> false;
        };
    }

    private static boolean isNumber(String value) {
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && c != ' ') {
                return false;
            }
        }
        return true;
    }

    private static boolean mustQuote(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';' || c == '\ufeff') {
                return true;
            }
        }
        return value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ' || value.charAt(0) == '\'';
    }
}
