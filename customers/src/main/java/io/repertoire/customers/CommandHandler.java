package io.repertoire.customers;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandType;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;

/**
 * What people ask. Every command gets an answer on {@code customers.command-results.v1}; the same {@code command_id} again, for {@link #REMEMBERED}, is
 * the same command, and gets the same answer. One that is not carried out leaves no trace but its answer.
 */
final class CommandHandler {

    /** How long the same command again is known to be the same: as long as topics keep commands and answers. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    private final DirectoryWork work;
    private final CustomerNormaliser normaliser;
    private CustomerCommand command;

    CommandHandler(DirectoryWork work, CustomerNormaliser normaliser, CustomerCommand command) {
        this.work = work;
        this.normaliser = normaliser;
        this.command = command;
    }

    void handle() {
        CommandResult known = work.state.get(StateTable.COMMANDS, command.getCommandId());
        if (known != null) {
            emit(work.state, known);
            return;
        }
        Answer answer = carryOut();
        if (answer.isCarriedOut()) {
            new SharedIdentifiers(work).ask(null);
            work.publish(recordId(command), null, evidence());
        } else {
            work.state.discard();
        }
        answer(work.state, command.getCommandId(), command.getType(), answer);
    }

    private Answer carryOut() {
        if (command.getArguments().containsKey(CommandArguments.SOURCE_SYSTEM)) {
            var references = new SourceReferences(work);
            String missing = references.missing(command);
            if (missing != null) {
                return Awaited.mayWait(command.getType()) && new Awaited(work.state).command(missing, command)
                        ? Answer.accepted("A record it names is not known yet; it is carried out when that is told of.")
                        : Answer.of(CommandCode.UNKNOWN_CUSTOMER);
            }
            command = references.resolve(command);
        }
        return switch (command.getType()) {
            case ARCHIVE -> new LifeCycle(work, command).archive();
            case UNARCHIVE -> new LifeCycle(work, command).unarchive();
            case MERGE -> new MergeCommands(work, command).merge();
            case UNMERGE -> new MergeCommands(work, command).unmerge();
            case SPLIT -> new MergeCommands(work, command).split();
            case DISTINCT -> new MergeCommands(work, command).distinct();
            case REVIEW_IGNORE -> new ReviewCommands(work, command).ignore();
            case REVIEW_MERGE -> new ReviewCommands(work, command).merge();
            case REVIEW_MERGE_ALL -> new ReviewCommands(work, command).mergeAll();
            case CREATE -> new BackOffice(work, normaliser, command).create();
            case EDIT -> new BackOffice(work, normaliser, command).edit();
            case POINTS_ADJUST -> new BackOffice(work, normaliser, command).points();
            case GROUP_ADD -> new BackOffice(work, normaliser, command).addGroup();
            case GROUP_REMOVE -> new BackOffice(work, normaliser, command).removeGroup();
            case ERASE -> new EraseCommand(work, command).handle();
            case DATA_REQUEST -> new LifeCycle(work, command).asksForData();
            case CONSENT -> new ConsentCommands(work, command).consent();
            case OPT_OUT -> new ConsentCommands(work, command).optOut();
            case IMPORT_UNDO -> new UndoCommand(work, command).handle();
            case UNKNOWN -> Answer.of(CommandCode.NOT_SUPPORTED);
        };
    }

    /** A vendor's command that waited for a record. The caller publishes what it led to, or discards it. */
    static Answer ofVendor(DirectoryWork work, CustomerNormaliser normaliser, CustomerCommand command) {
        Answer answer = new CommandHandler(work, normaliser, command).carryOut();
        if (answer.isCarriedOut()) {
            new SharedIdentifiers(work).ask(null);
        }
        return answer;
    }

    /** What change events and source records name as their cause. */
    static String recordId(CustomerCommand command) {
        return "command/" + command.getCommandId();
    }

    private String evidence() {
        String by = "by " + command.getActor();
        return command.getType() == CommandType.POINTS_ADJUST && command.getPoints() != null
                ? String.format(Locale.ROOT, "%+d points, %s", command.getPoints(), by)
                : by;
    }

    /** Sends a command's answer and remembers it, so that the same command again is answered alike. */
    static void answer(Workspace state, String commandId, CommandType type, Answer answer) {
        var result = new CommandResult(
                commandId,
                state.directoryId(),
                type,
                answer.status(),
                answer.code(),
                answer.message(),
                new ArrayList<>(answer.customerIds()),
                state.version(),
                Instant.ofEpochMilli(state.now()));
        state.put(StateTable.COMMANDS, commandId, result);
        new DueIndex(state).forget(commandId, state.now() + REMEMBERED.toMillis());
        emit(state, result);
    }

    /** A long command was answered twice, and the second answer is to be known for as long as any. */
    static void forget(Workspace state, String commandId, long at) {
        CommandResult known = state.get(StateTable.COMMANDS, commandId);
        if (known != null && known.getCompletedAt().plus(REMEMBERED).toEpochMilli() <= at) {
            state.delete(StateTable.COMMANDS, commandId);
        }
    }

    /** The machine failed on it: whoever asked is told so, and may ask again under the same id. */
    static void failed(Workspace state, CustomerCommand command) {
        failed(state, command.getCommandId(), command.getType(), CommandCode.INTERNAL_ERROR);
    }

    static void failed(Workspace state, String commandId, CommandType type, CommandCode code) {
        emit(
                state,
                new CommandResult(
                        commandId,
                        state.directoryId(),
                        type,
                        code.status(),
                        code.name(),
                        code.message(),
                        new ArrayList<>(0),
                        state.version(),
                        Instant.ofEpochMilli(state.now())));
    }

    private static void emit(Workspace state, CommandResult result) {
        state.emit(Output.of(Topics.COMMAND_RESULTS, Keys.of(state.directoryId(), result.getCommandId()), result));
    }
}
