package io.repertoire.app.cli;

import picocli.CommandLine.Command;

@Command(
        name = "db",
        description = "The database.",
        subcommands = {DbCommand.Migrate.class, DbCommand.Rebuild.class})
final class DbCommand extends Action {

    @Command(name = "migrate", description = "Bring the tables up to date.")
    static final class Migrate extends NotBuilt {}

    @Command(name = "rebuild", description = "Drop what is a copy of the topics and read them again.")
    static final class Rebuild extends NotBuilt {}
}
