package io.repertoire.app.cli;

import picocli.CommandLine.Command;

/** One stage as a process of its own, against configured servers or those that run on the same data folder. */
final class StageCommands {

    private StageCommands() {}

    /** The command's name is the stage's. */
    private abstract static class One extends Action {
        @Override
        public Integer call() {
            UpCommand.process(root(), spec.name()).stage(spec.name());
            return 0;
        }
    }

    @Command(name = "ingest", description = "Only the stage that reads files and till events; Ctrl-C stops it.")
    static final class Ingest extends One {}

    @Command(name = "streams", description = "Only the stage that validates, dedupes and merges; Ctrl-C stops it.")
    static final class Streams extends One {}

    @Command(name = "sink", description = "Only the stage that writes PostgreSQL; Ctrl-C stops it.")
    static final class Sink extends One {}

    @Command(name = "console", description = "Only the web back office.")
    static final class Console extends Action.NotBuilt {}
}
