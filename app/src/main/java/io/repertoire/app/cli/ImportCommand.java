package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.schemas.Keys;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        sortOptions = false,
        description = {
            "Import customer files, wait until the last row is in PostgreSQL, and print what became of them.",
            "Starts what is not running and stops it again. Your own file stays where it is."
        })
final class ImportCommand extends Action {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV files.")
    List<Path> files = List.of();

    @Option(names = "--layout", paramLabel = "L", description = "Layout of the file, instead of recognising it.")
    @Nullable
    String layout;

    @Option(
            names = "--mode",
            paramLabel = "M",
            defaultValue = "upsert",
            description = "upsert (default), update-by-id or create-only.")
    String mode = "upsert";

    @Option(
            names = "--on-error",
            paramLabel = "E",
            defaultValue = "reject-rows",
            description =
                    "reject-rows (default): bad rows come back, the rest is imported; reject-file: all or nothing.")
    String onError = "reject-rows";

    @Option(names = "--group", paramLabel = "G", description = "Group every customer of the file is added to.")
    @Nullable
    String group;

    @Option(names = "--directory", paramLabel = "D", defaultValue = "main", description = "Directory (default: main).")
    String directory = "main";

    @Option(names = "--source", paramLabel = "S", description = "Source system, instead of the layout's name.")
    @Nullable
    String source;

    @Option(names = "--dry-run", description = "Decide everything, write nothing.")
    boolean dryRun;

    @Option(names = "--force", description = "Import again what was imported before.")
    boolean force;

    @Override
    public Integer call() {
        checkOptions();
        if (dryRun) {
            throw Failure.notBuilt("import --dry-run");
        }
        throw Failure.notBuilt('"' + spec.qualifiedName() + '"');
    }

    private void checkOptions() {
        oneOf("--mode", mode, "upsert", "update-by-id", "create-only");
        oneOf("--on-error", onError, "reject-rows", "reject-file");
        if (!Keys.isDirectoryId(directory)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--directory must be lower case letters, digits, dots, hyphens or underscores, not \"" + directory
                            + "\".");
        }
    }
}
