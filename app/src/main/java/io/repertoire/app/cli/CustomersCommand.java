package io.repertoire.app.cli;

import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.sink.CustomerHit;
import io.repertoire.sink.CustomerView;
import io.repertoire.sink.DirectoryQueries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "customers",
        description =
                "Look customers up and change them. An ID is a customer's id, its code (C-00001) or an id merged into it.",
        subcommands = {
            CustomersCommand.Search.class,
            CustomersCommand.Show.class,
            InactiveCommand.class,
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
            CustomersCommand.Erase.class,
            CustomersCommand.OptOut.class
        })
final class CustomersCommand extends Action {

    @Command(name = "search", description = "Customers by name, company, email, phone, loyalty card or code.")
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

    @Command(name = "create", description = "A new customer. One that is there already is joined and not made twice.")
    static final class Create extends Asking {
        @Parameters(paramLabel = "FIELD=VALUE", arity = "1..*", description = "Its fields, such as given_name=Zoe.")
        List<String> fields = List.of();

        @Override
        CommandType type() {
            return CommandType.CREATE;
        }

        @Override
        void describe(CustomerCommand command) {
            command.setCustomer(FieldValues.ofNew(spec, fields));
        }
    }

    @Command(
            name = "edit",
            description = "Change fields of a customer. What is set by hand stays, whatever later files say.")
    static final class Edit extends Asking.OfOne {
        @Parameters(
                paramLabel = "FIELD=VALUE",
                index = "1..*",
                arity = "1..*",
                description = "Its new values; FIELD= clears one.")
        List<String> fields = List.of();

        @Override
        CommandType type() {
            return CommandType.EDIT;
        }

        @Override
        void describe(CustomerCommand command) {
            super.describe(command);
            command.setCustomer(FieldValues.ofChange(spec, fields));
        }
    }

    @Command(name = "points", description = "Add loyalty points, or take them with a minus.")
    static final class Points extends Asking.OfOne {
        @Parameters(paramLabel = "N", index = "1", description = "How many: 50, or -50.")
        long points;

        @Override
        CommandType type() {
            return CommandType.POINTS_ADJUST;
        }

        @Override
        void describe(CustomerCommand command) {
            super.describe(command);
            command.setPoints(points);
        }
    }

    @Command(name = "group", description = "Put a customer in a group or take it out.")
    static final class Group extends Asking.OfOne {
        @Parameters(paramLabel = "add|remove", index = "1", description = "Which of the two.")
        String change = "";

        @Parameters(paramLabel = "G", index = "2", description = "Group.")
        String group = "";

        @Override
        CommandType type() {
            return change.equals("add") ? CommandType.GROUP_ADD : CommandType.GROUP_REMOVE;
        }

        @Override
        void describe(CustomerCommand command) {
            super.describe(command);
            oneOf("The change", change, "add", "remove");
            command.setGroup(group);
        }
    }

    /** A command about two customers. */
    abstract static class OfTwo extends Asking {
        @Override
        void describe(CustomerCommand command) {
            command.setCustomerId(first());
            command.setOtherCustomerId(second());
        }

        abstract String first();

        abstract String second();
    }

    @Command(name = "distinct", description = "Say that two customers are different people, whatever rules say.")
    static final class Distinct extends OfTwo {
        @Parameters(arity = "2", paramLabel = "ID", description = "The two customers.")
        List<String> ids = List.of();

        @Override
        CommandType type() {
            return CommandType.DISTINCT;
        }

        @Override
        String first() {
            return ids.get(0);
        }

        @Override
        String second() {
            return ids.get(1);
        }
    }

    @Command(name = "merge", description = "Make two customers one. It can be taken back with unmerge.")
    static final class Merge extends OfTwo {
        @Parameters(paramLabel = "PRIMARY", index = "0", description = "The one that stays.")
        String primary = "";

        @Parameters(paramLabel = "SECONDARY", index = "1", description = "The one that joins it.")
        String secondary = "";

        @Override
        CommandType type() {
            return CommandType.MERGE;
        }

        @Override
        String first() {
            return primary;
        }

        @Override
        String second() {
            return secondary;
        }
    }

    @Command(
            name = "unmerge",
            description = "Take a merge back: both are as they were, and are remembered as different people.")
    static final class Unmerge extends Asking {
        @Parameters(paramLabel = "ABSORBED_ID", description = "The id or code that was merged away.")
        String absorbed = "";

        @Override
        CommandType type() {
            return CommandType.UNMERGE;
        }

        @Override
        void describe(CustomerCommand command) {
            command.setOtherCustomerId(absorbed);
        }
    }

    @Command(name = "split", description = "Make some records of a customer a customer of their own.")
    static final class Split extends Asking.OfOne {
        @Parameters(
                paramLabel = "RECORD_ID",
                index = "1..*",
                arity = "1..*",
                description = "Source records, by source_key or record_id; \"customers show\" lists them.")
        List<String> records = List.of();

        @Override
        CommandType type() {
            return CommandType.SPLIT;
        }

        @Override
        void describe(CustomerCommand command) {
            super.describe(command);
            command.setRecordIds(new ArrayList<>(records));
        }
    }

    @Command(name = "archive", description = "Hide a customer and keep its history.")
    static final class Archive extends Asking.OfOne {
        @Override
        CommandType type() {
            return CommandType.ARCHIVE;
        }
    }

    @Command(name = "unarchive", description = "Bring an archived customer back.")
    static final class Unarchive extends Asking.OfOne {
        @Override
        CommandType type() {
            return CommandType.UNARCHIVE;
        }
    }

    @Command(
            name = "erase",
            description = {
                "Forget a person for good: every record, address and number of the customer and of all merged into it.",
                "What comes in with one of them later is not stored. Sales stay under an id that says nothing.",
                "It cannot be undone."
            })
    static final class Erase extends Asking.OfOne {
        @Option(names = "--yes", description = "Do not ask.")
        boolean yes;

        @Option(names = "--reason", paramLabel = "WHY", description = "For the register of erasures: no name in it.")
        @Nullable
        String reason;

        @Option(
                names = "--hold",
                paramLabel = "WHY",
                description = "Keep the anonymous customer, because the law wants it kept for a while: why.")
        @Nullable
        String hold;

        @Override
        public Integer call() throws SQLException {
            if (!yes && !isConfirmed()) {
                root().terminal().say("Nothing was done.");
                return Failure.FAILED;
            }
            return super.call();
        }

        /** A script's line is its own confirmation; a person at a terminal is asked. */
        private boolean isConfirmed() {
            if (!root().terminal().interactive()) {
                return true;
            }
            root().terminal().say("Forget " + id + " for good? It cannot be undone. Type yes:");
            try {
                var answers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                return "yes".equals(answers.readLine());
            } catch (IOException nobodyThere) {
                return false;
            }
        }

        @Override
        CommandType type() {
            return CommandType.ERASE;
        }

        @Override
        void describe(CustomerCommand command) {
            super.describe(command);
            command.setReason(reason);
            if (hold != null) {
                command.getArguments().put("retention_hold", hold);
            }
        }
    }

    @Command(
            name = "opt-out",
            description = "Stop all marketing to a customer, whatever was agreed before; receipts still go out.")
    static final class OptOut extends Asking.OfOne {
        @Option(names = "--reason", paramLabel = "WHY", description = "What the customer said, for the consent ledger.")
        @Nullable
        String reason;

        @Override
        CommandType type() {
            return CommandType.OPT_OUT;
        }

        @Override
        void describe(CustomerCommand command) {
            super.describe(command);
            command.setReason(reason);
        }
    }
}
