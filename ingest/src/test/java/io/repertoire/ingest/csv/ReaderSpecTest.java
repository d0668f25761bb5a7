package io.repertoire.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The reader does what {@code csv/reader-spec.json} says, case by case. */
class ReaderSpecTest {

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> spec() throws IOException {
        try (var in = ReaderSpecTest.class.getResourceAsStream("/csv/reader-spec.json")) {
            List<DynamicTest> tests = new ArrayList<>();
            for (JsonNode test : new ObjectMapper().readTree(in)) {
                if (test.has("id")) {
                    tests.add(DynamicTest.dynamicTest(test.get("id").asText(), () -> check(test)));
                }
            }
            return tests.stream();
        }
    }

    private void check(JsonNode test) throws IOException {
        Path file = folder.resolve(test.get("id").asText() + ".csv");
        Files.write(file, visible(test.get("input").asText()).getBytes(StandardCharsets.UTF_8));
        CsvFile opened = CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, cells -> 0);
        if (test.has("refused")) {
            assertThat(opened).isInstanceOfSatisfying(CsvRefusal.class, refusal -> assertThat(refusal.code())
                    .isEqualTo(test.get("refused").asText()));
            return;
        }
        try (CsvTable table = (CsvTable) opened) {
            if (test.has("delimiter")) {
                assertThat(String.valueOf(table.delimiter()))
                        .isEqualTo(test.get("delimiter").asText());
            }
            assertThat(cells(table.header())).isEqualTo(strings(test.get("header")));
            if (test.has("headerLine")) {
                assertThat(table.header().line())
                        .isEqualTo(test.get("headerLine").asLong());
            }
            List<Object> rows = new ArrayList<>();
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                RowFault fault = row.fault();
                rows.add(List.of(row.line(), row.row(), fault == null ? cells(row) : fault.name()));
            }
            List<Object> expected = new ArrayList<>();
            for (JsonNode row : test.get("rows")) {
                JsonNode last = row.get(2);
                expected.add(List.of(
                        row.get(0).asLong(), row.get(1).asLong(), last.isArray() ? strings(last) : last.asText()));
            }
            assertThat(rows).isEqualTo(expected);
        }
    }

    private static List<String> cells(CsvRow row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(row.cell(i));
        }
        return cells;
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(visible(node.asText())));
        return strings;
    }

    private static String visible(String text) {
        return text.replace('␍', '\r').replace('␊', '\n').replace('␀', '\0').replace('￮', '\ufeff');
    }
}
