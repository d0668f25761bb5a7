package io.repertoire.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However a workbook is damaged, it is read or refused; nothing else happens. */
class WorkbookProperties {

    @Property(tries = 300)
    void a_damaged_workbook_is_read_or_refused(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 1_000_000) Integer> where,
            @ForAll @IntRange(min = 0, max = 255) int what)
            throws IOException {
        Path folder = Files.createTempDirectory("repertoire");
        Path file = folder.resolve("book.xlsx");
        Path csv = folder.resolve("out.csv");
        try {
            WorkbookFile.write(file, WorkbookFile.row(1, "Email", "Nom") + WorkbookFile.row(2, "a@x.ca", "Roy"));
            byte[] bytes = Files.readAllBytes(file);
            for (int at : where) {
                bytes[at % bytes.length] = (byte) what;
            }
            Files.write(file, bytes);
            WorkbookRefusal refusal = Workbook.toCsv(file, null, csv);
            assertThat(Files.exists(csv)).isEqualTo(refusal == null);
        } finally {
            Files.deleteIfExists(csv);
            Files.deleteIfExists(csv.resolveSibling("out.csv.tmp"));
            Files.delete(file);
            Files.delete(folder);
        }
    }
}
