package io.repertoire.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "imports",
        description = "The imports there were.",
        subcommands = {
            ImportsCommand.ListAll.class,
            ImportsCommand.Show.class,
            ImportsCommand.Rejects.class,
            ImportsCommand.Undo.class
        })
final class ImportsCommand extends Action {

    @Command(name = "list", description = "Every import, the latest first.")
    static final class ListAll extends NotBuilt {}

    @Command(name = "show", description = "One import.")
    static final class Show extends NotBuilt {
        @Parameters(paramLabel = "ID", description = "Import.")
        String id = "";

        @Option(names = "--rows", description = "What each row became, as CSV: line,outcome,customer_id,problems.")
        boolean rows;
    }

    @Command(name = "rejects", description = "The rejected rows of an import as CSV, with the reasons.")
    static final class Rejects extends NotBuilt {
        @Parameters(paramLabel = "ID", description = "Import.")
        String id = "";
    }

    @Command(name = "undo", description = "Take an import back.")
    static final class Undo extends NotBuilt {
        @Parameters(paramLabel = "ID", description = "Import.")
        String id = "";
    }
}
