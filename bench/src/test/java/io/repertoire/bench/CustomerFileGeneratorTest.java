package io.repertoire.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class CustomerFileGeneratorTest {

    @Test
    void the_same_seed_gives_the_same_file_and_another_another() throws IOException {
        assertThat(text(7, 2_000)).isEqualTo(text(7, 2_000)).isNotEqualTo(text(8, 2_000));
    }

    @Test
    void the_shares_are_those_that_were_asked_for() throws IOException {
        Truth truth = new CustomerFileGenerator(1).write(new StringWriter(), 100_000);
        assertThat(truth.rows()).isEqualTo(100_000);
        assertThat(truth.people() + truth.exactRepeats() + truth.variants() + truth.bad())
                .isEqualTo(100_000);
        assertThat(truth.exactRepeats() + truth.variants()).isBetween(24_000L, 26_000L);
        assertThat(truth.bad()).isBetween(900L, 1_100L);
        assertThat(truth.withoutIdentity()).isPositive();
        assertThat(truth.ragged()).isPositive();
        assertThat(truth.broken()).isPositive();
    }

    @Test
    void nobody_shares_an_identifier_with_anybody_else_and_the_truth_counts_what_is_there() throws IOException {
        var out = new StringWriter();
        Truth truth = new CustomerFileGenerator(3).write(out, 30_000);
        // The rows that cannot be read go first, as the reader of the product takes them out.
        String readable = out.toString().replaceAll("(?m)^\"Après\"guillemet.*\r\n", "");
        var ownerOfPhone = new HashMap<String, String>();
        var ownerOfCard = new HashMap<String, String>();
        var people = new HashSet<String>();
        var seen = new HashSet<String>();
        long exact = 0;
        long rows = 0;
        long lineBreaks = 0;
        for (CSVRecord row : CSVFormat.DEFAULT
                .builder()
                .setSkipHeaderRecord(true)
                .setHeader()
                .get()
                .parse(new StringReader(readable))) {
            rows++;
            String email = row.get(2).toLowerCase(Locale.ROOT);
            if (row.size() != 12 || email.isEmpty()) {
                continue;
            }
            lineBreaks += row.get(10).indexOf('\n') >= 0 ? 1 : 0;
            boolean isNew = people.add(email);
            exact += !seen.add(String.join("|", row.values())) && !isNew ? 1 : 0;
            if (!row.get(3).isEmpty()) {
                assertThat(ownerOfPhone.computeIfAbsent(row.get(3), phone -> email))
                        .isEqualTo(email);
            }
            if (!row.get(11).isEmpty()) {
                assertThat(ownerOfCard.computeIfAbsent(row.get(11), card -> email))
                        .isEqualTo(email);
            }
        }
        assertThat(rows).isEqualTo(truth.rows() - truth.broken());
        assertThat(people).hasSize((int) truth.people());
        assertThat(exact).isGreaterThanOrEqualTo(truth.exactRepeats());
        assertThat(lineBreaks).isGreaterThan(500);
    }

    private static String text(long seed, long rows) throws IOException {
        var out = new StringWriter();
        new CustomerFileGenerator(seed).write(out, rows);
        return out.toString();
    }
}
