package io.repertoire.ingest.csv;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record with a non-blank cell: its cells, or why it could not be read. */
public final class CsvRow {

    private static final String[] NONE = {};

    private final long line;
    private final long row;
    private final String[] cells;
    private final @Nullable RowFault fault;
    private final boolean nulRemoved;
    private final boolean repaired;

    CsvRow(long line, long row, String[] cells, boolean nulRemoved, boolean repaired) {
        this.line = line;
        this.row = row;
        this.cells = cells;
        this.fault = null;
        this.nulRemoved = nulRemoved;
        this.repaired = repaired;
    }

    CsvRow(long line, long row, RowFault fault) {
        this.line = line;
        this.row = row;
        this.cells = NONE;
        this.fault = fault;
        this.nulRemoved = false;
        this.repaired = false;
    }

    /** Physical line the record starts on, from 1; CR, LF and CRLF each end a line, inside quotes too. */
    public long line() {
        return line;
    }

    /** The row a spreadsheet shows it on, from 1: blank rows count, line ends inside quotes do not. */
    public long row() {
        return row;
    }

    /** 0 if it could not be read. */
    public int size() {
        return cells.length;
    }

    /** As written, unquoted and not trimmed; empty beyond {@link #size()}. */
    public String cell(int index) {
        return index < cells.length ? cells[index] : "";
    }

    /** All of them; none if it could not be read. */
    public List<String> cells() {
        return List.of(cells);
    }

    public @Nullable RowFault fault() {
        return fault;
    }

    /** True if U+0000 was taken out of a cell: nothing downstream can hold it. */
    public boolean nulRemoved() {
        return nulRemoved;
    }

    /** True if letters that another program had garbled were put right. */
    public boolean repaired() {
        return repaired;
    }

    /** White space of every kind, control characters and invisible marks say nothing. */
    public static boolean isBlank(CharSequence cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (!isBlank(cell.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u202f' || c == '\u200b' || c == '\u2007' || c == '\ufeff';
    }
}
