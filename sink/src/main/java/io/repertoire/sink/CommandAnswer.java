package io.repertoire.sink;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command.
 *
 * @param status as in the contract: ACCEPTED while it goes on
 * @param code why it was not carried out
 * @param message the same for people
 * @param version of the directory afterwards
 */
public record CommandAnswer(
        String status, @Nullable String code, @Nullable String message, List<String> customerIds, long version) {

    public CommandAnswer {
        customerIds = List.copyOf(customerIds);
    }

    public boolean goesOn() {
        return status.equals("ACCEPTED");
    }
}
