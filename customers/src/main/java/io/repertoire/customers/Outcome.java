package io.repertoire.customers;

import io.repertoire.schemas.Problem;
import io.repertoire.schemas.RowOutcomeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a submission became.
 *
 * @param customerId who holds its source record now; {@code null} if nothing was stored
 * @param problems errors of a rejected one, or warnings
 */
record Outcome(
        RowOutcomeKind kind,
        @Nullable String customerId,
        @Nullable String sourceKey,
        @Nullable String rule,
        List<Problem> problems) {

    /** An erased person's: nothing is stored and nothing is said of it. */
    static Outcome suppressed() {
        return new Outcome(RowOutcomeKind.SUPPRESSED, null, null, null, List.of());
    }

    static Outcome rejected(List<Problem> problems) {
        return new Outcome(RowOutcomeKind.REJECTED, null, null, null, problems);
    }
}
