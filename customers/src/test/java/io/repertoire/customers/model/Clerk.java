package io.repertoire.customers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.Input;
import io.repertoire.customers.People;
import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.CustomerSubmission;
import io.repertoire.schemas.ImportMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/**
 * Reads a file and takes most of them back at once (DESIGN §8): then the model forgets all that it heard in between, and whatever
 * happens later must be as if the file had not been. Its rows may come again, by themselves or in a later file.
 */
final class Clerk {

    private static final int MOST_ROWS = 25;

    private final Random random;
    private final History history;
    private final SlowDirectory model;
    private final SlowSales sales;
    private final Town town;
    private final Agreement agreement;
    private int read;

    Clerk(Random random, History history, SlowDirectory model, SlowSales sales, Town town, Agreement agreement) {
        this.random = random;
        this.history = history;
        this.model = model;
        this.sales = sales;
        this.town = town;
        this.agreement = agreement;
    }

    void anyFile(int step, Instant now) {
        String file = "file-" + step;
        var before = Remembered.of(model);
        Agreement.Learned learned = agreement.learned();
        history.apply(at(now, People.start(file, ImportMode.UPSERT, null)));
        int rows = 1 + random.nextInt(MOST_ROWS);
        int line = 1;
        boolean dated = random.nextInt(3) == 0;
        for (int i = 0; i < rows; i++) {
            Said any = town.next(20_000 + ++read, now);
            Said said = any.readFrom(file, line + 1, dated ? any.at() : ofTheFile(any, line, now));
            if (sales.isAwaited(said)) {
                // A sale that waited for it has its customer then, and keeps it (ADR 17).
                continue;
            }
            model.begin();
            model.hear(said);
            history.apply(said.row(file, now));
            line++;
            agreement.afterStep(file + " line " + line + ": " + said);
        }
        history.apply(at(now, People.end(file, line - 1)));
        if (random.nextInt(4) > 0) {
            undo(file, now);
            before.putBack();
            agreement.afterUndo(learned, file);
        }
    }

    /** Most files say nothing of time: each row is as old as the file, but a record's versions have an order. */
    private static Instant ofTheFile(Said said, int line, Instant now) {
        return now.minusSeconds(30).plusMillis(said.id() == null ? 0 : line);
    }

    private static Input.Submission at(Instant now, Input.Submission marker) {
        CustomerSubmission value = marker.value();
        value.setReceivedAt(now);
        return new Input.Submission(value);
    }

    private void undo(String file, Instant now) {
        var command = new CustomerCommand();
        command.setCommandId("undo-" + file);
        command.setDirectoryId(People.DIRECTORY);
        command.setType(CommandType.IMPORT_UNDO);
        command.setActor("alice");
        command.setIssuedAt(now);
        command.setImportId(file);
        command.setRecordIds(new ArrayList<>());
        command.setArguments(new HashMap<>());
        List<CommandResult> results = history.command(command, now);
        CommandResult last = results.get(results.size() - 1);
        assertThat(last.getStatus()).as("%s", last).isEqualTo(CommandStatus.DONE);
        assertThat(last.getMessage()).contains(", 0 left as they are");
    }
}
