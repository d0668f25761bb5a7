package io.repertoire.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvWriterTest {

    private static String line(String... cells) throws IOException {
        StringBuilder out = new StringBuilder();
        new CsvWriter(out).row(List.of(cells), List.of("name", "phone", "notes"));
        return out.toString();
    }

    @Test
    void cells_are_quoted_only_where_they_must_be() throws IOException {
        assertThat(line("a", "b,c", "say \"hi\"\nnow")).isEqualTo("a,\"b,c\",\"say \"\"hi\"\"\nnow\"\r\n");
    }

    @Test
    void what_a_spreadsheet_would_compute_is_prefixed() throws IOException {
        assertThat(line("=1+1", "", "@SUM(A1)")).isEqualTo("\"'=1+1\",,\"'@SUM(A1)\"\r\n");
        assertThat(line("-5", "", "\t=1")).isEqualTo("\"'-5\",,\"'\t=1\"\r\n");
    }

    @Test
    void p60_a_phone_number_keeps_its_plus_sign_but_a_formula_in_its_place_does_not() throws IOException {
        assertThat(line("", "+15145550123", "+15145550123")).isEqualTo(",+15145550123,\"'+15145550123\"\r\n");
        assertThat(line("", "+cmd|' /C calc'!A0", "")).isEqualTo(",\"'+cmd|' /C calc'!A0\",\r\n");
    }
}
