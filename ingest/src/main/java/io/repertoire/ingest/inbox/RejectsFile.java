package io.repertoire.ingest.inbox;

import io.repertoire.customers.text.CardNumbers;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.Mapping;
import io.repertoire.ingest.layout.MappingResult;
import io.repertoire.ingest.layout.RejectColumns;
import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RejectedRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rejected rows of one file as they were, in its own encoding, delimiter and line ends, with three columns more that say what
 * is wrong: to be mended and dropped back as it is. Rows must be given in the order of their lines; any number of them takes the
 * same memory. Nothing is to be seen of the file until {@link #finish}.
 */
final class RejectsFile implements AutoCloseable {

    private static final int MOST_BYTES_OF_STEM = 200;

    private final Path target;
    private final Path temporary;
    private final FileProbe probe;
    private final CsvTable table;
    private final Mapping mapping;
    private final OutputStream out;
    private final String delimiter;
    private final List<String> added;
    private long last;
    private long rows;

    private RejectsFile(Path target, FileProbe probe, CsvTable table, Mapping mapping) throws IOException {
        this.target = target;
        this.probe = probe;
        this.table = table;
        this.mapping = mapping;
        this.delimiter = String.valueOf(table.delimiter());
        this.added = RejectColumns.names(mapping.language());
        this.temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        Files.createDirectories(target.getParent());
        this.out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16);
    }

    /** @throws IOException the original cannot be read as it was, or the folder not be written */
    static RejectsFile begin(Claim claim, Layouts layouts, Path target) throws IOException {
        ClaimedTable opened = ClaimedTable.open(claim, layouts);
        if (!(opened.file() instanceof CsvTable table)) {
            throw new IOException("the original of import " + claim.importId() + " can no longer be read");
        }
        boolean begun = false;
        try {
            MappingResult mapped =
                    layouts.map(table.header().cells(), claim.options().layout());
            if (!(mapped instanceof Mapping mapping)) {
                throw new IOException("the original of import " + claim.importId() + " can no longer be mapped");
            }
            var file = new RejectsFile(target, opened.probe(), table, mapping);
            file.head();
            begun = true;
            return file;
        } finally {
            if (!begun) {
                table.close();
            }
        }
    }

    /** Where that of an import is. */
    static Path of(Claim claim, DataFolders folders) {
        return folders.rejects().resolve(claim.importId()).resolve(nameFor(claim.fileName()));
    }

    /** {@code clients.csv} gives {@code clients.rejects.csv}, and so does that one. */
    static String nameFor(String importedAs) {
        String fileName = CardNumbers.redactIdentifier(importedAs);
        int dot = fileName.lastIndexOf('.');
        String stem = dot > 0 ? fileName.substring(0, dot) : fileName;
        String bare = stem.endsWith(".rejects") ? stem.substring(0, stem.length() - ".rejects".length()) : stem;
        return cut(bare) + ".rejects.csv";
    }

    /** File systems end names at 255 bytes, and the half-written file's is five longer. */
    private static String cut(String stem) {
        String cut = stem;
        while (cut.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_STEM) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    private void head() throws IOException {
        out.write(probe.encoding().mark());
        String separatorLine = table.separatorLine();
        if (separatorLine != null) {
            write(separatorLine + table.terminator());
        }
        if (isRejects()) {
            write(cells(table.header()));
        } else {
            write(CardNumbers.redactIdentifier(table.headerText()));
            int missing = mapping.columns() - table.header().size();
            write(delimiter.repeat(Math.max(0, missing)));
        }
        for (String name : added) {
            write(delimiter + name);
        }
        write(table.terminator());
    }

    void add(RejectedRecord rejected) throws IOException {
        Long line = rejected.getLine();
        if (line != null) {
            add(line, rejected.getRow(), rejected.getErrors());
        }
    }

    /**
     * Ignores what was written already.
     *
     * @param line physical line the row starts on
     * @param spreadsheetRow its number as a spreadsheet counts, where that differs
     */
    void add(long line, @Nullable Long spreadsheetRow, List<Problem> errors) throws IOException {
        if (line <= last) {
            return;
        }
        last = line;
        String original = table.textOfLine(line);
        if (original == null) {
            throw new IOException("line " + line + " of the original is not where a row begins");
        }
        // This file is sent around; what is taken out here would be taken out of the row when it is dropped back.
        String text = CardNumbers.redactIdentifier(original);
        CsvRow row = table.rowOfLine();
        boolean readable = row.fault() == null;
        String problem = ProblemTexts.text(errors, spreadsheetRow, mapping.language());
        String field = ProblemTexts.field(errors, mapping.language());
        if (!readable) {
            String own = isRejects() ? withoutOurs(text) : text;
            write(own + delimiter.repeat(own.isEmpty() ? mapping.columns() - 1 : 0));
        } else if (isRejects()) {
            write(cells(row));
        } else {
            write(text + delimiter.repeat(Math.max(0, mapping.columns() - row.size())));
        }
        write(delimiter + line);
        write(delimiter + (readable ? quoted(field) : bare(field)));
        write(delimiter + (readable ? quoted(problem) : bare(problem)));
        write(table.terminator());
        rows++;
    }

    private boolean isRejects() {
        return mapping.headerSize() > mapping.columns();
    }

    /**
     * The row without the three cells that an earlier rejects file put at its end; {@link #bare} kept them free of delimiters. Left
     * where they are they would be the row's own once its quote is mended.
     */
    private String withoutOurs(String row) {
        int end = row.length();
        for (int i = 0; i < added.size(); i++) {
            end = end <= 0 ? -1 : row.lastIndexOf(delimiter, end - 1);
        }
        if (end < 0) {
            return row;
        }
        int line = row.indexOf(delimiter, end + delimiter.length());
        boolean ours = row.substring(end + delimiter.length(), line).matches("[0-9]+");
        return ours ? row.substring(0, end) : row;
    }

    /** The file's own columns, written anew, and what a row has beyond the header before the three cells that we put there. */
    private String cells(CsvRow row) {
        int own = mapping.columns();
        if (row.size() > mapping.headerSize()) {
            int ours = row.size() - added.size();
            own = row.cell(ours).matches("[0-9]+") ? ours : row.size();
        }
        var text = new StringBuilder();
        for (int i = 0; i < own; i++) {
            text.append(i == 0 ? "" : delimiter).append(quoted(CardNumbers.redactIdentifier(row.cell(i))));
        }
        return text.toString();
    }

    private String quoted(String cell) {
        boolean plain =
                cell.indexOf('"') < 0 && cell.indexOf('\n') < 0 && cell.indexOf('\r') < 0 && !cell.contains(delimiter);
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** After an open quote any quote of ours would close it and make the row look sound. */
    private String bare(String cell) {
        return cell.replace("\"", "'")
                .replace(delimiter + " ", " ")
                .replace(delimiter, " ")
                .replace('\n', ' ')
                .replace('\r', ' ');
    }

    private void write(String text) throws IOException {
        out.write(probe.encoding().encode(text));
    }

    long rows() {
        return rows;
    }

    void finish() throws IOException {
        out.close();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        table.close();
        out.close();
        Files.deleteIfExists(temporary);
    }
}
