package io.repertoire.customers;

import io.repertoire.schemas.CommandResult;
import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.Keys;
import io.repertoire.schemas.Topics;
import io.repertoire.schemas.state.DirectoryState;
import java.util.List;
import java.util.function.Function;

/** Hands each input to the part that knows its rules. */
final class RuledDirectoryMachine implements DirectoryMachine {

    private final CustomerNormaliser normaliser;
    private final Function<String, DirectoryPolicy> policies;

    RuledDirectoryMachine(CustomerNormaliser normaliser, Function<String, DirectoryPolicy> policies) {
        this.normaliser = normaliser;
        this.policies = policies;
    }

    @Override
    public Decision apply(Input input, DirectoryView view) {
        if (input instanceof Input.Command command) {
            return answer(command.value(), view);
        }
        throw new UnsupportedOperationException(
                normaliser.version() + policies.apply(input.directoryId()).defaultRegion());
    }

    private static Decision answer(CustomerCommand command, DirectoryView view) {
        DirectoryState directory = view.get(StateTable.DIRECTORIES, command.getDirectoryId());
        var result = new CommandResult();
        result.setCommandId(command.getCommandId());
        result.setDirectoryId(command.getDirectoryId());
        result.setType(command.getType());
        result.setStatus(CommandStatus.NOT_SUPPORTED);
        result.setCode("NOT_SUPPORTED");
        result.setCustomerIds(List.of());
        result.setVersion(directory == null ? 0 : directory.getVersion());
        result.setCompletedAt(command.getIssuedAt());
        return new Decision(
                List.of(),
                List.of(Output.of(
                        Topics.COMMAND_RESULTS, Keys.of(command.getDirectoryId(), command.getCommandId()), result)));
    }
}
