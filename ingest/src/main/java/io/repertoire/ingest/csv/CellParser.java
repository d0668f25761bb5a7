package io.repertoire.ingest.csv;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records that {@link RecordSplitter} found apart with commons-csv, a batch at a time. Should the two ever disagree on
 * where a record ends, the records of that batch are parsed one by one, so that one bad record cannot shift the lines of others.
 */
final class CellParser {

    private static final int BATCH_CHARS = 1 << 16;
    private static final int BATCH_ROWS = 1024;

    private final RecordSplitter splitter;
    private final CSVFormat format;
    private final boolean repair;

    private char[] text = new char[BATCH_CHARS];
    private final int[] ends = new int[BATCH_ROWS];
    private final long[] lines = new long[BATCH_ROWS];
    private final long[] rows = new long[BATCH_ROWS];
    private final boolean[] nul = new boolean[BATCH_ROWS];
    private final @Nullable RowFault[] faults = new RowFault[BATCH_ROWS];
    private final CsvRow[] parsed = new CsvRow[BATCH_ROWS];
    private int size;
    private int used;

    /** @param repair look for letters that another program garbled */
    CellParser(RecordSplitter splitter, char delimiter, boolean repair) {
        this.splitter = splitter;
        this.repair = repair;
        this.format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .get();
    }

    @Nullable
    CsvRow next() throws IOException {
        if (used == size && !fill()) {
            return null;
        }
        return parsed[used++];
    }

    /** The record the splitter stands on. */
    CsvRow parseOne() {
        size = 0;
        used = 0;
        add(0);
        size = 1;
        parseSingly();
        size = 0;
        return parsed[0];
    }

    private boolean fill() throws IOException {
        size = 0;
        used = 0;
        int length = 0;
        while (size < BATCH_ROWS && length < BATCH_CHARS && splitter.next()) {
            length = add(length);
            size++;
        }
        if (size > 0 && !parseTogether(length)) {
            parseSingly();
        }
        return size > 0;
    }

    private int add(int offset) {
        int length = offset;
        RowFault fault = splitter.fault();
        if (fault == null) {
            int needed = offset + splitter.length();
            if (needed > text.length) {
                text = Arrays.copyOf(text, Math.max(needed, text.length * 2));
            } else if (offset == 0 && text.length > 8 * BATCH_CHARS && needed < BATCH_CHARS) {
                text = new char[BATCH_CHARS];
            }
            splitter.copyTo(text, offset);
            length = needed;
        }
        ends[size] = length;
        lines[size] = splitter.line();
        rows[size] = splitter.row();
        nul[size] = splitter.hasNul();
        faults[size] = fault;
        return length;
    }

    private boolean parseTogether(int length) {
        try (var parser = parser(0, length)) {
            Iterator<CSVRecord> records = parser.iterator();
            int start = 0;
            for (int i = 0; i < size; i++) {
                RowFault fault = faults[i];
                if (fault != null) {
                    parsed[i] = new CsvRow(lines[i], rows[i], fault);
                    continue;
                }
                if (!records.hasNext()) {
                    return false;
                }
                CSVRecord record = records.next();
                if (record.getCharacterPosition() != start) {
                    return false;
                }
                parsed[i] = row(i, record);
                start = ends[i];
            }
            return !records.hasNext();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    private void parseSingly() {
        int start = 0;
        for (int i = 0; i < size; i++) {
            RowFault fault = faults[i];
            parsed[i] = fault == null ? parseOne(i, start) : new CsvRow(lines[i], rows[i], fault);
            start = ends[i];
        }
    }

    private CsvRow parseOne(int i, int start) {
        try (var parser = parser(start, ends[i] - start)) {
            Iterator<CSVRecord> records = parser.iterator();
            if (records.hasNext()) {
                CsvRow row = row(i, records.next());
                if (!records.hasNext()) {
                    return row;
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // Falls through: whatever the parser's reason, this record is unreadable and the others are not.
        }
        return new CsvRow(lines[i], rows[i], RowFault.UNREADABLE);
    }

    private CSVParser parser(int start, int length) throws IOException {
        return CSVParser.builder()
                .setReader(new CharArrayReader(text, start, length))
                .setFormat(format)
                .get();
    }

    private CsvRow row(int i, CSVRecord record) {
        String[] cells = record.values();
        if (nul[i]) {
            for (int c = 0; c < cells.length; c++) {
                cells[c] = cells[c].replace("\0", "");
            }
        }
        return new CsvRow(lines[i], rows[i], cells, nul[i], repair && repaired(cells));
    }

    private static boolean repaired(String[] cells) {
        boolean any = false;
        for (int c = 0; c < cells.length; c++) {
            String repaired = Mojibake.repaired(cells[c]);
            if (repaired != null) {
                cells[c] = repaired;
                any = true;
            }
        }
        return any;
    }
}
