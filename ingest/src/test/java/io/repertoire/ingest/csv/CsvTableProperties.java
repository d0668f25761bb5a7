package io.repertoire.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any table, written in any way we read, is read back: the same cells on the same lines. */
class CsvTableProperties {

    private static final List<String> HEADER = List.of("alpha", "bét déjà relevé, créé", "fidélité");

    @Property(tries = 200)
    void what_is_written_is_read_back_with_its_lines(
            @ForAll("tables") List<List<String>> table,
            @ForAll("encodings") String encoding,
            @ForAll("delimiters") char delimiter,
            @ForAll("lineEnds") String lineEnd,
            @ForAll boolean mark,
            @ForAll boolean quoteAll)
            throws IOException {
        Charset charset = Charset.forName(encoding);
        // Without a mark UTF-16 can only be guessed, and only from text that is mostly Western.
        boolean guessable = encoding.equals("UTF-8") || (encoding.startsWith("UTF-16") && western(table));
        boolean codePage = !encoding.startsWith("UTF");
        boolean marked = !codePage && (mark || !guessable);
        StringBuilder text = new StringBuilder(marked ? "\ufeff" : "");
        List<Object> expected = new ArrayList<>();
        long line = 1 + write(text, HEADER, delimiter, lineEnd, quoteAll);
        long row = 2;
        for (List<String> cells : table) {
            List<String> kept = cells.stream()
                    .map(c -> representable(codePage ? french(c) : c, charset))
                    .toList();
            if (kept.stream().anyMatch(c -> !CsvRow.isBlank(c))) {
                expected.add(List.of(line, row, kept));
            }
            line += write(text, kept, delimiter, lineEnd, quoteAll);
            row++;
        }
        byte[] bytes = text.toString().getBytes(charset);
        Path file = Files.createTempFile("repertoire", ".csv");
        try {
            Files.write(file, bytes);
            var limits = CsvLimits.DEFAULT;
            List<Object> read = new ArrayList<>();
            try (CsvTable opened = (CsvTable) CsvTable.open(file, FileProbe.of(file), limits, this::known)) {
                assertThat(opened.delimiter()).isEqualTo(delimiter);
                for (CsvRow next = opened.next(); next != null; next = opened.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < next.size(); i++) {
                        cells.add(next.cell(i));
                    }
                    read.add(List.of(next.line(), next.row(), cells));
                }
            }
            assertThat(read).isEqualTo(expected);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 400)
    void no_bytes_whatever_stop_the_reader_or_make_lines_run_backwards(@ForAll("soup") byte[] bytes)
            throws IOException {
        Path file = Files.createTempFile("repertoire", ".csv");
        try {
            var out = new ByteArrayOutputStream();
            out.writeBytes("alpha,beta\n".getBytes(Charset.forName("UTF-8")));
            out.writeBytes(bytes);
            Files.write(file, out.toByteArray());
            CsvFile opened = CsvTable.open(file, FileProbe.of(file), new CsvLimits(40, 100, 8), this::known);
            if (opened instanceof CsvTable table) {
                try (table) {
                    long last = 0;
                    for (CsvRow row = table.next(); row != null; row = table.next()) {
                        assertThat(row.line()).isGreaterThan(last);
                        last = row.line();
                    }
                    assertThat(last).isLessThanOrEqualTo(bytes.length + 2L);
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 400)
    void no_bytes_of_any_encoding_stop_the_reader(@ForAll byte[] bytes) throws IOException {
        Path file = Files.createTempFile("repertoire", ".csv");
        try {
            Files.write(file, bytes);
            CsvFile opened = CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, this::known);
            if (opened instanceof CsvTable table) {
                try (table) {
                    long last = 0;
                    for (CsvRow row = table.next(); row != null; row = table.next()) {
                        assertThat(row.line()).isGreaterThan(last);
                        last = row.line();
                    }
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private static boolean western(List<List<String>> table) {
        String all = String.join("", table.stream().flatMap(List::stream).toList());
        return all.chars().filter(c -> c > 255).count() * 10 <= all.length();
    }

    private int known(List<String> cells) {
        return (int) cells.stream().filter(HEADER::contains).count();
    }

    private static long write(
            StringBuilder text, List<String> cells, char delimiter, String lineEnd, boolean quoteAll) {
        long lines = 1;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quote = quoteAll
                    || cell.indexOf(delimiter) >= 0
                    || cell.indexOf('"') >= 0
                    || cell.indexOf('\n') >= 0
                    || cell.indexOf('\r') >= 0;
            text.append(i == 0 ? "" : String.valueOf(delimiter));
            text.append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
            lines += lineEnds(cell);
        }
        text.append(lineEnd);
        return lines;
    }

    private static long lineEnds(String cell) {
        return cell.replace("\r\n", "\n")
                .chars()
                .filter(c -> c == '\n' || c == '\r')
                .count();
    }

    /** A code page is told by the letters that French uses; a text of any letters is nobody's. */
    private static String french(String cell) {
        var text = new StringBuilder();
        cell.chars().filter(c -> c < 0x80 || "éèàçêôîûùïëâœ€’".indexOf(c) >= 0).forEach(c -> text.append((char) c));
        return text.toString();
    }

    private static String representable(String cell, Charset charset) {
        // What looks garbled is repaired, so it is not read back as it was.
        String sound = cell.replaceAll("[ÂÃÄÅâð]", "a");
        return new String(sound.getBytes(charset), charset).replace("\ufeff", "");
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> cell = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        4,
                        Arbitraries.strings().withChars("aéèàœ ,;\t|\"\n\rZ€").ofMaxLength(8)),
                net.jqwik.api.Tuple.of(2, Arbitraries.of("", " ", "Éloïse", "\r\n", "x@y.ca", "01")),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.strings().withCharRange('!', '\u0250').ofMaxLength(20)));
        return cell.list().ofSize(3).list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<String> encodings() {
        return Arbitraries.of(
                "UTF-8",
                "windows-1252",
                "ISO-8859-15",
                "x-MacRoman",
                "IBM850",
                "UTF-16LE",
                "UTF-16BE",
                "UTF-32LE",
                "UTF-32BE");
    }

    @Provide
    Arbitrary<Character> delimiters() {
        return Arbitraries.of(',', ';', '\t', '|');
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Provide
    Arbitrary<byte[]> soup() {
        return Arbitraries.strings()
                .withChars("a\",\n\r\0 é;")
                .ofMaxLength(400)
                .map(s -> s.getBytes(Charset.forName("UTF-8")));
    }
}
