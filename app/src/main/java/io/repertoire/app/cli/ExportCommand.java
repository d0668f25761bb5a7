package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.sink.CustomerExport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    final DirectoryOption directory = new DirectoryOption();

    @Option(names = "--out", paramLabel = "FILE", description = "Write there instead of to standard output.")
    @Nullable
    Path out;

    @Override
    public Integer call() throws IOException, SQLException {
        oneOf("--status", status, "active", "archived", "all");
        directory.id();
        try (Visit visit = Visit.open(root(), Need.DATABASE)) {
            var export = new CustomerExport(visit.database());
            long written = out == null
                    ? toStandardOutput(export)
                    : toFile(export, root().folder().resolve(out));
            if (customer != null && written == 0) {
                throw Failure.failed("There is no such customer in the directory " + directory.id() + ".");
            }
            root().terminal().say(written + (written == 1 ? " customer." : " customers."));
            return 0;
        }
    }

    private long toStandardOutput(CustomerExport export) throws IOException, SQLException {
        var writer = new OutputStreamWriter(root().terminal().out(), StandardCharsets.UTF_8);
        long written = write(export, writer);
        writer.flush();
        return written;
    }

    /** Whole or not at all. */
    private long toFile(CustomerExport export, Path file) throws IOException, SQLException {
        Path half = file.resolveSibling(file.getFileName() + ".part");
        long written;
        try (BufferedWriter writer = Files.newBufferedWriter(half, StandardCharsets.UTF_8)) {
            written = write(export, writer);
        } catch (IOException | SQLException | RuntimeException failed) {
            Files.deleteIfExists(half);
            throw failed;
        }
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        return written;
    }

    private long write(CustomerExport export, Writer writer) throws IOException, SQLException {
        return export.write(
                directory.id(), CustomerExport.Status.valueOf(status.toUpperCase(Locale.ROOT)), customer, writer);
    }
}
