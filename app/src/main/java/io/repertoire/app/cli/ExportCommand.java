package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.sink.CustomerExport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
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
        OutFile file = out == null ? null : OutFile.of(root().folder(), out);
        try (Visit visit = Visit.open(root(), Need.DATABASE)) {
            var export = new CustomerExport(visit.database());
            var written = new AtomicLong();
            if (file == null) {
                written.set(write(export, root().terminal().out()));
            } else {
                file.write(to -> written.set(write(export, to)));
            }
            if (customer != null && written.get() == 0) {
                throw Failure.failed("There is no such customer in the directory " + directory.id() + ".");
            }
            root().terminal().say(written + (written.get() == 1 ? " customer." : " customers."));
            return 0;
        }
    }

    private long write(CustomerExport export, OutputStream out) throws IOException, SQLException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        long written = export.write(
                directory.id(), CustomerExport.Status.valueOf(status.toUpperCase(Locale.ROOT)), customer, writer);
        writer.flush();
        return written;
    }
}
