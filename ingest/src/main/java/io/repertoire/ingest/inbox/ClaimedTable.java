package io.repertoire.ingest.inbox;

import io.repertoire.ingest.csv.CsvFile;
import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvRefusal;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.xlsx.Workbook;
import io.repertoire.ingest.xlsx.WorkbookRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The table in a claimed file. A sheet of a workbook is written down beside it as CSV the first time, and that is what is read: a
 * file that is begun again goes on at its row, and its rejects can be found by line.
 *
 * @param probe of what is read
 * @param file the table, or why there is none
 * @param workbook whether the claimed file is a workbook
 */
record ClaimedTable(FileProbe probe, CsvFile file, boolean workbook) {

    /** No file of a user is called so: theirs do not begin with a dot. */
    private static final String SHEET = ".sheet.csv";

    static ClaimedTable open(Claim claim, Layouts layouts) throws IOException {
        if (!Workbook.isWorkbook(claim.file())) {
            FileProbe probe = FileProbe.of(claim.file());
            return new ClaimedTable(
                    probe, CsvTable.open(claim.file(), probe, CsvLimits.DEFAULT, layouts::known), false);
        }
        Path sheet = claim.folder().resolve(SHEET);
        if (!Files.exists(sheet)) {
            WorkbookRefusal refusal =
                    Workbook.toCsv(claim.file(), claim.options().sheet(), sheet);
            if (refusal != null) {
                return new ClaimedTable(
                        FileProbe.of(claim.file()), new CsvRefusal(refusal.code(), refusal.message()), true);
            }
        }
        FileProbe probe = FileProbe.of(sheet);
        return new ClaimedTable(probe, CsvTable.openSheet(sheet, probe, CsvLimits.DEFAULT), true);
    }

    /** What people are told the file is written in. */
    String encoding() {
        return workbook ? "xlsx" : probe.encoding().name();
    }

    String delimiter(CsvTable table) {
        return workbook ? "" : String.valueOf(table.delimiter());
    }
}
