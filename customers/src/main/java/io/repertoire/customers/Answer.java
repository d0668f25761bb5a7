package io.repertoire.customers;

import io.repertoire.schemas.CommandStatus;
import io.repertoire.schemas.state.CustomerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended. One that was not carried out has left nothing behind: whatever was put meanwhile is thrown away.
 *
 * @param code why it was not carried out, or what there is to know of it
 * @param message for people, without personal data
 * @param customerIds customers touched, the one that stays first
 */
record Answer(
        CommandStatus status,
        @Nullable String code,
        @Nullable String message,
        List<String> customerIds) {

    Answer {
        customerIds = List.copyOf(customerIds);
    }

    static Answer done(String message, CustomerState... customers) {
        return new Answer(CommandStatus.DONE, null, message, ids(customers));
    }

    /** Told as it is for a reason worth knowing. */
    static Answer of(CommandCode code, CustomerState... customers) {
        return new Answer(code.status(), code.name(), code.message(), ids(customers));
    }

    /** It goes on in steps; whoever asked is answered again at the end. */
    static Answer accepted(String message) {
        return new Answer(CommandStatus.ACCEPTED, null, message, List.of());
    }

    boolean isCarriedOut() {
        return status == CommandStatus.DONE || status == CommandStatus.ACCEPTED;
    }

    private static List<String> ids(CustomerState... customers) {
        var ids = new ArrayList<String>(customers.length);
        for (CustomerState customer : customers) {
            ids.add(customer.getCustomerId());
        }
        return ids;
    }
}
