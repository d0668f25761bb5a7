package io.repertoire.ingest.inbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What whoever dropped a file with a ticket is told; {@code receipts/<ticket>.json}, replaced as a whole at each step. The names
 * are read by other processes.
 *
 * @param importId the import that has this content, which is another's for a duplicate
 * @param duplicateOf set if the content was imported before
 * @param rowsSent in state CHECKING those that were looked at
 * @param rejectsFile set once it is written, if there are rejected rows
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Receipt(
        State state,
        @Nullable String importId,
        @Nullable String sha256,
        String directory,
        @Nullable String layout,
        @Nullable String encoding,
        @Nullable String delimiter,
        long rowsSent,
        @Nullable String duplicateOf,
        @Nullable Refusal refused,
        @Nullable String rejectsFile) {

    /** How far ingest is with the file. */
    public enum State {
        CLAIMED,
        /** Every row is looked at before the first is sent. */
        CHECKING,
        SENDING,
        SENT,
        DUPLICATE,
        REFUSED
    }

    /** True if ingest has nothing more to do with the file itself. */
    @JsonIgnore
    public boolean isSettled() {
        return state == State.SENT || state == State.DUPLICATE || state == State.REFUSED;
    }

    static Receipt claimed(Claim claim) {
        return new Receipt(
                State.CLAIMED,
                claim.importId(),
                claim.sha256(),
                claim.directoryId(),
                null,
                null,
                null,
                0,
                null,
                null,
                null);
    }

    Receipt with(State newState, long rows) {
        return with(newState, importId, rows, duplicateOf, refused, rejectsFile);
    }

    Receipt read(String newLayout, String newEncoding, String newDelimiter) {
        return new Receipt(
                state,
                importId,
                sha256,
                directory,
                newLayout,
                newEncoding,
                newDelimiter,
                rowsSent,
                duplicateOf,
                refused,
                rejectsFile);
    }

    Receipt refused(Refusal why, @Nullable Path rejects) {
        return with(State.REFUSED, importId, rowsSent, null, why, rejects == null ? null : rejects.toString());
    }

    /** The content was imported before, or is being imported: by that import. */
    Receipt of(String otherImportId, State newState) {
        String duplicate = newState == State.DUPLICATE ? otherImportId : null;
        return with(newState, otherImportId, rowsSent, duplicate, null, null);
    }

    Receipt withRejects(String file) {
        return with(state, importId, rowsSent, duplicateOf, refused, file);
    }

    /** The same file, read the same way, further on. */
    private Receipt with(
            State newState,
            @Nullable String id,
            long rows,
            @Nullable String duplicate,
            @Nullable Refusal why,
            @Nullable String rejects) {
        return new Receipt(newState, id, sha256, directory, layout, encoding, delimiter, rows, duplicate, why, rejects);
    }
}
