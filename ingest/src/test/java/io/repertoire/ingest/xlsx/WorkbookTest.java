package io.repertoire.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTest {

    @TempDir
    Path folder;

    @Test
    void a_sheet_becomes_csv_row_for_row_with_numbers_and_dates_as_people_write_them() throws IOException {
        Path file = book(
                "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>Téléphone</t></is></c></row>"
                        + "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\"><v>5145550123</v></c>"
                        + "<c r=\"C4\" s=\"1\"><v>29372</v></c><c r=\"D4\" s=\"2\"><v>29372.5</v></c>"
                        + "<c r=\"E4\"><v>7.21044830112299E+17</v></c><c r=\"F4\" t=\"b\"><v>1</v></c>"
                        + "<c r=\"G4\" t=\"e\"><v>#N/A</v></c><c r=\"H4\" t=\"str\"><f>A1&amp;B1</f><v>a, \"b\"</v></c>"
                        + "<c r=\"I4\"><v>12.50</v></c></row>",
                WorkbookFile.SHARED);

        assertThat(csv(file, null))
                .isEqualTo("\ufeffPrénom,,Téléphone\r\n\r\n\r\n"
                        + "Éric,5145550123,1980-05-31,1980-05-31 12:00,7.21045E+17,TRUE,,\"a, \"\"b\"\"\",12.5\r\n");
    }

    @Test
    void a_sheet_is_found_by_its_name_and_one_that_is_not_there_refuses_the_file() throws IOException {
        Path file = book("", WorkbookFile.SHARED);
        assertThat(csv(file, "Autres")).isEqualTo("\ufeffautre\r\n");
        assertThat(refusal(file, "Rien")).isEqualTo("NO_SUCH_SHEET");
    }

    @Test
    void a_workbook_without_styles_or_shared_texts_is_one_all_the_same() throws IOException {
        Path file = folder.resolve("plain.xlsx");
        WorkbookFile.writeBare(file, WorkbookFile.row(1, "Email") + WorkbookFile.row(2, "a@x.ca"));
        assertThat(csv(file, null)).isEqualTo("\ufeffEmail\r\na@x.ca\r\n");
    }

    @Test
    void a_bomb_is_refused_whatever_its_directory_says() throws IOException {
        Path file = folder.resolve("bomb.xlsx");
        try (var zip = WorkbookFile.begin(file)) {
            WorkbookFile.put(zip, "xl/sharedStrings.xml", WorkbookFile.SHARED);
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write(WorkbookFile.sheet("")
                    .replace("</sheetData></worksheet>", "")
                    .getBytes(StandardCharsets.UTF_8));
            byte[] cells = "<c/>".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 64; i++) {
                zip.write(cells);
            }
            zip.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(refusal(file, null)).isEqualTo("WORKBOOK_BOMB");
    }

    @Test
    void a_billion_laughs_are_refused_and_so_is_any_document_type() throws IOException {
        String laughs =
                "<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                        + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>"
                        + "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&c;</t></si></sst>";
        assertThat(refusal(book("", laughs), null)).isEqualTo("WORKBOOK_DOCTYPE");
        String file = "<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
                + "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&a;</t></si></sst>";
        assertThat(refusal(book("", file), null)).isEqualTo("WORKBOOK_DOCTYPE");
    }

    @Test
    void a_cell_outside_of_any_sheet_is_refused_before_room_is_made_for_it() throws IOException {
        assertThat(refusal(book("<row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row>", WorkbookFile.SHARED), null))
                .isEqualTo("WORKBOOK_TOO_LARGE");
        assertThat(refusal(book("<row r=\"2000000000\"><c r=\"A1\"><v>1</v></c></row>", WorkbookFile.SHARED), null))
                .isEqualTo("WORKBOOK_TOO_LARGE");
    }

    @Test
    void texts_that_would_fill_the_memory_are_refused() throws IOException {
        var limits = new WorkbookLimits(1 << 20, 1_000, 200, 1 << 20, 100_000, 100);
        Path file = book("", WorkbookFile.sst("<si><t>x</t></si>".repeat(200)));
        assertThat(Workbook.toCsv(file, null, folder.resolve("out.csv"), limits))
                .extracting(WorkbookRefusal::code)
                .isEqualTo("WORKBOOK_TOO_LARGE");
    }

    @Test
    void what_is_no_workbook_is_refused_in_words() throws IOException {
        Path zip = folder.resolve("a.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            WorkbookFile.put(out, "a.txt", "hello");
        }
        assertThat(refusal(zip, null)).isEqualTo("WORKBOOK_BROKEN");
        Path half = folder.resolve("half.xlsx");
        byte[] whole = Files.readAllBytes(book("", WorkbookFile.SHARED));
        Files.write(half, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(refusal(half, null)).isEqualTo("WORKBOOK_BROKEN");
        assertThat(refusal(book("<row r=\"2\"/><row r=\"1\"/>", WorkbookFile.SHARED), null))
                .isEqualTo("WORKBOOK_BROKEN");
        assertThat(folder.resolve("out.csv")).doesNotExist();
        assertThat(folder.resolve("out.csv.tmp")).doesNotExist();
    }

    private String csv(Path file, @org.jspecify.annotations.Nullable String sheet) throws IOException {
        Path csv = folder.resolve("out.csv");
        assertThat(Workbook.toCsv(file, sheet, csv)).isNull();
        String text = Files.readString(csv);
        Files.delete(csv);
        return text;
    }

    private String refusal(Path file, @org.jspecify.annotations.Nullable String sheet) throws IOException {
        WorkbookRefusal refusal = Workbook.toCsv(file, sheet, folder.resolve("out.csv"));
        assertThat(refusal).isNotNull();
        assertThat(refusal.message()).isNotBlank();
        return refusal.code();
    }

    private Path book(String rows, String shared) throws IOException {
        Path file = Files.createTempFile(folder, "book", ".xlsx");
        WorkbookFile.write(file, rows, shared);
        return file;
    }
}
