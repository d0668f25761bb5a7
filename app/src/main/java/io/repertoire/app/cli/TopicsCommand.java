package io.repertoire.app.cli;

import picocli.CommandLine.Command;

@Command(
        name = "topics",
        description = "The topics of Kafka.",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.ListAll.class})
final class TopicsCommand extends Action {

    @Command(name = "create", description = "Create the topics that are missing.")
    static final class Create extends NotBuilt {}

    @Command(name = "list", description = "Every topic of the catalogue, and whether it is there.")
    static final class ListAll extends NotBuilt {}
}
