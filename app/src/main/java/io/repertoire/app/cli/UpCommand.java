package io.repertoire.app.cli;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.ForegroundProcess;
import picocli.CommandLine.Command;

@Command(name = "up", description = "Everything in one process tree; Ctrl-C stops it.")
final class UpCommand extends Action {

    @Override
    public Integer call() {
        process(root(), "up").up();
        return 0;
    }

    static ForegroundProcess process(Repertoire root, String name) {
        Configuration configuration = root.prepare(name);
        return new ForegroundProcess(
                configuration, new DataFolder(configuration.dataDir()), root.terminal(), root.shutdown(), root.clock());
    }
}
