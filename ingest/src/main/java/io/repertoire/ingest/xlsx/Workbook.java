package io.repertoire.ingest.xlsx;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes one sheet of an Excel workbook down as CSV: UTF-8 with a mark, commas, one record for every row of the sheet, blank ones
 * too, so that the number of a record is the number that Excel shows. Reading then goes on as with any file, from any row.
 */
public final class Workbook {

    /** The mark of a ZIP archive, which a workbook is. */
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private Workbook() {}

    public static boolean isWorkbook(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(ZIP.length);
            return Arrays.equals(head, ZIP);
        }
    }

    /**
     * @param sheet name of the sheet; null: the first
     * @param csv written as a whole or not at all
     * @return null if it was written
     * @throws IOException the file cannot be read or the other one not be written
     */
    public static @Nullable WorkbookRefusal toCsv(Path file, @Nullable String sheet, Path csv) throws IOException {
        return toCsv(file, sheet, csv, WorkbookLimits.DEFAULT);
    }

    static @Nullable WorkbookRefusal toCsv(Path file, @Nullable String sheet, Path csv, WorkbookLimits limits)
            throws IOException {
        WorkbookRefusal refusal = new WorkbookGuard(limits).check(file);
        if (refusal != null) {
            return refusal;
        }
        Path half = csv.resolveSibling(csv.getFileName() + ".tmp");
        try (BufferedWriter out = Files.newBufferedWriter(half, StandardCharsets.UTF_8)) {
            refusal = write(file, sheet, new Csv(out));
        }
        if (refusal == null) {
            Files.move(half, csv, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(half);
        }
        return refusal;
    }

    private static @Nullable WorkbookRefusal write(Path file, @Nullable String sheet, Csv out) throws IOException {
        try (ReadableWorkbook workbook = open(file)) {
            Optional<Sheet> found = sheet == null ? workbook.getSheet(0) : workbook.findSheet(sheet);
            return found.isEmpty() ? WorkbookRefusal.noSheet() : write(found.get(), out);
        } catch (WriteFailed e) {
            throw e.cause;
        } catch (IOException | RuntimeException e) {
            // The library says in this way that a part is missing or is not what it should be.
            return WorkbookRefusal.broken();
        }
    }

    /** Without formats if it has none to read: then a date is a number. */
    private static ReadableWorkbook open(Path file) throws IOException {
        try {
            return new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (IOException | RuntimeException e) {
            return new ReadableWorkbook(file.toFile(), new ReadingOptions(false, true));
        }
    }

    private static @Nullable WorkbookRefusal write(Sheet sheet, Csv out) throws IOException {
        out.text("\ufeff");
        int written = 0;
        try (Stream<Row> rows = sheet.openStream()) {
            Iterator<Row> all = rows.iterator();
            while (all.hasNext()) {
                Row row = all.next();
                if (row.getRowNum() <= written || row.getRowNum() > WorkbookLimits.MOST_ROWS) {
                    return WorkbookRefusal.broken();
                }
                for (; written < row.getRowNum() - 1; written++) {
                    out.text("\r\n");
                }
                write(row, out);
                written++;
            }
        }
        return null;
    }

    private static void write(Row row, Csv out) {
        int blank = 0;
        for (int i = 0; i < row.getCellCount(); i++) {
            String text = WorkbookText.of(row.getCell(i));
            if (!text.isEmpty()) {
                for (; blank > 0; blank--) {
                    out.text(",");
                }
                out.cell(text);
            }
            blank++;
        }
        out.text("\r\n");
    }

    /** The disk's fault and not the workbook's: to be tried again. */
    private static final class WriteFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final IOException cause;

        WriteFailed(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /** Where the rows go. */
    private record Csv(BufferedWriter out) {

        void text(String text) {
            try {
                out.write(text);
            } catch (IOException e) {
                throw new WriteFailed(e);
            }
        }

        void cell(String text) {
            boolean quote = text.indexOf(',') >= 0
                    || text.indexOf('"') >= 0
                    || text.indexOf('\n') >= 0
                    || text.indexOf('\r') >= 0;
            text(quote ? '"' + text.replace("\"", "\"\"") + '"' : text);
        }
    }
}
