package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.sink.CustomerHit;
import io.repertoire.sink.CustomerView;
import io.repertoire.sink.DirectoryQueries;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "customers",
        description =
                "Look customers up and change them. An ID is a customer's id, its code (C-00001) or an id merged into it.",
        subcommands = {
            CustomersCommand.Search.class,
            CustomersCommand.Show.class,
            CustomersCommand.Create.class,
            CustomersCommand.Edit.class,
            CustomersCommand.Points.class,
            CustomersCommand.Group.class,
            CustomersCommand.Distinct.class,
            CustomersCommand.Merge.class,
            CustomersCommand.Unmerge.class,
            CustomersCommand.Split.class,
            CustomersCommand.Archive.class,
            CustomersCommand.Unarchive.class,
            CustomersCommand.Erase.class
        })
final class CustomersCommand extends Action {

    /** A command about one customer that has no code yet. */
    abstract static class OfOne extends NotBuilt {
        @Parameters(paramLabel = "ID", index = "0", description = "Customer.")
        String id = "";
    }

    /** A command about two customers that has no code yet. */
    abstract static class OfTwo extends NotBuilt {
        @Parameters(arity = "2", paramLabel = "ID", description = "The two customers.")
        List<String> ids = List.of();
    }

    @Command(name = "search", description = "Customers by name, company, email, phone or code.")
    static final class Search extends Action {
        private static final int HITS = 100;

        @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What to look for.")
        List<String> text = List.of();

        @Mixin
        final DirectoryOption directory = new DirectoryOption();

        @Override
        public Integer call() throws SQLException {
            String inDirectory = directory.id();
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                List<CustomerHit> hits =
                        new DirectoryQueries(visit.database()).search(inDirectory, String.join(" ", text), HITS);
                for (CustomerHit hit : hits) {
                    root().terminal().answer(root().json() ? CustomerText.json(hit) : CustomerText.line(hit));
                }
                root().terminal()
                        .say(
                                hits.isEmpty()
                                        ? "Nobody was found."
                                        : hits.size() == HITS ? "The first " + HITS + "." : hits.size() + " found.");
                return 0;
            }
        }
    }

    @Command(name = "show", description = "One customer, whole.")
    static final class Show extends Action {
        @Parameters(paramLabel = "ID", description = "Customer.")
        String id = "";

        @Mixin
        final DirectoryOption directory = new DirectoryOption();

        @Override
        public Integer call() throws SQLException {
            String inDirectory = directory.id();
            try (Visit visit = Visit.open(root(), Need.DATABASE)) {
                CustomerView customer = new DirectoryQueries(visit.database())
                        .customer(inDirectory, id)
                        .orElseThrow(() -> Failure.failed("There is no customer " + id + "."));
                if (root().json()) {
                    root().terminal().answer(Json.line(Json.parse(customer.json())));
                } else {
                    CustomerText.block(customer).forEach(root().terminal()::answer);
                }
                return 0;
            }
        }
    }

    @Command(name = "create", description = "A new customer.")
    static final class Create extends NotBuilt {
        @Parameters(paramLabel = "FIELD=VALUE", arity = "1..*", description = "Its fields.")
        List<String> fields = List.of();
    }

    @Command(name = "edit", description = "Change fields of a customer.")
    static final class Edit extends OfOne {
        @Parameters(paramLabel = "FIELD=VALUE", index = "1..*", arity = "1..*", description = "Its new values.")
        List<String> fields = List.of();
    }

    @Command(name = "points", description = "Add loyalty points, or take them with a minus.")
    static final class Points extends OfOne {
        @Parameters(paramLabel = "N", index = "1", description = "How many.")
        long points;
    }

    @Command(name = "group", description = "Put a customer in a group or take it out.")
    static final class Group extends OfOne {
        @Parameters(paramLabel = "add|remove", index = "1", description = "Which of the two.")
        String change = "";

        @Parameters(paramLabel = "G", index = "2", description = "Group.")
        String group = "";
    }

    @Command(name = "distinct", description = "Say that two customers are different people.")
    static final class Distinct extends OfTwo {}

    @Command(name = "merge", description = "Make two customers one.")
    static final class Merge extends NotBuilt {
        @Parameters(paramLabel = "PRIMARY", index = "0", description = "The one that stays.")
        String primary = "";

        @Parameters(paramLabel = "SECONDARY", index = "1", description = "The one that joins it.")
        String secondary = "";
    }

    @Command(name = "unmerge", description = "Take a merge back.")
    static final class Unmerge extends NotBuilt {
        @Parameters(paramLabel = "ABSORBED_ID", description = "The id that was merged away.")
        String absorbed = "";
    }

    @Command(name = "split", description = "Make some records of a customer a customer of their own.")
    static final class Split extends OfOne {
        @Parameters(paramLabel = "RECORD_ID", index = "1..*", arity = "1..*", description = "Source records.")
        List<String> records = List.of();
    }

    @Command(name = "archive", description = "Hide a customer and keep its history.")
    static final class Archive extends OfOne {}

    @Command(name = "unarchive", description = "Bring an archived customer back.")
    static final class Unarchive extends OfOne {}

    @Command(name = "erase", description = "Forget a person for good.")
    static final class Erase extends OfOne {}
}
