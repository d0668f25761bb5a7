package io.repertoire.app.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

@Command(name = "bench", description = "Measure this machine.")
final class BenchCommand extends Action.NotBuilt {

    @Unmatched
    List<String> arguments = List.of();
}
