package io.repertoire.ingest.layout;

import io.repertoire.ingest.csv.CsvFile;
import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvRefusal;
import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a file, from its bytes to its submissions. */
record MappedText(
        @Nullable String layout,
        @Nullable String refused,
        @Nullable Mapping mapping,
        FileProbe probe,
        List<CustomerSubmission> rows) {

    private static final Layouts LAYOUTS = new Layouts();

    static MappedText of(String text) throws IOException {
        return of(text, null);
    }

    static MappedText of(String text, @Nullable String asked) throws IOException {
        Path file = Files.createTempFile("repertoire", ".csv");
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            return of(file, asked);
        } finally {
            Files.delete(file);
        }
    }

    static MappedText of(Path file, @Nullable String asked) throws IOException {
        FileProbe probe = FileProbe.of(file);
        CsvFile opened = CsvTable.open(file, probe, CsvLimits.DEFAULT, LAYOUTS::known);
        if (opened instanceof CsvRefusal refusal) {
            return new MappedText(null, refusal.code(), null, probe, List.of());
        }
        List<CustomerSubmission> rows = new ArrayList<>();
        try (CsvTable table = (CsvTable) opened) {
            List<String> header = table.header().cells();
            MappingResult result = LAYOUTS.map(header, asked);
            if (!(result instanceof Mapping mapping)) {
                return new MappedText(null, ((MappingResult.Refused) result).code(), null, probe, List.of());
            }
            var origin = new RowMapper.Origin(
                    "main", "i1", "sha", mapping.layoutName(), Instant.EPOCH, Instant.parse("2026-11-22T00:00:00Z"));
            var mapper = new RowMapper(mapping, origin);
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                rows.add(mapper.map(row));
            }
            return new MappedText(mapping.layoutName(), null, mapping, probe, rows);
        }
    }

    /** Codes of what is wrong with one row, by its number from 0. */
    List<String> codes(int row) {
        return rows.get(row).getProblems().stream().map(Problem::getCode).toList();
    }
}
