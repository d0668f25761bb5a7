package io.repertoire.ingest.layout;

import java.util.ArrayList;
import java.util.List;

/** Cells that hold several values. */
final class ListCells {

    private static final int FEWEST_DIGITS = 7;
    private static final String PHONE_SEPARATORS = ";/|,\n";

    private ListCells() {}

    /** The parts of the cell put to the list; a part may stand in quotes ({@code "VIP","Blog"}) and then hold a separator. */
    static List<String> added(List<String> list, String cell, String separators) {
        List<String> all = list.isEmpty() ? new ArrayList<>(2) : list;
        boolean quotes = cell.indexOf('"') >= 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= cell.length(); i++) {
            if (i < cell.length() && quotes && cell.charAt(i) == '"') {
                quoted = !quoted;
            }
            if (i == cell.length() || (!quoted && separators.indexOf(cell.charAt(i)) >= 0)) {
                String item = plain(cell.substring(start, i));
                if (!item.isEmpty()) {
                    all.add(item);
                }
                start = i + 1;
            }
        }
        return all;
    }

    /** Without the quotes around it and the star that some put before what is the main one. */
    private static String plain(String part) {
        String item = part.strip();
        if (item.length() > 1 && item.startsWith("\"") && item.endsWith("\"")) {
            item = item.substring(1, item.length() - 1).replace("\"\"", "\"").strip();
        }
        return item.startsWith("* ") ? item.substring(2).strip() : item;
    }

    /** Several numbers in one cell; it is several only if each part has the digits of one. */
    static List<String> phones(String cell) {
        if (cell.length() < 2 * FEWEST_DIGITS || !hasSeparator(cell)) {
            return List.of(cell);
        }
        List<String> parts = new ArrayList<>(2);
        int start = 0;
        for (int i = 0; i <= cell.length(); i++) {
            if (i == cell.length() || PHONE_SEPARATORS.indexOf(cell.charAt(i)) >= 0) {
                String part = cell.substring(start, i).strip();
                if (!part.isEmpty()) {
                    if (part.chars().filter(c -> c >= '0' && c <= '9').count() < FEWEST_DIGITS) {
                        return List.of(cell);
                    }
                    parts.add(part);
                }
                start = i + 1;
            }
        }
        return parts.isEmpty() ? List.of(cell) : parts;
    }

    private static boolean hasSeparator(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (PHONE_SEPARATORS.indexOf(cell.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
