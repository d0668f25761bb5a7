package io.repertoire.ingest.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.csv.CsvFile;
import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvRefusal;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Severity;
import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files that other people's programs made; skipped where they are not at hand. */
class RealFilesTest {

    private final Layouts layouts = new Layouts();

    @TestFactory
    Stream<DynamicTest> every_nasty_file_is_read_to_its_end_or_refused_in_words() throws IOException {
        Path nasty = SharedData.require("csv-nasty");
        List<Path> files;
        try (Stream<Path> all = Files.walk(nasty)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(80);
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(nasty.relativize(file).toString(), () -> {
                    Reading reading = read(file);
                    if (reading.refused != null) {
                        assertThat(reading.refused).matches("[A-Z_0-9]+");
                    }
                }));
    }

    @Test
    void fake_1000_is_plain_english() throws IOException {
        Reading reading = read(SharedData.require("er/splink_datasets/data/fake_1000.csv"));
        assertThat(reading.layout).isEqualTo("plain-en");
        assertThat(reading.rows).hasSize(1000).allSatisfy(row -> {
            assertThat(row.getProblems()).isEmpty();
            assertThat(row.getCustomer().getAttributes()).containsKeys("unique_id", "cluster");
        });
        assertThat(reading.rows.stream()
                        .filter(row -> !row.getCustomer().getEmails().isEmpty())
                        .count())
                .isEqualTo(789);
    }

    @Test
    void the_samples_of_other_systems_are_mapped_without_a_rejected_row() throws IOException {
        Path samples = SharedData.require("pos-csv/samples");
        try (Stream<Path> all = Files.list(samples)) {
            for (Path file : all.sorted().toList()) {
                Reading reading = read(file);
                assertThat(reading.refused).as(file.toString()).isNull();
                assertThat(reading.rows).as(file.toString()).isNotEmpty().allSatisfy(row -> assertThat(
                                row.getProblems())
                        .noneMatch(problem -> problem.getSeverity() == Severity.ERROR));
            }
        }
        assertThat(read(samples.resolve("shopify_customers_export.csv")).layout).isEqualTo("shopify");
        assertThat(read(samples.resolve("excel_fr_generic_semicolon_utf8.csv")).layout)
                .isEqualTo("plain-fr");
        assertThat(read(samples.resolve("excel_fr_bom_semicolon_blank_lines.csv")).rows)
                .extracting(CustomerSubmission::getLine)
                .containsExactly(2L, 4L);
    }

    @Test
    void the_headers_of_square_are_squares() throws IOException {
        Path headers = SharedData.require("pos-csv/header-only");
        assertThat(read(headers.resolve("square_export_us.csv")).layout).isEqualTo("square");
        assertThat(read(headers.resolve("square_export_intl_surname.csv")).layout)
                .isEqualTo("square");
        assertThat(read(headers.resolve("shopify_export_2023plus.csv")).layout).isEqualTo("shopify");
    }

    private record Reading(
            @Nullable String layout, @Nullable String refused, List<CustomerSubmission> rows) {}

    private Reading read(Path file) throws IOException {
        CsvFile opened = CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, layouts::known);
        if (opened instanceof CsvRefusal refusal) {
            return new Reading(null, refusal.code(), List.of());
        }
        List<CustomerSubmission> rows = new ArrayList<>();
        try (CsvTable table = (CsvTable) opened) {
            List<String> header = table.header().cells();
            MappingResult result = layouts.map(header, null);
            Mapping mapping = result instanceof Mapping mapped ? mapped : null;
            var origin = new RowMapper.Origin("main", "i1", "sha", "x", Instant.EPOCH, Instant.EPOCH);
            long last = table.header().line();
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                assertThat(row.line()).isGreaterThan(last);
                last = row.line();
                if (mapping != null) {
                    rows.add(new RowMapper(mapping, origin).map(row));
                }
            }
            return new Reading(
                    mapping == null ? null : mapping.layoutName(),
                    result instanceof MappingResult.Refused refused ? refused.code() : null,
                    rows);
        }
    }
}
