package io.repertoire.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.repertoire.app.importing.RejectsFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.app.process.Terminal;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.sink.DirectoryQueries;
import io.repertoire.sink.ImportRow;
import io.repertoire.sink.ImportView;
import io.repertoire.sink.RejectView;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "imports",
        description = "The imports there were.",
        subcommands = {
            ImportsCommand.ListAll.class,
            ImportsCommand.Show.class,
            ImportsCommand.Rejects.class,
            CancelCommand.class,
            ImportsCommand.Undo.class
        })
final class ImportsCommand extends Action {

    private static final int LISTED = 1_000;

    @Command(name = "list", description = "Every import, the latest first.")
    static final class ListAll extends Action {
        @Option(names = "--directory", paramLabel = "D", description = "Only of this directory.")
        @Nullable
        String directory;

        @Override
        public Integer call() throws SQLException {
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                List<ImportView> imports = new DirectoryQueries(visit.database()).imports(directory, LISTED);
                Terminal terminal = root().terminal();
                if (root().json()) {
                    imports.forEach(view -> terminal.answer(Json.line(ImportText.json(view))));
                } else if (imports.isEmpty()) {
                    terminal.say("There are none.");
                } else {
                    ImportText.table(imports).forEach(terminal::answer);
                }
                return 0;
            }
        }
    }

    @Command(name = "show", description = "One import; the beginning of its id will do.")
    static final class Show extends Action {
        @Parameters(paramLabel = "ID", description = "Import.")
        String id = "";

        @Option(names = "--rows", description = "What each row became, as CSV: line,outcome,customer_id,problems.")
        boolean rows;

        @Override
        public Integer call() throws SQLException, IOException {
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                var queries = new DirectoryQueries(visit.database());
                ImportView view = one(queries, id);
                Terminal terminal = root().terminal();
                if (rows) {
                    rows(queries, view);
                } else if (root().json()) {
                    terminal.answer(Json.line(ImportText.json(view)));
                } else {
                    ImportText.block(view).forEach(terminal::answer);
                }
                return 0;
            }
        }

        private void rows(DirectoryQueries queries, ImportView view) throws SQLException, IOException {
            Writer out = root().terminal().writer();
            out.write("line,outcome,customer_id,problems\n");
            queries.importRows(view.directoryId(), view.importId(), row -> write(out, row));
            out.flush();
        }

        private static void write(Writer out, ImportRow row) throws IOException {
            out.write(Long.toString(row.line()));
            out.write(',');
            out.write(row.outcome());
            out.write(',');
            out.write(row.customerId() == null ? "" : row.customerId());
            out.write(',');
            out.write(Csv.cell(row.problems()));
            out.write('\n');
        }
    }

    @Command(name = "rejects", description = "The rejected rows of an import as CSV, with the reasons.")
    static final class Rejects extends Action {
        @Parameters(paramLabel = "ID", description = "Import.")
        String id = "";

        @Override
        public Integer call() throws SQLException, IOException {
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                var queries = new DirectoryQueries(visit.database());
                ImportView view = one(queries, id);
                Optional<Path> file = new RejectsFolder(visit.data()).file(view.importId());
                if (file.isPresent()) {
                    Files.copy(file.get(), root().terminal().out());
                } else if (view.rejected() == 0) {
                    root().terminal().say("No row of this import was rejected.");
                } else {
                    fromTables(queries, view);
                }
                return 0;
            }
        }

        /** Where another machine read the file: what the tables know, without the rows themselves. */
        private void fromTables(DirectoryQueries queries, ImportView view) throws SQLException, IOException {
            root().terminal()
                    .say("The file with the rows is where the import ran; these are the reasons without the rows.");
            Writer out = root().terminal().writer();
            out.write("line,errors\n");
            queries.rejects(view.directoryId(), view.importId(), reject -> write(out, reject));
            out.flush();
        }

        private static void write(Writer out, RejectView reject) throws IOException {
            var errors = new StringBuilder();
            for (JsonNode error : Json.parse(reject.errors())) {
                errors.append(errors.isEmpty() ? "" : "; ")
                        .append(error.path("code").asText());
                if (error.path("field").isTextual()) {
                    errors.append(':').append(error.path("field").asText());
                }
            }
            out.write(
                    (reject.line() == null ? "" : reject.line().toString()) + ',' + Csv.cell(errors.toString()) + '\n');
        }
    }

    @Command(
            name = "undo",
            description = {
                "Take an import back, the latest first.",
                "The directory is as it was before, but for what people decided and what anything",
                "else changed since. For 30 days.",
                "The same file may be imported again afterwards."
            })
    static final class Undo extends Asking {
        @Parameters(paramLabel = "ID", description = "Import.")
        String id = "";

        @Override
        CommandType type() {
            return CommandType.IMPORT_UNDO;
        }

        @Override
        void describe(CustomerCommand command) {
            command.setImportId(id);
        }
    }

    static Failure several(String id, List<String> found) {
        return Failure.failed(
                String.format(Locale.ROOT, "Several imports begin with %s: %s.", id, String.join(", ", found)));
    }

    private static ImportView one(DirectoryQueries queries, String id) throws SQLException {
        List<ImportView> found = queries.findImports(null, id);
        if (found.isEmpty()) {
            throw Failure.failed("There is no import " + id + ".");
        }
        if (found.size() > 1) {
            throw several(id, found.stream().map(ImportView::importId).toList());
        }
        return found.get(0);
    }
}
