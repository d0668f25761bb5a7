package io.repertoire.ingest.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds where records begin and end, and on which physical line; never keeps more than one record in memory. It decides what is
 * a record, commons-csv then takes it apart:
 *
 * <ul>
 *   <li>a cell is quoted if its very first character is a quote; a doubled quote inside stands for one;
 *   <li>after the closing quote only spaces may follow, else the record is {@link RowFault#TEXT_AFTER_QUOTE}, or
 *       {@link RowFault#UNCLOSED_QUOTE} if the cell went over several lines: then a stray quote has met the opening quote of a
 *       later record;
 *   <li>after a fault reading resumes at the physical line after the one the record started on.
 * </ul>
 */
final class RecordSplitter {

    private static final int END = -1;
    private static final int OVERFLOW = -2;
    /** The two quotes around a cell are not part of it. */
    private static final int QUOTES = 2;

    private final Reader in;
    private final char delimiter;
    private final CsvLimits limits;
    private final boolean rowsAreLines;

    private char[] buf = new char[1 << 16];
    private int limit;
    private int pos;
    private boolean ended;

    private int recordStart;
    private int fieldStart;
    /** Where the second physical line of the record begins; -1 while it is on its first. */
    private int secondLine;

    private long nextLine = 1;
    private long nextRow = 1;

    private long line;
    private long row;
    private int end;
    private int textEnd;
    private boolean content;
    private boolean nul;
    private @Nullable RowFault fault;

    RecordSplitter(Reader in, char delimiter, CsvLimits limits) {
        this(in, delimiter, limits, false);
    }

    /** @param rowsAreLines the line of a record is its number: for what was a spreadsheet and has no other lines */
    RecordSplitter(Reader in, char delimiter, CsvLimits limits, boolean rowsAreLines) {
        this.in = in;
        this.delimiter = delimiter;
        this.limits = limits;
        this.rowsAreLines = rowsAreLines;
    }

    /** Goes to the next record that has a non-blank cell or could not be read. */
    boolean next() throws IOException {
        do {
            if (!scan()) {
                return false;
            }
        } while (fault == null && !content);
        return true;
    }

    long line() {
        return rowsAreLines ? row : line;
    }

    long row() {
        return row;
    }

    @Nullable
    RowFault fault() {
        return fault;
    }

    boolean hasNul() {
        return nul;
    }

    /** Characters of the record, its line end included; of a faulty one only its first physical line. */
    int length() {
        return end - recordStart;
    }

    void copyTo(char[] target, int offset) {
        System.arraycopy(buf, recordStart, target, offset, end - recordStart);
    }

    /** The record as written, without its line end; of a faulty one its first physical line, empty if that is too large. */
    String text() {
        return new String(buf, recordStart, textEnd - recordStart);
    }

    /** The line end of the record; empty at the end of the file. */
    String terminator() {
        return new String(buf, textEnd, end - textEnd);
    }

    private boolean scan() throws IOException {
        recordStart = pos;
        fieldStart = pos;
        secondLine = -1;
        content = false;
        nul = false;
        fault = null;
        line = nextLine;
        row = nextRow++;
        int cells = 1;
        int c = read();
        if (c == END) {
            return false;
        }
        while (true) {
            // At the first character of a cell, which is c.
            int marks = c == '"' ? QUOTES : 0;
            if (c == '"') {
                c = quoted();
                if (fault != null) {
                    return resume();
                }
            } else {
                while (c != delimiter && c != '\n' && c != '\r' && c >= 0) {
                    content |= !CsvRow.isBlank((char) c);
                    nul |= c == 0;
                    c = read();
                }
            }
            if (c == OVERFLOW || pos - fieldStart - (c < 0 ? 0 : 1) > limits.fieldChars() + marks) {
                fault = tooLarge();
                return resume();
            }
            if (c != delimiter) {
                break;
            }
            if (++cells == limits.cells() + 1 && content) {
                fault = RowFault.TOO_MANY_CELLS;
                return resume();
            }
            fieldStart = pos;
            c = read();
        }
        if (cells > limits.cells() && content) {
            fault = RowFault.TOO_MANY_CELLS;
            return resume();
        }
        endRecord(c);
        return true;
    }

    /** From the opening quote; returns what ended the cell: the delimiter, a line end, {@link #END} or {@link #OVERFLOW}. */
    private int quoted() throws IOException {
        while (true) {
            int c = read();
            if (c == '"') {
                c = read();
                if (c == '"') {
                    content = true;
                    continue;
                }
                while (c == ' ' || (c == '\t' && delimiter != '\t')) {
                    c = read();
                }
                if (c == delimiter || c == '\n' || c == '\r' || c < 0) {
                    return c;
                }
                fault = secondLine < 0 ? RowFault.TEXT_AFTER_QUOTE : RowFault.UNCLOSED_QUOTE;
                return c;
            }
            if (c == '\n' || c == '\r') {
                if (c == '\r' && peek() == '\n') {
                    pos++;
                }
                nextLine++;
                if (secondLine < 0) {
                    secondLine = pos;
                }
            } else if (c < 0) {
                fault = c == END || secondLine >= 0 ? RowFault.UNCLOSED_QUOTE : tooLarge();
                return c;
            } else {
                content |= !CsvRow.isBlank((char) c);
                nul |= c == 0;
            }
        }
    }

    private RowFault tooLarge() {
        return pos - fieldStart > limits.fieldChars() ? RowFault.FIELD_TOO_LARGE : RowFault.RECORD_TOO_LARGE;
    }

    private void endRecord(int c) throws IOException {
        if (c == END) {
            textEnd = pos;
        } else {
            textEnd = pos - 1;
            nextLine++;
            if (c == '\r' && peek() == '\n') {
                pos++;
            }
        }
        end = pos;
    }

    /** Sets the reader to the physical line after the one the record starts on. */
    private boolean resume() throws IOException {
        if (secondLine >= 0) {
            pos = secondLine;
            end = secondLine;
            textEnd = secondLine - 1;
            if (textEnd > recordStart && buf[textEnd] == '\n' && buf[textEnd - 1] == '\r') {
                textEnd--;
            }
            nextLine = line + 1;
            return true;
        }
        pos = recordStart;
        int c = read();
        while (c >= 0 && c != '\n' && c != '\r') {
            c = read();
        }
        if (c == OVERFLOW) {
            skipLine();
            textEnd = recordStart;
            end = recordStart;
            nextLine++;
            return true;
        }
        endRecord(c);
        return true;
    }

    /** Drops the rest of a line that is too large to keep. */
    private void skipLine() throws IOException {
        while (true) {
            for (int i = pos; i < limit; i++) {
                if (buf[i] == '\n' || buf[i] == '\r') {
                    pos = i + 1;
                    recordStart = pos;
                    fieldStart = pos;
                    if (buf[i] == '\r' && peek() == '\n') {
                        pos++;
                        recordStart = pos;
                        fieldStart = pos;
                    }
                    return;
                }
            }
            pos = 0;
            recordStart = 0;
            fieldStart = 0;
            limit = 0;
            if (buf.length > 1 << 16) {
                buf = new char[1 << 16];
            }
            if (fill() == END) {
                return;
            }
        }
    }

    private int read() throws IOException {
        if (pos == limit) {
            int filled = fill();
            if (filled < 0) {
                return filled;
            }
        }
        return buf[pos++];
    }

    private int peek() throws IOException {
        if (pos == limit && fill() < 0) {
            return END;
        }
        return buf[pos];
    }

    private int fill() throws IOException {
        if (ended) {
            return END;
        }
        if (pos - recordStart > limits.recordChars() + 2 * QUOTES
                || pos - fieldStart > limits.fieldChars() + 2 * QUOTES) {
            return OVERFLOW;
        }
        if (recordStart > 0) {
            System.arraycopy(buf, recordStart, buf, 0, limit - recordStart);
            pos -= recordStart;
            limit -= recordStart;
            fieldStart -= recordStart;
            secondLine = secondLine < 0 ? -1 : secondLine - recordStart;
            textEnd -= recordStart;
            recordStart = 0;
        }
        if (limit == buf.length) {
            buf = Arrays.copyOf(buf, buf.length * 2);
        }
        int n = in.read(buf, limit, buf.length - limit);
        while (n == 0) {
            n = in.read(buf, limit, buf.length - limit);
        }
        if (n < 0) {
            ended = true;
            return END;
        }
        limit += n;
        return n;
    }
}
