package io.repertoire.ingest.inbox;

import io.repertoire.customers.ImportEnds;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Imports that are not to be gone on with. Who wants that of one leaves a file beside the claimed one, as he drops a file to have it
 * imported; it is looked for between transactions, and what was committed by then is the import.
 */
public final class Cancellations {

    private static final Refusal IMPORT = new Refusal(
            ImportEnds.CANCELLED,
            "The import was cancelled before the end of the file; the rows read by then are imported.");

    private static final Refusal DRY_RUN =
            new Refusal(ImportEnds.CANCELLED, "The dry run was cancelled before the end of the file.");

    static final Refusal NOT_BEGUN =
            new Refusal(ImportEnds.CANCELLED, "The import was cancelled before its first row was read.");

    static final Refusal ABANDONED =
            new Refusal(ImportEnds.CANCELLED, "Nobody waits for this dry run any more, so it was not gone on with.");

    /** Names of the user's own files never end so. */
    private static final String REQUEST = "cancel.properties";

    static final String NOTE = "cancelled.txt";

    private final DataFolders folders;

    public Cancellations(DataFolders folders) {
        this.folders = folders;
    }

    /** Ids of the imports that are being read or wait for it and begin with this. */
    public List<String> running(String id) throws IOException {
        var found = new ArrayList<String>();
        try (DirectoryStream<Path> claims = Files.newDirectoryStream(folders.processing(), Files::isDirectory)) {
            for (Path claim : claims) {
                String name = claim.getFileName().toString();
                if (name.startsWith(id) && !name.startsWith(".")) {
                    found.add(name);
                }
            }
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** False if it is not being read any more. */
    public boolean ask(String importId, Instant now) throws IOException {
        try {
            DataFolders.replace(folders.processing().resolve(importId).resolve(REQUEST), "asked.at=" + now + "\n");
            return true;
        } catch (NoSuchFileException over) {
            return false;
        }
    }

    /** True until it has been put away. */
    public boolean isRunning(String importId) {
        return Files.isDirectory(folders.processing().resolve(importId));
    }

    /** What became of it, in words; null if it was not cancelled after all. */
    public @Nullable String note(String importId) throws IOException {
        for (Path folder : List.of(folders.done(), folders.refused())) {
            Path note = folder.resolve(importId).resolve(NOTE);
            if (Files.exists(note)) {
                return Files.readString(note).strip();
            }
        }
        return null;
    }

    /** Why a file is not to be read further; null if it is. */
    static @Nullable Refusal of(Claim claim) {
        if (!Files.exists(claim.folder().resolve(REQUEST))) {
            return null;
        }
        return claim.options().dryRun() ? DRY_RUN : IMPORT;
    }

    /** For whoever finds the file. */
    static void tell(Claim claim, long rows) throws IOException {
        String what = rows == 0
                ? "This import was cancelled before its first row was read. Nothing of it was imported.\n"
                : "This import was cancelled. "
                        + (rows == 1
                                ? "The first row of the file was read"
                                : "The first " + rows + " rows of the file were read")
                        + (claim.options().dryRun()
                                ? "; being a dry run, it changed nothing.\n"
                                : " and are imported.\n\"repertoire imports undo " + claim.importId()
                                        + "\" takes them back. The file can be imported again, whole, either way.\n");
        DataFolders.replace(claim.folder().resolve(NOTE), what);
    }
}
