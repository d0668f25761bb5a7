package io.repertoire.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        sortOptions = false,
        description = "Customers as CSV, in a layout that can be edited in a spreadsheet and imported again.")
final class ExportCommand extends Action {

    @Option(
            names = "--status",
            paramLabel = "S",
            defaultValue = "active",
            description = "active (default), archived or all.")
    String status = "active";

    @Option(names = "--customer", paramLabel = "ID", description = "Only this customer.")
    @Nullable
    String customer;

    @Option(names = "--directory", paramLabel = "D", defaultValue = "main", description = "Directory (default: main).")
    String directory = "main";

    @Option(names = "--out", paramLabel = "FILE", description = "Write there instead of to standard output.")
    @Nullable
    Path out;

    @Override
    public Integer call() {
        oneOf("--status", status, "active", "archived", "all");
        throw io.repertoire.app.process.Failure.notBuilt("export");
    }
}
