package io.repertoire.customers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.Input;
import io.repertoire.customers.People;
import io.repertoire.customers.StateTable;
import io.repertoire.customers.Wash;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.RowOutcome;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Whatever a directory has lived through, a dry run of a file says what its import then does, and leaves the state as it was. */
@AddLifecycleHook(Wash.class)
class DryRunProperties {

    @Property(tries = 4, seed = "20261125")
    void a_dry_run_says_of_each_row_what_the_import_then_does_and_leaves_every_byte_as_it_was(@ForAll long seed) {
        rehearsed(seed, Limits.none(), 400);
    }

    @Property(tries = 4, seed = "20261126")
    void also_where_customers_and_identifiers_fill_up(@ForAll long seed) {
        rehearsed(seed, Limits.narrow(), 300);
    }

    private static void rehearsed(long seed, Limits limits, int length) {
        History history = History.of(seed, length, limits, 20, 10, false);
        var directory = ((InMemoryDirectory) history.state()).under(History.machine(limits));
        var random = new Random(seed);
        ImportMode mode = ImportMode.values()[random.nextInt(ImportMode.values().length)];
        String group = random.nextBoolean() ? "spring" : null;
        var rows = new ArrayList<Said>();
        var town = new Town(new Random(seed), limits.people());
        Instant now = People.RECEIVED.plusSeconds(60L * (length + 1));
        for (int i = 0; i < 150; i++) {
            rows.add(town.next(100_000 + i, now));
        }

        Map<String, Map<String, String>> before = books(directory);
        directory.apply(People.startDry("dry", mode, group));
        List<RowOutcome> rehearsed = rows(directory, "dry", rows, now);
        ImportSummary said = summary(directory);
        while (!directory.all(StateTable.JOBS).isEmpty()) {
            String job = directory.all(StateTable.JOBS).get(0).getJobId();
            directory.apply(new Input.Continue(People.DIRECTORY, job, now));
        }
        assertThat(books(directory)).isEqualTo(before);
        assertThat(directory.outputs())
                .extracting(o -> o.topic().name())
                .containsOnly(Topics.IMPORTS.name(), Topics.ROW_OUTCOMES.name());

        directory.forgetOutputs();
        directory.apply(People.start("real", mode, group));
        List<RowOutcome> real = rows(directory, "real", rows, now);
        assertThat(real).hasSameSizeAs(rehearsed);
        for (int i = 0; i < real.size(); i++) {
            RowOutcome expected = real.get(i);
            RowOutcome dry = rehearsed.get(i);
            assertThat(dry.getOutcome()).as("row %s", rows.get(i)).isEqualTo(expected.getOutcome());
            assertThat(dry.getRule()).isEqualTo(expected.getRule());
            assertThat(dry.getProblems()).isEqualTo(expected.getProblems());
            assertThat(dry.getLine()).isEqualTo(expected.getLine());
            if (dry.getCustomerId() != null) {
                assertThat(dry.getCustomerId()).isEqualTo(expected.getCustomerId());
            }
        }
        assertThat(said.getCounts()).isEqualTo(summary(directory).getCounts());
    }

    private static Map<String, Map<String, String>> books(InMemoryDirectory directory) {
        Map<String, Map<String, String>> all = directory.snapshot();
        all.remove(StateTable.IMPORTS.name());
        all.remove(StateTable.IMPORT_PROGRESS.name());
        return all;
    }

    private static List<RowOutcome> rows(InMemoryDirectory directory, String importId, List<Said> rows, Instant now) {
        for (int i = 0; i < rows.size(); i++) {
            CustomerSubmission row = ((Input.Submission) rows.get(i).row(importId, i + 2L, now)).value();
            // Rows of one file have ids of their own.
            row.setRecordId("file/" + (i + 2));
            directory.apply(new Input.Submission(row));
        }
        directory.apply(People.end(importId, rows.size()));
        return directory.sent(Topics.ROW_OUTCOMES);
    }

    private static ImportSummary summary(InMemoryDirectory directory) {
        List<ImportSummary> all = directory.sent(Topics.IMPORTS);
        return all.get(all.size() - 1);
    }
}
