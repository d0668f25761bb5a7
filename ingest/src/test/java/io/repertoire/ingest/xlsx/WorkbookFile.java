package io.repertoire.ingest.xlsx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Workbooks for tests, part by part; two sheets, "Clients" and "Autres". */
public final class WorkbookFile {

    private static final String TYPES = "<?xml version=\"1.0\"?><Types "
            + "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType="
            + "\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
            + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType="
            + "\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/>"
            + "<Override PartName=\"/xl/styles.xml\" ContentType="
            + "\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
    private static final String BOOK = "<?xml version=\"1.0\"?><workbook "
            + "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
            + "<sheet name=\"Clients\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Autres\" sheetId=\"2\" r:id=\"rId2\"/>"
            + "</sheets></workbook>";
    private static final String RELS = "<?xml version=\"1.0\"?><Relationships "
            + "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId1\" Type=\"x\" Target=\"worksheets/sheet1.xml\"/>"
            + "<Relationship Id=\"rId2\" Type=\"x\" Target=\"worksheets/sheet2.xml\"/></Relationships>";
    private static final String STYLES = "<?xml version=\"1.0\"?><styleSheet "
            + "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
            + "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>"
            + "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";
    static final String SHARED = sst("<si><t>Prénom</t></si><si><r><t>É</t></r><r><t>ric</t></r></si>");

    private WorkbookFile() {}

    /** @param rows XML of the rows of the first sheet; texts are written in the cells */
    public static void write(Path file, String rows) throws IOException {
        write(file, rows, SHARED);
    }

    static void write(Path file, String rows, String shared) throws IOException {
        try (var zip = begin(file)) {
            put(zip, "xl/sharedStrings.xml", shared);
            put(zip, "xl/worksheets/sheet1.xml", sheet(rows));
        }
    }

    /** As small programs write it: no styles, no shared texts. */
    static void writeBare(Path file, String rows) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "[Content_Types].xml", TYPES.replaceAll("<Override PartName=./xl/s[^>]*/>", ""));
            put(zip, "xl/workbook.xml", BOOK);
            put(zip, "xl/_rels/workbook.xml.rels", RELS);
            put(zip, "xl/worksheets/sheet1.xml", sheet(rows));
        }
    }

    /** A row of texts. */
    public static String row(int number, String... cells) {
        var row = new StringBuilder("<row r=\"" + number + "\">");
        for (int i = 0; i < cells.length; i++) {
            row.append("<c r=\"")
                    .append((char) ('A' + i))
                    .append(number)
                    .append("\" t=\"inlineStr\"><is><t>")
                    .append(cells[i])
                    .append("</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    static ZipOutputStream begin(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out);
        put(zip, "[Content_Types].xml", TYPES);
        put(zip, "xl/workbook.xml", BOOK);
        put(zip, "xl/_rels/workbook.xml.rels", RELS);
        put(zip, "xl/styles.xml", STYLES);
        put(
                zip,
                "xl/worksheets/sheet2.xml",
                sheet("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>autre</t></is></c></row>"));
        return zip;
    }

    static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    static String sheet(String rows) {
        return "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                + "<sheetData>" + rows + "</sheetData></worksheet>";
    }

    static String sst(String items) {
        return "<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                + items + "</sst>";
    }
}
