package io.repertoire.app.importing;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Line;
import io.repertoire.app.process.Shutdown;
import io.repertoire.app.process.StageSet;
import io.repertoire.app.process.Terminal;
import io.repertoire.ingest.inbox.DataFolders;
import io.repertoire.ingest.inbox.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The main job, once: start what nobody runs, hand the files over, wait for their last rows, stop what was started. */
public final class ImportJob {

    private final Configuration configuration;
    private final DataFolder data;
    private final Terminal terminal;
    private final Shutdown shutdown;
    private final Clock clock;

    public ImportJob(Configuration configuration, DataFolder data, Terminal terminal, Shutdown shutdown, Clock clock) {
        this.configuration = configuration;
        this.data = data;
        this.terminal = terminal;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    /**
     * @param folder what relative files are relative to
     * @param each told of every file, in the order given, as soon as it is done
     */
    public void run(Path folder, List<Path> files, ImportOptions options, Consumer<ImportResult> each)
            throws IOException {
        try (var line =
                Line.open(configuration, data, "repertoire-import", StageSet.WHOLE_LINE, terminal, shutdown, clock)) {
            handOver(folder, files, options, line, each);
            line.awaitGuests();
        }
    }

    private void handOver(Path folder, List<Path> files, ImportOptions options, Line line, Consumer<ImportResult> each)
            throws IOException {
        var drops = new ArrayList<InboxDrop>();
        var folders = new DataFolders(data.root());
        Instant begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long process = ProcessHandle.current().pid();
        String waiter = InboxDrop.waiter(begun, process);
        Waiting.Shown shown = new Waiting(folders).show(waiter);
        try {
            InboxDrop.tidy(folders.inbox(options.directory()), begun);
            for (int i = 0; i < files.size(); i++) {
                String ticket = InboxDrop.ticket(begun, process, i);
                drops.add(InboxDrop.of(data, folder.resolve(files.get(i)), ticket, waiter, options));
            }
            var asked = new CompletionWait.Asked(options, begun, clock.instant());
            var waiting = new CompletionWait(line, data, terminal, shutdown, asked);
            for (int i = 0; i < files.size(); i++) {
                each.accept(waiting.await(files.get(i).toString(), drops.get(i)));
            }
        } finally {
            shown.close();
            drops.forEach(InboxDrop::withdraw);
        }
    }

    /** To be asked before anything is started or made. */
    public static void checkFiles(Path folder, List<Path> files) {
        var problems = new ArrayList<String>();
        for (Path file : files) {
            Path resolved = folder.resolve(file);
            if (!Files.exists(resolved)) {
                problems.add("There is no file " + file + ".");
            } else if (!Files.isRegularFile(resolved)) {
                problems.add(file + " is not a file.");
            } else if (!Files.isReadable(resolved)) {
                problems.add("There is no permission to read " + file + ".");
            }
        }
        if (!problems.isEmpty()) {
            throw Failure.failed(String.join(System.lineSeparator(), problems));
        }
    }
}
