package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.NameComparison;
import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.OutcomeCounts;
import io.repertoire.schemas.Review;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.SourceRecordState;
import io.repertoire.schemas.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A published file with known answers, through normaliser and machine. Skipped where the file is missing. */
class WholeFileTest {

    private static final PersonNames NAMES = PersonNames.standard();

    private record Row(String given, String family, String email, String cluster) {

        boolean sharesEmailWith(Row other) {
            return !email.isEmpty() && email.equalsIgnoreCase(other.email);
        }

        NameComparison compare(Row other) {
            return NAMES.compare(given, family, other.given, other.family);
        }

        @Override
        public String toString() {
            return '"' + given + '|' + family + '"';
        }
    }

    private final List<Row> rows = new ArrayList<>();

    private List<Input.Submission> submissions(String importId) throws IOException {
        rows.clear();
        var submissions = new ArrayList<Input.Submission>();
        submissions.add(People.start(importId, ImportMode.UPSERT, null));
        List<String> lines = Files.readAllLines(SharedData.require("er/splink_datasets/data/fake_1000.csv"));
        for (int i = 1; i < lines.size(); i++) {
            // unique_id,first_name,surname,dob,city,email,cluster
            String[] cells = lines.get(i).split(",", -1);
            rows.add(new Row(cells[1].strip(), cells[2].strip(), cells[5].strip(), cells[6]));
            People person = People.named(cells[1], cells[2])
                    .attribute("unique_id", cells[0])
                    .attribute("cluster", cells[6])
                    .from("english")
                    .row(importId, "sha", i + 1L);
            person.details().setBirthDate(cells[3]);
            if (!cells[4].isBlank()) {
                person.address("", cells[4], "");
            }
            if (!cells[5].isBlank()) {
                person.email(cells[5]);
            }
            submissions.add(person.said());
        }
        submissions.add(People.end(importId, rows.size()));
        return submissions;
    }

    @Test
    void fake_1000_joins_nearly_every_true_email_pair_and_no_false_one() throws IOException {
        var directory = new InMemoryDirectory(
                DirectoryMachine.create(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults()));
        submissions("i1").forEach(directory::apply);
        List<String> customers = currentCustomers(directory);

        int truePairs = 0;
        int emailPairs = 0;
        int emailJoined = 0;
        int joined = 0;
        int falsePairs = 0;
        for (int a = 0; a < rows.size(); a++) {
            for (int b = a + 1; b < rows.size(); b++) {
                Row one = rows.get(a);
                Row other = rows.get(b);
                boolean same = one.cluster().equals(other.cluster());
                boolean together = customers.get(a).equals(customers.get(b));
                truePairs += same ? 1 : 0;
                joined += same && together ? 1 : 0;
                falsePairs += together && !same ? 1 : 0;
                if (same && one.sharesEmailWith(other)) {
                    emailPairs++;
                    emailJoined += together ? 1 : 0;
                    if (!together) {
                        System.out.printf("missed: lines %d and %d, %s%n", a + 2, b + 2, reason(one, other));
                    }
                }
            }
        }
        System.out.printf(
                "fake_1000: %d of %d true email pairs joined, %d of %d true pairs, %d false; precision %.4f, recall by email %.4f%n",
                emailJoined,
                emailPairs,
                joined,
                truePairs,
                falsePairs,
                (double) joined / (joined + falsePairs),
                (double) emailJoined / emailPairs);
        System.out.println("records by rule " + byRule(directory.sourceRecords(), SourceRecordState::getRule)
                + ", questions by rule " + byRule(directory.all(StateTable.REVIEWS), Review::getRule));
        assertThat(emailPairs).isEqualTo(682);
        assertThat(falsePairs).isZero();
        assertThat(emailJoined).isGreaterThanOrEqualTo(665);
        assertBalanced(directory, rows.size());
    }

    private static <T> Map<String, Long> byRule(List<T> values, Function<T, String> rule) {
        return values.stream().collect(Collectors.groupingBy(rule, TreeMap::new, Collectors.counting()));
    }

    /** Why two rows of one person with one email are apart. */
    private static String reason(Row one, Row other) {
        return one.compare(other) == NameComparison.CONFLICT
                ? one + " and " + other + " are in conflict"
                : one + " and " + other + " agree, but another member of the customer is in conflict with one of them";
    }

    @Test
    void the_same_file_again_is_all_unchanged_and_sends_no_image() throws IOException {
        var directory = new InMemoryDirectory(
                DirectoryMachine.create(CustomerNormaliser.standard(), id -> DirectoryPolicy.defaults()));
        submissions("i1").forEach(directory::apply);
        OutcomeCounts first = assertBalanced(directory, rows.size());
        long version = directory.images().values().stream()
                .mapToLong(c -> c.getVersion())
                .max()
                .orElseThrow();
        directory.forgetOutputs();
        submissions("i2").forEach(directory::apply);

        OutcomeCounts counts = assertBalanced(directory, rows.size());
        assertThat(counts.getUnchanged()).isEqualTo(rows.size() - first.getRejected());
        assertThat(counts.getRejected()).isEqualTo(first.getRejected());
        assertThat(directory.sent(Topics.DIRECTORY)).isEmpty();
        assertThat(directory.sent(Topics.CHANGES)).isEmpty();
        assertThat(directory.sent(Topics.REVIEWS)).isEmpty();
        ImportSummary summary = last(directory);
        assertThat(summary.getThroughVersion()).isEqualTo(version);
    }

    private static OutcomeCounts assertBalanced(InMemoryDirectory directory, long read) {
        ImportSummary summary = last(directory);
        OutcomeCounts c = summary.getCounts();
        System.out.println(c);
        assertThat(summary.getStatus()).isEqualTo(ImportStatus.PROCESSED);
        assertThat(summary.getDeclaredRead()).isEqualTo(read);
        assertThat(c.getRead()).isEqualTo(read);
        assertThat(c.getCreated()
                        + c.getUpdated()
                        + c.getUnchanged()
                        + c.getMerged()
                        + c.getReview()
                        + c.getRejected()
                        + c.getSuppressed())
                .isEqualTo(read);
        return c;
    }

    private static ImportSummary last(InMemoryDirectory directory) {
        List<ImportSummary> summaries = directory.sent(Topics.IMPORTS);
        return summaries.get(summaries.size() - 1);
    }

    /** Who owns each row's source record now, in the order of the rows. */
    private static List<String> currentCustomers(InMemoryDirectory directory) {
        Map<String, String> owners = new HashMap<>();
        directory.sourceRecords().forEach(r -> owners.put(r.getSourceKey(), r.getCustomerId()));
        var customers = new ArrayList<String>();
        for (RowOutcome row : directory.sent(Topics.ROW_OUTCOMES)) {
            customers.add(row.getSourceKey() == null ? row.getRecordId() : owners.get(row.getSourceKey()));
        }
        return customers;
    }
}
