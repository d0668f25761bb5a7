package io.repertoire.app.cli;

import io.repertoire.app.asking.CommandJob;
import io.repertoire.app.config.Configuration;
import io.repertoire.app.process.DataFolder;
import io.repertoire.app.process.Failure;
import io.repertoire.app.process.Servers.Need;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.sink.CommandAnswer;
import io.repertoire.sink.CustomerLine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that a person gives to the directory: sends it, waits, and says what became of it. Exit 1 if it was refused. */
abstract class Asking extends Action {

    @Mixin
    final DirectoryOption directory = new DirectoryOption();

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "Only if the customer is still at this version; else it is a conflict and nothing is done.")
    @Nullable
    Long ifVersion;

    @Option(
            names = "--command-id",
            paramLabel = "ID",
            description =
                    "Id of the command (default: a new one). The same again is the same command: it is done once.")
    @Nullable
    String commandId;

    /** Fills in what is asked. */
    abstract void describe(CustomerCommand command);

    abstract CommandType type();

    @Override
    public Integer call() throws SQLException {
        CustomerCommand command = command();
        describe(command);
        Configuration configuration = root().prepareExisting("commands", EnumSet.allOf(Need.class));
        CommandJob.Result result = new CommandJob(
                        configuration,
                        new DataFolder(configuration.dataDir()),
                        root().terminal(),
                        root().shutdown(),
                        root().clock())
                .run(command);
        return say(command, result);
    }

    private CustomerCommand command() {
        var command = new CustomerCommand();
        command.setCommandId(commandId == null ? UUID.randomUUID().toString() : commandId);
        command.setDirectoryId(directory.id());
        command.setType(type());
        command.setActor(actor());
        command.setExpectedVersion(ifVersion);
        command.setIssuedAt(root().clock().instant());
        command.setRecordIds(new ArrayList<>());
        command.setArguments(new HashMap<>());
        return command;
    }

    /** The login of whoever runs this, never an address. */
    private static String actor() {
        String user = System.getProperty("user.name", "unknown");
        int at = user.indexOf('@');
        return at < 0 ? user : user.substring(0, at);
    }

    private int say(CustomerCommand command, CommandJob.Result result) {
        CommandAnswer answer = result.answer();
        boolean refused = !answer.status().equals("DONE") && !answer.status().equals("NO_CHANGE");
        if (root().json()) {
            root().terminal().answer(json(command, result));
        } else if (!refused) {
            root().terminal().answer(message(answer));
            for (CustomerLine customer : result.customers()) {
                root().terminal().answer(line(customer, result));
            }
        }
        if (refused) {
            root().terminal().say(message(answer));
        }
        return refused ? Failure.FAILED : 0;
    }

    private static String message(CommandAnswer answer) {
        String message = answer.message();
        return message == null ? answer.status() : message;
    }

    private static String line(CustomerLine customer, CommandJob.Result result) {
        String into = customer.mergedInto();
        String where = into == null ? "" : " into " + codeOf(into, result);
        return String.format(
                Locale.ROOT,
                "%-9s %s  %s%s",
                customer.code(),
                customer.customerId(),
                customer.status().toLowerCase(Locale.ROOT),
                where);
    }

    private static String codeOf(String customerId, CommandJob.Result result) {
        return result.customers().stream()
                .filter(c -> c.customerId().equals(customerId))
                .map(CustomerLine::code)
                .findFirst()
                .orElse(customerId);
    }

    private static String json(CustomerCommand command, CommandJob.Result result) {
        CommandAnswer answer = result.answer();
        return Json.object(node -> {
            node.put("commandId", command.getCommandId())
                    .put("type", command.getType().name())
                    .put("status", answer.status())
                    .put("code", answer.code())
                    .put("message", answer.message())
                    .put("version", answer.version());
            var customers = node.putArray("customers");
            for (CustomerLine customer : result.customers()) {
                customers
                        .addObject()
                        .put("customerId", customer.customerId())
                        .put("code", customer.code())
                        .put("status", customer.status())
                        .put("mergedInto", customer.mergedInto());
            }
        });
    }

    /** A command about one customer. */
    abstract static class OfOne extends Asking {
        @Parameters(paramLabel = "ID", index = "0", description = "Customer.")
        String id = "";

        @Override
        void describe(CustomerCommand command) {
            command.setCustomerId(id);
        }
    }
}
