package io.repertoire.ingest.inbox;

import io.repertoire.ingest.layout.Layouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layouts a file is read by. Those of the user's own that there were when its first row was sent are kept beside it, so that one
 * that is added, edited or taken away later changes nothing of how its other rows and its rejects are read. Thread-safe.
 */
final class ClaimedLayouts {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedLayouts.class);

    /** No file of a user is called so: theirs do not begin with a dot. */
    private static final String KEPT = ".layouts.json";

    private final Supplier<Layouts> library;

    ClaimedLayouts(Supplier<Layouts> library) {
        this.library = library;
    }

    /** Those of now, for a file of which nothing was sent yet. */
    Layouts begin(Claim claim) throws IOException {
        Layouts now = library.get();
        DataFolders.replace(kept(claim), now.ownAsText());
        return now;
    }

    /** Those it was begun with; where that is not known, since its folder was lost, those of now. */
    Layouts of(Claim claim) throws IOException {
        Layouts now = library.get();
        Path kept = kept(claim);
        if (!Files.exists(kept)) {
            return now;
        }
        String text = Files.readString(kept);
        if (text.equals(now.ownAsText())) {
            return now;
        }
        LOG.info(
                "Import {} of directory {}: layouts were changed since, it goes by those it was begun with",
                claim.importId(),
                claim.directoryId());
        return Layouts.ofText(text);
    }

    private static Path kept(Claim claim) {
        return claim.folder().resolve(KEPT);
    }
}
