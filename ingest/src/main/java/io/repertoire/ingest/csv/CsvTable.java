package io.repertoire.ingest.csv;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A file with a header, read from the top to the end, once. Memory does not depend on the size of the file. Not thread-safe.
 *
 * <p>What counts as a row: every record after the header that has a non-blank cell or could not be read. A record that cannot be
 * read never ends the reading: see {@link RecordSplitter}.
 */
public final class CsvTable implements CsvFile, AutoCloseable {

    private final Reader reader;
    private final RecordSplitter splitter;
    private final CellParser parser;
    private final char delimiter;
    private final @Nullable String separatorLine;
    private final CsvRow header;
    private final String headerText;
    private final String terminator;

    private CsvTable(
            Reader reader,
            RecordSplitter splitter,
            CellParser parser,
            char delimiter,
            @Nullable String separatorLine,
            CsvRow header) {
        this.reader = reader;
        this.splitter = splitter;
        this.parser = parser;
        this.delimiter = delimiter;
        this.separatorLine = separatorLine;
        this.header = header;
        this.headerText = splitter.text();
        this.terminator = splitter.terminator().isEmpty() ? "\r\n" : splitter.terminator();
    }

    /**
     * Opens a file that was probed before. The delimiter is that of a {@code sep=} line, else the one under which most header
     * cells are known, else the one that cuts the rows most evenly.
     *
     * @param known how many of the cells are column names the caller knows
     * @throws IOException the file cannot be read
     */
    public static CsvFile open(Path file, FileProbe probe, CsvLimits limits, ToIntFunction<List<String>> known)
            throws IOException {
        CsvRefusal refusal = probe.refusal();
        if (refusal != null) {
            return refusal;
        }
        DelimiterSniffer.Finding finding;
        try (Reader sample = probe.encoding().open(file)) {
            finding = new DelimiterSniffer(known, probe.garbled()).sniff(sample);
        }
        Reader reader = probe.encoding().open(file);
        boolean open = false;
        try {
            var splitter = new RecordSplitter(reader, finding.delimiter(), limits);
            CsvFile table = open(reader, finding, splitter, probe.garbled());
            open = table instanceof CsvTable;
            return table;
        } finally {
            if (!open) {
                reader.close();
            }
        }
    }

    /**
     * Opens what a sheet of a workbook was written down as: commas, and the line of a row is its number in the sheet.
     *
     * @throws IOException the file cannot be read
     */
    public static CsvFile openSheet(Path file, FileProbe probe, CsvLimits limits) throws IOException {
        CsvRefusal refusal = probe.refusal();
        if (refusal != null) {
            return refusal;
        }
        Reader reader = probe.encoding().open(file);
        boolean open = false;
        try {
            var splitter = new RecordSplitter(reader, ',', limits, true);
            CsvFile table = open(reader, new DelimiterSniffer.Finding(',', null), splitter, probe.garbled());
            open = table instanceof CsvTable;
            return table;
        } finally {
            if (!open) {
                reader.close();
            }
        }
    }

    private static CsvFile open(
            Reader reader, DelimiterSniffer.Finding finding, RecordSplitter splitter, boolean repair)
            throws IOException {
        var parser = new CellParser(splitter, finding.delimiter(), repair);
        if (finding.separatorLine() != null && !splitter.next()) {
            return CsvRefusal.emptyFile();
        }
        if (!splitter.next()) {
            return CsvRefusal.emptyFile();
        }
        RowFault fault = splitter.fault();
        if (fault != null) {
            return new CsvRefusal(
                    CsvRefusal.UNREADABLE_HEADER,
                    "The header on line " + splitter.line() + " cannot be read. " + fault.english());
        }
        CsvRow header = parser.parseOne();
        RowFault unreadable = header.fault();
        if (unreadable != null) {
            return new CsvRefusal(
                    CsvRefusal.UNREADABLE_HEADER,
                    "The header on line " + splitter.line() + " cannot be read. " + unreadable.english());
        }
        return new CsvTable(reader, splitter, parser, finding.delimiter(), finding.separatorLine(), header);
    }

    public char delimiter() {
        return delimiter;
    }

    public CsvRow header() {
        return header;
    }

    /** The header as written, without its line end. */
    public String headerText() {
        return headerText;
    }

    /** The {@code sep=} line as written, without its line end; null if there is none. */
    public @Nullable String separatorLine() {
        return separatorLine;
    }

    /** The line end the header has. */
    public String terminator() {
        return terminator;
    }

    /** The next row; null at the end. */
    public @Nullable CsvRow next() throws IOException {
        return parser.next();
    }

    /**
     * Goes on to the row that starts on this line and returns it as written, without its line end; of a row that could not be
     * read only its first physical line, empty if that is beyond the limits. Null if no row starts there. Not to be mixed with
     * {@link #next}.
     */
    public @Nullable String textOfLine(long line) throws IOException {
        while (splitter.line() < line) {
            if (!splitter.next()) {
                return null;
            }
        }
        return splitter.line() == line ? splitter.text() : null;
    }

    /** The row that {@link #textOfLine} stands on, taken apart. */
    public CsvRow rowOfLine() {
        RowFault fault = splitter.fault();
        return fault == null ? parser.parseOne() : new CsvRow(splitter.line(), splitter.row(), fault);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
