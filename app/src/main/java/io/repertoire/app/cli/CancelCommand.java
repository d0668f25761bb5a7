package io.repertoire.app.cli;

import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.RunningPart;
import io.repertoire.app.process.StageFactory;
import io.repertoire.ingest.inbox.Cancellations;
import io.repertoire.ingest.inbox.DataFolders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = {
            "Read no more of a file. What was read of it by then is imported; \"imports undo\" takes it back.",
            "The file is left in the data folder, with a note that says how far it was read."
        })
final class CancelCommand extends Action {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Parameters(paramLabel = "ID", description = "Import; the beginning of its id will do.")
    String id = "";

    @Override
    public Integer call() throws IOException {
        var data = new DataFolder(root().configuration().dataDir());
        if (!data.isMade()) {
            throw Repertoire.missing(data);
        }
        var cancellations = new Cancellations(new DataFolders(data.root()));
        String importId = beingRead(cancellations.running(id));
        if (!cancellations.ask(importId, root().clock().instant())) {
            throw readToItsEnd(importId);
        }
        return await(importId, cancellations, data);
    }

    private String beingRead(List<String> found) {
        if (found.isEmpty()) {
            throw Failure.failed("No file of an import " + id + " is being read on this data folder."
                    + " What was imported is taken back with \"imports undo\".");
        }
        if (found.size() > 1) {
            throw ImportsCommand.several(id, found);
        }
        return found.get(0);
    }

    private int await(String importId, Cancellations cancellations, DataFolder data) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (cancellations.isRunning(importId)) {
            if (RunningPart.find(data, StageFactory.INGEST).isEmpty()) {
                say(importId, "ASKED", "Asked; nothing reads files here now, so it is cancelled at the next start.");
                return 0;
            }
            if (System.nanoTime() > end || root().shutdown().await(POLL)) {
                say(importId, "ASKED", "Asked; the file is not let go of yet.");
                return 0;
            }
        }
        String note = cancellations.note(importId);
        if (note == null) {
            throw readToItsEnd(importId);
        }
        say(importId, "CANCELLED", note);
        return 0;
    }

    private void say(String importId, String status, String message) {
        String json = Json.object(
                node -> node.put("importId", importId).put("status", status).put("message", message));
        root().terminal().answer(root().json() ? json : message);
    }

    private static Failure readToItsEnd(String importId) {
        return Failure.failed("The file of import " + importId + " was read to its end already; \"imports undo "
                + importId + "\" takes the import back.");
    }
}
