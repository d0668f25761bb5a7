package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.SaleState;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.jspecify.annotations.Nullable;

/**
 * "Import, undo, same directory as before": any directory, any import, and whatever is held and whatever the topics show is again what
 * it was, but for versions, codes and time. Each failure prints its seed.
 */
@AddLifecycleHook(Wash.class)
class ImportUndoProperties {

    private static void read(
            UndoneDirectory to, String importId, ImportMode mode, @Nullable String group, List<People> rows) {
        to.say(People.start(importId, mode, group).value());
        long line = 1;
        for (People row : rows) {
            to.say(row.row(importId, "sha-" + importId.charAt(0), ++line).submission());
        }
        to.say(People.end(importId, rows.size()).value());
    }

    private static UndoneDirectory lived(UndoneTown town, Random random) {
        var lived = new UndoneDirectory();
        for (int i = 0; i < 30 + random.nextInt(60); i++) {
            town.anything(lived);
        }
        if (random.nextBoolean()) {
            read(lived, "earlier", town.mode(), town.group(), town.rows(20));
            for (int i = 0; i < random.nextInt(10); i++) {
                town.anything(lived);
            }
        }
        lived.bringUpToDate();
        return lived;
    }

    private static void undo(UndoneDirectory in, String importId, boolean restarts) {
        assertThat(in.undo(importId).getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        if (restarts) {
            in.step();
            in.restart();
        }
        in.runJobs();
        assertThat(in.directory.lastSent(Topics.COMMAND_RESULTS))
                .extracting(r -> r.getStatus())
                .containsExactly(CommandStatus.DONE);
    }

    /** Entry by entry, since two maps of a thousand entries that differ somewhere explain nothing. */
    private static void same(Map<String, String> actual, Map<String, String> expected) {
        var differences = new TreeMap<String, String>();
        expected.forEach((key, value) -> {
            if (!value.equals(actual.get(key))) {
                differences.put(key, "\n  was " + value + "\n  is  " + actual.get(key) + "\n");
            }
        });
        actual.forEach((key, value) -> {
            if (!expected.containsKey(key)) {
                differences.put(key, "\n  was not there\n  is  " + value + "\n");
            }
        });
        assertThat(differences).isEmpty();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF, seed = "202611221")
    void an_import_and_its_undo_leave_the_directory_as_it_was_and_the_file_does_the_same_again(@ForAll long seed) {
        undoneAsItWas(seed);
    }

    static void undoneAsItWas(long seed) {
        var random = new Random(seed);
        var town = new UndoneTown(random, "a", 8 + random.nextInt(20));
        UndoneDirectory directory = lived(town, random);
        Map<String, String> held = directory.held();
        Map<String, String> shown = directory.shown();

        ImportMode mode = town.mode();
        String group = town.group();
        List<People> rows = town.rows(5 + random.nextInt(60));
        read(directory, "i-1", mode, group, rows);
        List<String> outcomes = directory.outcomes("i-1");
        undo(directory, "i-1", random.nextBoolean());

        same(directory.held(), held);
        same(directory.shown(), shown);

        read(directory, "i-2", mode, group, rows);
        assertThat(directory.outcomes("i-2")).isEqualTo(outcomes);
        undo(directory, "i-2", false);
        same(directory.held(), held);
        same(directory.shown(), shown);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF, seed = "202611222")
    void imports_undone_one_after_the_other_leave_nothing(@ForAll long seed) {
        severalUndone(seed);
    }

    static void severalUndone(long seed) {
        var random = new Random(seed);
        var town = new UndoneTown(random, "a", 8 + random.nextInt(20));
        UndoneDirectory directory = lived(town, random);
        Map<String, String> held = directory.held();
        Map<String, String> shown = directory.shown();
        read(directory, "i-1", town.mode(), town.group(), town.rows(25));
        Map<String, String> between = directory.held();
        read(directory, "j-1", town.mode(), town.group(), town.rows(25));
        assertThat(directory.undo("i-1").getCode()).isEqualTo("IMPORT_NOT_LAST");
        undo(directory, "j-1", random.nextBoolean());
        same(directory.held(), between);
        undo(directory, "i-1", random.nextBoolean());
        same(directory.held(), held);
        same(directory.shown(), shown);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF, seed = "202611223")
    void what_happens_to_other_people_meanwhile_is_what_would_have_happened_without_the_import(@ForAll long seed) {
        othersUntouched(seed);
    }

    static void othersUntouched(long seed) {
        var random = new Random(seed);
        var town = new UndoneTown(random, "a", 8 + random.nextInt(20));
        UndoneDirectory directory = lived(town, random);
        UndoneDirectory twin = directory.twin();

        List<People> rows = town.rows(5 + random.nextInt(40));
        ImportMode mode = town.mode();
        String group = town.group();
        long others = random.nextLong();
        var elsewhere = new Elsewhere(directory, others);
        var withoutImport = new Elsewhere(twin, others);
        directory.say(People.start("i-1", mode, group).value());
        long line = 1;
        for (People row : rows) {
            directory.say(row.row("i-1", "sha-i", ++line).submission());
            elsewhere.happens();
            withoutImport.happens();
        }
        directory.say(People.end("i-1", rows.size()).value());
        elsewhere.happens();
        withoutImport.happens();
        directory.undo("i-1");
        do {
            elsewhere.happens();
            withoutImport.happens();
        } while (directory.step());

        same(directory.heldWithoutCodes(), twin.heldWithoutCodes());
    }

    /** People whom the import does not know: tills alone, since commands would wait for the undo to be over. */
    private static final class Elsewhere {
        private final UndoneDirectory directory;
        private final UndoneTown town;

        Elsewhere(UndoneDirectory directory, long seed) {
            this.directory = directory;
            this.town = new UndoneTown(new Random(seed), "b", 10);
        }

        void happens() {
            directory.directory.apply(town.person().said());
        }
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF, seed = "202611224")
    void whatever_happens_in_between_nothing_else_is_lost_and_the_state_is_sound(@ForAll long seed) {
        soundWhateverComes(seed);
    }

    static void soundWhateverComes(long seed) {
        var random = new Random(seed);
        var town = new UndoneTown(random, "a", 8 + random.nextInt(20));
        UndoneDirectory directory = lived(town, random);
        for (int i = 0; i < random.nextInt(12); i++) {
            town.saleAhead(directory);
        }
        directory.say(People.start("i-1", town.mode(), town.group()).value());
        long line = 1;
        for (People row : town.rows(30)) {
            directory.say(row.row("i-1", "sha-i", ++line).submission());
            if (random.nextInt(6) == 0) {
                town.anything(directory);
            }
        }
        directory.say(People.end("i-1", line - 1).value());
        for (int i = 0; i < random.nextInt(25); i++) {
            town.anything(directory);
        }
        directory.runJobs();
        var expected = new TreeMap<String, String>();
        for (SourceRecordState record : directory.directory.sourceRecords()) {
            boolean touched = "i-1".equals(record.getImportId())
                    || (record.getUndo() != null && record.getUndo().startsWith("i-1/"));
            if (!touched) {
                expected.put(record.getSourceKey(), record.getContent().toString());
            }
        }
        assertThat(directory.undo("i-1").getStatus()).isEqualTo(CommandStatus.ACCEPTED);
        directory.runJobs();

        Map<String, String> found = new TreeMap<>();
        for (SourceRecordState record : directory.directory.sourceRecords()) {
            found.put(record.getSourceKey(), record.getContent().toString());
            assertThat(record.getSoleImport() && "i-1".equals(record.getImportId()))
                    .as("%s left behind", record)
                    .isFalse();
            assertThat(record.getGroupOrigins()).doesNotContainValue("i-1");
        }
        assertThat(found).containsAllEntriesOf(expected);
        assertThat(directory.directory.keys(StateTable.UNDO, "main/i-1/", null, 10))
                .isEmpty();
        SoundState.check(directory.directory);
        waitsOrIsSomebodys(directory);
    }

    /** A sale waits for a record that is not there, or is of somebody who is, whatever was undone meanwhile. */
    private static void waitsOrIsSomebodys(UndoneDirectory in) {
        for (SaleState state : in.directory.all(StateTable.SALES)) {
            if (state.getAwaited() != null) {
                String key = People.DIRECTORY + '/' + state.getAwaited().getSourceKey();
                assertThat(in.directory.get(StateTable.SOURCE_RECORDS, key)).isNull();
                assertThat(in.directory.get(StateTable.AWAITED, key)).isNotNull();
            }
            String customerId = state.getSale().getCustomerId();
            assertThat(customerId == null
                            || in.directory.get(StateTable.CUSTOMERS, People.DIRECTORY + '/' + customerId) != null)
                    .as("%s", state)
                    .isTrue();
        }
    }
}
