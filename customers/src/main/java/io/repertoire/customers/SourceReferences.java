package io.repertoire.customers;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Systems that command name customers by their own ids: those stand for whoever holds that source record now. */
final class SourceReferences {

    private static final String SYSTEM = CommandArguments.SOURCE_SYSTEM;
    private static final String ID = CommandArguments.SOURCE_CUSTOMER_ID;
    private static final String OTHER_ID = CommandArguments.OTHER_SOURCE_CUSTOMER_ID;

    private final DirectoryWork work;

    SourceReferences(DirectoryWork work) {
        this.work = work;
    }

    /** The key of the first record it names that nobody has told of; {@code null} if all are known. */
    @Nullable
    String missing(CustomerCommand command) {
        Map<String, String> arguments = command.getArguments();
        String system = arguments.get(SYSTEM);
        for (String name : List.of(ID, OTHER_ID)) {
            String id = arguments.get(name);
            if (system != null && id != null && !id.isBlank() && record(system, id) == null) {
                return work.state.sourceKeys().ofId(system, id);
            }
        }
        return null;
    }

    /** The command by our ids. */
    CustomerCommand resolve(CustomerCommand command) {
        CustomerCommand ours = CustomerCommand.newBuilder(command).build();
        String customer = owner(command, ID);
        String other = owner(command, OTHER_ID);
        ours.setCustomerId(customer == null ? command.getCustomerId() : customer);
        ours.setOtherCustomerId(other == null ? command.getOtherCustomerId() : other);
        return ours;
    }

    /** The key of the record that stands for {@code customer_id}; none if the command names the customer itself. */
    List<String> named(CustomerCommand command) {
        String system = command.getArguments().get(SYSTEM);
        String id = command.getArguments().get(ID);
        return system == null || id == null || id.isBlank()
                ? List.of()
                : List.of(work.state.sourceKeys().ofId(system, id));
    }

    private @Nullable String owner(CustomerCommand command, String name) {
        String system = command.getArguments().get(SYSTEM);
        String id = command.getArguments().get(name);
        SourceRecordState record = system == null || id == null || id.isBlank() ? null : record(system, id);
        return record == null ? null : record.getCustomerId();
    }

    private @Nullable SourceRecordState record(String system, String id) {
        return work.state.get(StateTable.SOURCE_RECORDS, work.state.sourceKeys().ofId(system, id));
    }
}
