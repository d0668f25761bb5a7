package io.repertoire.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "dlq",
        description = "Records that could not be handled.",
        subcommands = {DlqCommand.Show.class, DlqCommand.Replay.class})
final class DlqCommand extends Action {

    @Command(name = "show", description = "Where each came from and what is wrong with it.")
    static final class Show extends NotBuilt {
        @Option(names = "--raw", description = "The bytes too: they may hold personal data.")
        boolean raw;
    }

    @Command(name = "replay", description = "Send them again.")
    static final class Replay extends NotBuilt {}
}
