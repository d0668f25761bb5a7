package io.repertoire.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One record out of all bounds costs that record and nothing else. */
class CsvLimitsTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void a_field_of_one_mebibyte_is_read_and_a_larger_one_is_rejected() throws IOException {
        String fits = "x".repeat(MIB);
        assertThat(read("a,b\n1," + fits + "\n2,\"" + fits + "\"\n3," + fits + "x\n4,\"" + fits + "x\"\n5,y\n"))
                .containsExactly("2:2", "3:2", "4:FIELD_TOO_LARGE", "5:FIELD_TOO_LARGE", "6:2");
    }

    @Test
    void p53_a_line_of_twenty_mebibytes_is_skipped_and_its_line_still_counts() throws IOException {
        assertThat(read("a,b\n" + "xy,".repeat(7 * MIB) + "\r\n1,2\n" + "z".repeat(20 * MIB) + "\n3,4"))
                .containsExactly("2:TOO_MANY_CELLS", "3:2", "4:FIELD_TOO_LARGE", "5:2");
    }

    @Test
    void a_million_columns_are_too_many_unless_they_are_blank() throws IOException {
        assertThat(read("a,b\n" + "1,".repeat(1_000_000) + "1\n" + ",".repeat(1_000_000) + "\n2,3" + ",".repeat(9_000)
                        + "\n"))
                .containsExactly("2:TOO_MANY_CELLS", "4:9002");
        Path file = Files.writeString(folder.resolve("h.csv"), "a,".repeat(1_000_000) + "b\n1,2\n");
        assertThat(CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, cells -> 0))
                .isInstanceOfSatisfying(CsvRefusal.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo("UNREADABLE_HEADER");
                    assertThat(refusal.message()).contains("more cells");
                });
    }

    @Test
    void p53_a_quote_that_is_never_closed_does_not_swallow_a_large_file() throws IOException {
        assertThat(read("a,b\n\"1,2\n" + "3,4\n".repeat(400_000)))
                .hasSize(400_001)
                .startsWith("2:UNCLOSED_QUOTE", "3:2")
                .endsWith("400002:2");
    }

    @Test
    void one_western_character_after_a_megabyte_of_ascii_is_read_right() throws IOException {
        String ascii = "abc,def\n".repeat(200_000);
        Path file = folder.resolve("late.csv");
        Files.write(file, (ascii + "Zoé,x\n").getBytes(Charset.forName("windows-1252")));
        FileProbe probe = FileProbe.of(file);
        assertThat(probe.encoding().name()).isEqualTo("windows-1252");
        assertThat(probe.note()).contains("line 200001");
        CsvRow last = null;
        try (CsvTable table = (CsvTable) CsvTable.open(file, probe, CsvLimits.DEFAULT, cells -> 0)) {
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                last = row;
            }
        }
        assertThat(last.cell(0)).isEqualTo("Zoé");
    }

    @Test
    void western_text_goes_back_to_the_bytes_it_came_from() throws IOException {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        var text = new StringBuilder();
        try (var reader = new Windows1252Reader(new java.io.ByteArrayInputStream(all))) {
            char[] chars = new char[256];
            text.append(chars, 0, reader.read(chars, 0, 256));
        }
        assertThat(new TextEncoding(TextEncoding.WINDOWS_1252, false).encode(text.toString()))
                .isEqualTo(all);
        assertThat(text.charAt(0x80)).isEqualTo('€');
    }

    private List<String> read(String text) throws IOException {
        Path file = folder.resolve("a.csv");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        List<String> rows = new ArrayList<>();
        try (CsvTable table = (CsvTable) CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, cells -> 0)) {
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                RowFault fault = row.fault();
                rows.add(row.line() + ":" + (fault == null ? String.valueOf(row.size()) : fault.name()));
            }
        }
        return rows;
    }
}
