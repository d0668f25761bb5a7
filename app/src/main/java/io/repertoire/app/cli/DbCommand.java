package io.repertoire.app.cli;

import io.repertoire.app.process.Servers.Need;
import io.repertoire.sink.Migrations;
import java.sql.SQLException;
import picocli.CommandLine.Command;

@Command(
        name = "db",
        description = "The database.",
        subcommands = {DbCommand.Migrate.class, DbCommand.Rebuild.class})
final class DbCommand extends Action {

    @Command(name = "migrate", description = "Bring the tables up to date.")
    static final class Migrate extends Action {
        @Override
        public Integer call() {
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                int applied = Migrations.migrate(visit.rawDatabase());
                root().terminal()
                        .say(applied == 0 ? "The tables were up to date." : applied + " migrations were applied.");
                return 0;
            }
        }
    }

    @Command(
            name = "rebuild",
            description = {
                "Empty the tables; the sink fills them again from the topics.",
                "Row outcomes, rejects and changes come back as far as their topics reach."
            })
    static final class Rebuild extends Action {
        @Override
        public Integer call() throws SQLException {
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                Migrations.rebuild(visit.rawDatabase());
                root().terminal().say("The tables are empty; a running sink, or the next one, fills them again.");
                return 0;
            }
        }
    }
}
