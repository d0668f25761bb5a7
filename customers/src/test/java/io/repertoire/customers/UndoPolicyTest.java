package io.repertoire.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.ImportMode;
import io.repertoire.schemas.ImportStatus;
import io.repertoire.schemas.ImportSummary;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Until when an import can be undone, and what is told of one that is. */
class UndoPolicyTest {

    private final InMemoryDirectory directory = new InMemoryDirectory(
            new RuledDirectoryMachine(new PlainNormaliser(), PersonNames.bySpelling(), id -> DirectoryPolicy.defaults()
                    .with(new UndoPolicy(Duration.ofDays(2)))));

    private final Commands commands = new Commands(directory);

    private void read(int rows) {
        directory.apply(People.start("i1", ImportMode.UPSERT, null));
        for (int line = 2; line < rows + 2; line++) {
            directory.apply(People.named("Jean" + line, "Roy")
                    .email(line + "@x.ca")
                    .from("csv")
                    .row("i1", "sha", line)
                    .said());
        }
        directory.apply(People.end("i1", rows));
    }

    private String undo(Duration after) {
        CustomerCommand command = commands.of(CommandType.IMPORT_UNDO, null);
        command.setImportId("i1");
        directory.apply(new Input.Command(command, People.RECEIVED.plus(after)));
        return directory.lastSent(Topics.COMMAND_RESULTS).get(0).getStatus() + " "
                + directory.lastSent(Topics.COMMAND_RESULTS).get(0).getCode();
    }

    private ImportSummary told() {
        return directory.lastSent(Topics.IMPORTS).get(0);
    }

    @Test
    void it_can_be_until_the_days_are_over_that_the_directory_asks_for() {
        read(1);
        assertThat(undo(Duration.ofDays(2))).isEqualTo("REFUSED UNDO_EXPIRED");
        assertThat(undo(Duration.ofDays(2).minusSeconds(1))).startsWith("ACCEPTED");
    }

    @Test
    void how_long_it_can_be_changes_no_image() {
        DirectoryPolicy policy = DirectoryPolicy.defaults();
        assertThat(PolicyFingerprint.of(policy.with(new UndoPolicy(Duration.ofDays(2)))))
                .isEqualTo(PolicyFingerprint.of(policy));
    }

    @Test
    void while_it_goes_on_its_summary_says_so_and_how_far_it_has_come() {
        read(1_200);
        undo(Duration.ofDays(1));
        assertThat(told().getStatus()).isEqualTo(ImportStatus.UNDOING);
        assertThat(told().getUndone()).isZero();
        assertThat(told().getCounts().getCreated()).isEqualTo(1_200);
        assertThat(told().getEndedAt()).isNotNull();
        long seen = 0;
        while (!directory.all(StateTable.JOBS).isEmpty()) {
            directory.apply(new Input.Continue(
                    People.DIRECTORY,
                    directory.all(StateTable.JOBS).get(0).getJobId(),
                    People.RECEIVED.plusSeconds(9)));
            if (!directory.lastSent(Topics.IMPORTS).isEmpty() && told().getStatus() == ImportStatus.UNDOING) {
                assertThat(told().getUndone()).isGreaterThan(seen);
                seen = told().getUndone();
            }
        }
        assertThat(seen).isEqualTo(1_200);
        assertThat(told().getStatus()).isEqualTo(ImportStatus.UNDONE);
        assertThat(told().getUndone()).isNull();
    }
}
