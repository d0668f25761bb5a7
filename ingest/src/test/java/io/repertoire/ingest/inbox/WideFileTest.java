package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.ingest.csv.CsvRow;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.Mapping;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that Kafka does not take would hold up its directory's files for ever. */
class WideFileTest {

    private static final int COLUMNS = 16_000;
    private static final int KAFKA_TAKES = 1_000_000;

    private final Layouts layouts = new Layouts();

    @TempDir
    Path folder;

    @Test
    void however_wide_a_file_is_what_is_sent_of_it_fits_a_record() throws IOException {
        String empty = ",".repeat(COLUMNS - 2);
        Path file = Files.writeString(
                folder.resolve("wide.csv"),
                "First name,Email" + named(190) + "\nAna,ana@shop.ca" + empty + "\nBob,bob@shop.ca"
                        + ",x".repeat(COLUMNS - 2) + "\nEve,eve@shop.ca" + (",\"4111 1111 1111 1111\"").repeat(3_000)
                        + ",".repeat(COLUMNS - 3_002) + "\n");
        var given = new Properties();
        var claim = new Claim(
                folder, "main", "i1", "sha", "wide.csv", Instant.EPOCH, Instant.EPOCH, given, ImportOptions.of(given));
        assertThat(claim.file()).isEqualTo(file);
        ClaimedTable opened = ClaimedTable.open(claim, layouts);
        try (CsvTable table = (CsvTable) opened.file()) {
            List<String> header = table.header().cells();
            Mapping mapping = (Mapping) layouts.map(header, null);
            var markers = new Markers(claim, null, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
            markers.describe(opened, table, mapping);
            assertThat(size(markers.start())).isLessThan(100_000);
            var mapper = new RowMapper(mapping, markers.origin());
            List<CustomerSubmission> rows = new ArrayList<>();
            for (CsvRow row = table.next(); row != null; row = table.next()) {
                rows.add(mapper.map(row));
            }
            assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(size(row)).isLessThan(KAFKA_TAKES));
            assertThat(rows.get(0).getCustomer()).isNotNull();
            assertThat(rows.get(1).getProblems()).extracting(Problem::getCode).containsExactly("RECORD_TOO_LARGE");
        }
    }

    private static String named(int length) {
        var names = new StringBuilder();
        for (int i = 2; i < COLUMNS; i++) {
            names.append(",column ").append(i).append("x".repeat(length));
        }
        return names.toString();
    }

    private static int size(CustomerSubmission submission) throws IOException {
        return submission.toByteBuffer().remaining();
    }
}
