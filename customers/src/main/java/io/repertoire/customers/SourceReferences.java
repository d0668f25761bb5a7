package io.repertoire.customers;

import io.repertoire.schemas.CustomerCommand;
import io.repertoire.schemas.state.SourceRecordState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Systems that command name customers by their own ids: those stand for whoever holds that source record now. */
final class SourceReferences {

    /** Names of {@code arguments}. */
    static final String SYSTEM = "source_system";

    static final String ID = "source_customer_id";
    static final String OTHER_ID = "other_source_customer_id";

    private final DirectoryWork work;

    SourceReferences(DirectoryWork work) {
        this.work = work;
    }

    /** The command by our ids; {@code null} if nobody knows such a record. */
    @Nullable
    CustomerCommand resolve(CustomerCommand command) {
        Map<String, String> arguments = command.getArguments();
        String system = arguments.get(SYSTEM);
        if (system == null || system.isBlank()) {
            return command;
        }
        CustomerCommand ours = CustomerCommand.newBuilder(command).build();
        String id = arguments.get(ID);
        if (id != null && !id.isBlank()) {
            SourceRecordState record = record(system, id);
            if (record == null) {
                return null;
            }
            ours.setCustomerId(record.getCustomerId());
        }
        String other = arguments.get(OTHER_ID);
        if (other != null && !other.isBlank()) {
            SourceRecordState record = record(system, other);
            if (record == null) {
                return null;
            }
            ours.setOtherCustomerId(record.getCustomerId());
        }
        return ours;
    }

    private @Nullable SourceRecordState record(String system, String id) {
        return work.state.get(StateTable.SOURCE_RECORDS, work.state.sourceKeys().ofId(system, id));
    }
}
