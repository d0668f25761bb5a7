package io.repertoire.ingest.xlsx;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
            return java.util.Arrays.equals(head, ZIP);
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
        try (var workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
                BufferedWriter out = Files.newBufferedWriter(half, StandardCharsets.UTF_8)) {
            Optional<Sheet> found = sheet == null ? workbook.getSheet(0) : workbook.findSheet(sheet);
            refusal = found.isEmpty() ? WorkbookRefusal.noSheet() : write(found.get(), out);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException e) {
            // The library says in this way that a part is missing or is not what it should be.
            refusal = WorkbookRefusal.broken();
        }
        if (refusal == null) {
            Files.move(half, csv, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(half);
        }
        return refusal;
    }

    private static @Nullable WorkbookRefusal write(Sheet sheet, BufferedWriter out) throws IOException {
        out.write('\ufeff');
        int written = 0;
        try (Stream<Row> rows = sheet.openStream()) {
            Iterator<Row> all = rows.iterator();
            while (all.hasNext()) {
                Row row = all.next();
                if (row.getRowNum() <= written || row.getRowNum() > WorkbookLimits.MOST_ROWS) {
                    return WorkbookRefusal.broken();
                }
                for (; written < row.getRowNum() - 1; written++) {
                    out.write("\r\n");
                }
                write(row, out);
                written++;
            }
        }
        return null;
    }

    private static void write(Row row, BufferedWriter out) throws IOException {
        int blank = 0;
        for (int i = 0; i < row.getCellCount(); i++) {
            String text = WorkbookText.of(row.getCell(i));
            if (text.isEmpty()) {
                blank++;
                continue;
            }
            for (; blank > 0; blank--) {
                out.write(',');
            }
            write(text, out);
            blank++;
        }
        out.write("\r\n");
    }

    private static void write(String text, BufferedWriter out) throws IOException {
        boolean quote = false;
        for (int i = 0; i < text.length() && !quote; i++) {
            char c = text.charAt(i);
            quote = c == ',' || c == '"' || c == '\n' || c == '\r';
        }
        if (!quote) {
            out.write(text);
            return;
        }
        out.write('"');
        out.write(text.replace("\"", "\"\""));
        out.write('"');
    }
}
