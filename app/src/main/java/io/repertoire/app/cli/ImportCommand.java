package io.repertoire.app.cli;

import io.repertoire.app.config.Configuration;
import io.repertoire.app.importing.ImportJob;
import io.repertoire.app.importing.ImportOptions;
import io.repertoire.app.importing.ImportResult;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.customers.SourceSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV files and Excel workbooks (.xlsx).")
    List<Path> files = List.of();

    @Option(names = "--layout", paramLabel = "L", description = "Layout of the file, instead of recognising it.")
    @Nullable
    String layout;

    @Option(names = "--sheet", paramLabel = "NAME", description = "Sheet of an Excel workbook, instead of its first.")
    @Nullable
    String sheet;

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
                    "reject-rows (default): bad rows come back, the rest is imported; reject-file: bad rows come back"
                            + " and nothing is imported.")
    String onError = "reject-rows";

    @Option(names = "--group", paramLabel = "G", description = "Group every customer of the file is added to.")
    @Nullable
    String group;

    @Mixin
    final DirectoryOption directory = new DirectoryOption();

    @Option(names = "--source", paramLabel = "S", description = "Source system, instead of the layout's name.")
    @Nullable
    String source;

    @Option(
            names = "--dry-run",
            description = "Say what would become of each row, and change nothing; also of a file imported before.")
    boolean dryRun;

    @Option(names = "--force", description = "Import again what was imported before.")
    boolean force;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        ImportJob.checkFiles(root().folder(), files);
        Configuration configuration = root().prepare("import");
        var job = new ImportJob(
                configuration,
                new DataFolder(configuration.dataDir()),
                root().terminal(),
                root().shutdown(),
                root().clock());
        var failed = new AtomicBoolean();
        job.run(
                root().folder(),
                files,
                new ImportOptions(directory.id(), layout, sheet, mode, onError, group, source, force, dryRun),
                result -> {
                    failed.compareAndSet(false, result.refused() || result.fault() != null);
                    report(result);
                });
        return failed.get() ? Failure.FAILED : 0;
    }

    private void report(ImportResult result) {
        root().terminal().answer(root().json() ? result.json() : result.text());
        root().terminal().out().flush();
        String notice = result.notice();
        if (notice != null) {
            root().terminal().say(notice);
        }
        String fault = result.fault();
        if (fault != null) {
            root().terminal().say(fault);
        }
    }

    private void checkOptions() {
        oneOf("--mode", mode, "upsert", "update-by-id", "create-only");
        oneOf("--on-error", onError, "reject-rows", "reject-file");
        directory.id();
        if (source != null && !SourceSystems.isName(source)) {
            throw new ParameterException(
                    spec.commandLine(), "--source must be " + SourceSystems.NAME + ", not \"" + source + "\".");
        }
        if (source != null && SourceSystems.isReserved(source)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--source must be another name: Repertoire keeps \"" + source + "\" for itself.");
        }
    }
}
