package io.repertoire.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "reviews",
        description = "Questions for a person: are these the same customer?",
        subcommands = {
            ReviewsCommand.ListAll.class,
            ReviewsCommand.Ignore.class,
            ReviewsCommand.Merge.class,
            ReviewsCommand.MergeAll.class
        })
final class ReviewsCommand extends Action {

    @Command(name = "list", description = "The open questions.")
    static final class ListAll extends NotBuilt {}

    @Command(name = "ignore", description = "They are different people.")
    static final class Ignore extends NotBuilt {
        @Parameters(paramLabel = "ID", description = "Review.")
        String id = "";
    }

    @Command(name = "merge", description = "They are one.")
    static final class Merge extends NotBuilt {
        @Parameters(paramLabel = "ID", description = "Review.")
        String id = "";
    }

    @Command(name = "merge-all", description = "They all are.")
    static final class MergeAll extends NotBuilt {}
}
