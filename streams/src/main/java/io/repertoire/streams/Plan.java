package io.repertoire.streams;

import io.repertoire.customers.StateChange;
import io.repertoire.schemas.DeadLetter;
import io.repertoire.streams.DirectoryStores.EncodedChange;
import io.repertoire.streams.OutputWriter.EncodedOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about one input, decided before anything is done. */
sealed interface Plan {

    /**
     * @param jobs those of the changes that are to the table of long jobs
     * @param directory the one whose own state changes; {@code null} if that of none does
     */
    record Do(
            List<EncodedChange> changes,
            List<EncodedOutput> outputs,
            List<StateChange<?>> jobs,
            @Nullable String directory)
            implements Plan {}

    /** @param answer what is said of it all the same, so that nobody waits for it */
    record GiveUp(DeadLetter why, @Nullable Do answer) implements Plan {
        GiveUp(DeadLetter why) {
            this(why, null);
        }
    }
}
