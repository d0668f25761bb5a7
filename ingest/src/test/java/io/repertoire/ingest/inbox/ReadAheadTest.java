package io.repertoire.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.repertoire.ingest.csv.CsvLimits;
import io.repertoire.ingest.csv.CsvTable;
import io.repertoire.ingest.csv.FileProbe;
import io.repertoire.ingest.layout.Layouts;
import io.repertoire.ingest.layout.Mapping;
import io.repertoire.ingest.layout.RowMapper;
import io.repertoire.schemas.CustomerSubmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadAheadTest {

    private static final int ROWS = 5_000;

    private record Encoded(long line, int bytes) implements Publisher.Prepared {}

    @TempDir
    Path folder;

    @Test
    void rows_come_in_their_order_and_all_of_them() throws IOException {
        List<Long> expected = new ArrayList<>();
        for (long line = 2; line < ROWS + 2; line++) {
            expected.add(line);
        }
        List<Long> lines = new ArrayList<>();
        try (CsvTable table = table();
                ReadAhead ahead = ReadAhead.start(table, mapper(table), encoder(100))) {
            for (ReadAhead.Row row = ahead.next(); row != null; row = ahead.next()) {
                lines.add(row.line());
                assertThat(row.record()).isEqualTo(new Encoded(row.line(), 100));
                assertThat(row.readable()).isTrue();
            }
            assertThat(ahead.next()).isNull();
        }
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void what_goes_wrong_while_encoding_is_thrown_behind_the_rows_before_it() throws IOException {
        Function<CustomerSubmission, Publisher.Prepared> encoder = row -> {
            if (row.getLine() == 1_002L) {
                throw new KafkaException("the registry is away");
            }
            return new Encoded(row.getLine(), 100);
        };
        try (CsvTable table = table();
                ReadAhead ahead = ReadAhead.start(table, mapper(table), encoder)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(ahead.next()).isNotNull();
            }
            assertThatThrownBy(ahead::next).isInstanceOf(KafkaException.class);
        }
    }

    @Test
    void a_file_that_fails_in_the_middle_fails_behind_the_rows_before_it() throws IOException {
        try (CsvTable table = table()) {
            RowMapper mapper = mapper(table);
            table.close();
            try (ReadAhead ahead = ReadAhead.start(table, mapper, encoder(100))) {
                assertThatThrownBy(() -> {
                            while (ahead.next() != null) {
                                // What was read before it was closed.
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void large_rows_are_not_read_far_ahead_and_whoever_stops_is_not_waited_for() throws IOException {
        var encoded = new AtomicInteger();
        try (CsvTable table = table();
                ReadAhead ahead = ReadAhead.start(table, mapper(table), row -> {
                    encoded.incrementAndGet();
                    return new Encoded(row.getLine(), 8 << 20);
                })) {
            assertThat(ahead.next()).isNotNull();
        }
        assertThat(encoded.get()).isBetween(1, 20);
    }

    private static Function<CustomerSubmission, Publisher.Prepared> encoder(int bytes) {
        return row -> new Encoded(row.getLine(), bytes);
    }

    private static RowMapper mapper(CsvTable table) {
        List<String> header = table.header().cells();
        var origin = new RowMapper.Origin("main", "i", "b".repeat(64), "plain-en", Instant.EPOCH, Instant.EPOCH);
        return new RowMapper((Mapping) new Layouts().map(header, null), origin);
    }

    private CsvTable table() throws IOException {
        var text = new StringBuilder("First name,Last name,Email\r\n");
        for (int i = 0; i < ROWS; i++) {
            text.append("Zoé,Tremblay,zoe").append(i).append("@example.org\r\n");
        }
        Path file = Files.writeString(folder.resolve("rows.csv"), text);
        return (CsvTable) CsvTable.open(file, FileProbe.of(file), CsvLimits.DEFAULT, new Layouts()::known);
    }
}
