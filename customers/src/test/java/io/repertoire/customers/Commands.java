package io.repertoire.customers;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands for tests, said briefly, and their answers. */
public final class Commands {

    /** When the first one arrives; each a minute after the one before. */
    private static final Instant FIRST = People.RECEIVED.plusSeconds(3_600);

    private final InMemoryDirectory directory;
    private int given;

    public Commands(InMemoryDirectory directory) {
        this.directory = directory;
    }

    public CustomerCommand of(CommandType type, @Nullable String customerId) {
        given++;
        var command = new CustomerCommand();
        command.setCommandId("cmd-" + given);
        command.setDirectoryId(People.DIRECTORY);
        command.setType(type);
        command.setActor("alice");
        command.setIssuedAt(now());
        command.setCustomerId(customerId);
        command.setRecordIds(new ArrayList<>());
        command.setArguments(new HashMap<>());
        return command;
    }

    public Instant now() {
        return FIRST.plusSeconds(60L * given);
    }

    public CommandResult give(CustomerCommand command) {
        directory.apply(new Input.Command(command, now()));
        List<CommandResult> results = directory.lastSent(Topics.COMMAND_RESULTS);
        if (results.size() != 1) {
            throw new AssertionError("a command has one answer, not " + results);
        }
        return results.get(0);
    }

    public CommandResult give(CommandType type, @Nullable String customerId) {
        return give(of(type, customerId));
    }

    public CommandResult give(CommandType type, @Nullable String customerId, @Nullable String other) {
        CustomerCommand command = of(type, customerId);
        command.setOtherCustomerId(other);
        return give(command);
    }

    public CommandResult split(String customerId, String... records) {
        CustomerCommand command = of(CommandType.SPLIT, customerId);
        command.setRecordIds(new ArrayList<>(List.of(records)));
        return give(command);
    }

    public CommandResult review(CommandType type, @Nullable String reviewId) {
        CustomerCommand command = of(type, null);
        command.setReviewId(reviewId);
        return give(command);
    }

    public CommandResult group(CommandType type, String customerId, String group) {
        CustomerCommand command = of(type, customerId);
        command.setGroup(group);
        return give(command);
    }

    public CommandResult points(String customerId, long points) {
        CustomerCommand command = of(CommandType.POINTS_ADJUST, customerId);
        command.setPoints(points);
        return give(command);
    }

    public CommandResult values(CommandType type, @Nullable String customerId, People values) {
        CustomerCommand command = of(type, customerId);
        command.setCustomer(values.details());
        return give(command);
    }
}
