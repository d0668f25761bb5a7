package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** The benchmarks know the application, not the other way round: they are found as a tool on the launcher's class path. */
@Command(
        name = "bench",
        description = {
            "Measure this machine: import a generated file, everything in one process tree.",
            "See docs/bench.md for what may follow: end-to-end, generate, http, till."
        })
final class BenchCommand extends Action {

    private static final String TOOL = "repertoire-bench";

    @Unmatched
    List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        ToolProvider tool = ToolProvider.findFirst(TOOL)
                .orElseThrow(() -> Failure.failed("The benchmarks are not part of this installation."));
        var all = new ArrayList<>(arguments);
        Object data = spec.root().findOption("--data").getValue();
        if (data != null) {
            all.addAll(List.of("--data", data.toString()));
        }
        if (root().json()) {
            all.add("--json");
        }
        Terminal terminal = root().terminal();
        return tool.run(
                new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8),
                new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8),
                all.toArray(String[]::new));
    }
}
