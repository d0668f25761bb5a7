package io.repertoire.customers;

import io.repertoire.schemas.CustomerStatus;
import io.repertoire.schemas.state.CustomerState;
import org.jspecify.annotations.Nullable;

/**
 * The customer a command speaks of: by id, by code, or by an id merged into it, which stands for its survivor (P30). Or the answer
 * to give because there is none to work on.
 */
sealed interface Target {

    record Found(CustomerState customer) implements Target {}

    record Refused(Answer answer) implements Target {}

    /** @param expectedVersion version its author saw, {@code null} if that does not matter */
    static Target find(DirectoryWork work, @Nullable String idOrCode, @Nullable Long expectedVersion) {
        if (idOrCode == null || idOrCode.isBlank()) {
            return new Refused(Answer.of(CommandCode.MISSING_ARGUMENT));
        }
        CustomerState found = work.customers.find(idOrCode.strip());
        if (found == null) {
            return new Refused(Answer.of(CommandCode.UNKNOWN_CUSTOMER));
        }
        if (found.getStatus() == CustomerStatus.ERASED) {
            return new Refused(Answer.of(CommandCode.CUSTOMER_ERASED, found));
        }
        if (expectedVersion != null && expectedVersion != found.getVersion()) {
            return new Refused(Answer.of(CommandCode.STALE_VERSION, found));
        }
        return new Found(found);
    }
}
